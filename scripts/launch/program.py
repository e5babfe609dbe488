"""Starts bpviz in its environment, with the arguments given."""

import os
import subprocess
import sys
from collections.abc import Sequence

from .environment import ensure_environment
from .platform_probe import OFFSCREEN, require_offscreen, require_window
from .project import Project, SetupError, say, this_project

INTERRUPTED = 130


def start_bpviz(arguments: Sequence[str]) -> int:
    """Set bpviz up where needed, then become it; return an exit code only where that is impossible."""
    project = this_project()
    try:
        ensure_environment(project)
        _require_platform(project, arguments)
        return _hand_over([str(project.python), "-P", "-m", "bpviz", *arguments])
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def need_of(arguments: Sequence[str]) -> str:
    """Return what the arguments ask of the system: "window", "offscreen" or "nothing"."""
    if {"-h", "--help", "--version"} & set(arguments):
        return "nothing"
    if not arguments or arguments[0].startswith("-"):
        return "window"
    # A word that is no command opens no window either: bpviz says what is wrong with it.
    return "offscreen" if arguments[0] in OFFSCREEN else "nothing"


def _require_platform(project: Project, arguments: Sequence[str]) -> None:
    need = need_of(arguments)
    if need == "window":
        require_window(project)
    elif need == "offscreen":
        require_offscreen(project)


def _hand_over(command: list[str]) -> int:
    # -P keeps the current folder, which may hold a numpy.py of its own, from being searched for modules.
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    # Windows has no exec: its execv ends this process at once, and the shell would not wait for bpviz.
    return subprocess.run(command, check=False).returncode
