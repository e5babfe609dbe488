"""The command line: `bpviz` opens the window, `bpviz COMMAND` does one thing and ends.

Invariant: nothing heavy is imported before it is known what is asked for, and Qt only by what draws.
"""

import importlib
import os
import sys
from collections.abc import Sequence

from bpviz.app.cli.commands import COMMANDS
from bpviz.errors import BpvizError

EXIT_BAD_INPUT = 2
EXIT_PIPE_CLOSED = 1
EXIT_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Return the exit status of one run: 0, 2 after bad input, 130 after Ctrl-C.

    Parameters
    ----------
    argv
        Arguments after the program's name; None for the process's own.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    _write_what_the_terminal_lacks_as_escapes()
    try:
        status = _run(arguments)
        if sys.stdout is not None:
            # Here and not at the interpreter's end, where a closed pipe can no longer be dealt with.
            sys.stdout.flush()
        return status
    except BpvizError as error:
        print(f"bpviz: {_printable(str(error))}", file=sys.stderr)
        return EXIT_BAD_INPUT
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _silence_stdout()
        return EXIT_PIPE_CLOSED


def _run(arguments: list[str]) -> int:
    name = arguments[0] if arguments else ""
    module_name, rest = (name, arguments[1:]) if name in COMMANDS else ("window", arguments)
    module = importlib.import_module(f"bpviz.app.cli.{module_name}")
    try:
        status: int = module.run(rest)
    except SystemExit as end:
        # argparse leaves this way after --help, --version and a wrong option.
        return end.code if isinstance(end.code, int) else 0
    return status


def _write_what_the_terminal_lacks_as_escapes() -> None:
    # A file name or a typographic sign outside the terminal's code page must not end in a traceback.
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


def _printable(text: str) -> str:
    """Return the text on one line, without characters that could steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _silence_stdout() -> None:
    # Python flushes standard output once more at exit and would complain about the closed pipe.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
