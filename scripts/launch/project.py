"""Where the parts of a checkout are, and how the scripts speak to the person at the terminal."""

import os
import sys
from pathlib import Path
from typing import NamedTuple


class SetupError(Exception):
    """Setting up cannot go on; the message says what is missing and what to do about it."""


class Project(NamedTuple):
    """The paths of one checkout."""

    root: Path

    @property
    def venv(self) -> Path:
        """The virtual environment that the scripts make and repair."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The virtual environment's interpreter."""
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def constraints(self) -> Path:
        """The pinned version of every package."""
        return self.root / "scripts" / "constraints.txt"

    @property
    def lock(self) -> Path:
        """The file that a start holds while it sets up; beside the environment, which may be remade."""
        return self.root / ".venv.lock"


def this_project() -> Project:
    """Return the checkout this file belongs to."""
    return Project(Path(__file__).resolve().parents[2])


def say(sentence: str) -> None:
    """Tell the person something; standard output stays free for what bpviz prints."""
    print(sentence, file=sys.stderr, flush=True)
