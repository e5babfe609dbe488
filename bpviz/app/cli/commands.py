"""The commands there are, each in the module of its name, and the parser they share."""

import argparse
from typing import NoReturn

COMMANDS = {
    "train": "train a network, print its figures, save it",
    "evaluate": "measure a saved network on the test part of a dataset",
    "classify": "say which digits are on pictures",
    "render": "save a picture of the window after some iterations",
    "bench": "measure speed on this machine",
}


class CommandParser(argparse.ArgumentParser):
    """An argument parser that complains in one sentence and takes no abbreviated options."""

    def __init__(
        self, command: str, description: str, usage: str | None = None, epilog: str | None = None
    ) -> None:
        super().__init__(
            prog=f"bpviz {command}".strip(),
            description=description,
            usage=usage,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and leave with status 2."""
        self.exit(2, f"bpviz: {message}; see '{self.prog} --help'\n")
