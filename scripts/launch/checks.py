"""Runs every check of the project in its environment: quiet where all is well, pytest's summary last."""

import os
import subprocess
from collections.abc import Sequence
from typing import NamedTuple

from .environment import ensure_environment
from .platform_probe import require_offscreen
from .project import Project, SetupError, say, this_project

_FLOORS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
INTERRUPTED = 130


class Check(NamedTuple):
    """One tool: what it looks after, and the arguments that Python starts it with."""

    name: str
    arguments: tuple[str, ...]


CHECKS = (
    Check("format", ("-m", "ruff", "format", "--check", ".")),
    Check("lint", ("-m", "ruff", "check", ".")),
    Check("types", ("-m", "mypy")),
    Check("floors", ("-c", _FLOORS)),
)


def run_checks(pytest_arguments: Sequence[str]) -> int:
    """Return 0 if every check and every test passed; the first failing code otherwise."""
    project = this_project()
    try:
        ensure_environment(project, ("test",))
        require_offscreen(project)
        failed = [check.name for check in CHECKS if not _passes(project, check)]
        if failed:
            say(f"Failed, see above: {', '.join(failed)}. The tests follow.")
        tests = _run(project, ("-m", "pytest", *pytest_arguments), quiet=False).returncode
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return tests or int(bool(failed))


def _passes(project: Project, check: Check) -> bool:
    done = _run(project, check.arguments, quiet=True)
    if done.returncode:
        say(f"--- {check.name} ---\n{done.stdout.rstrip()}\n")
    return done.returncode == 0


def _run(project: Project, arguments: Sequence[str], quiet: bool) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    if quiet:
        # The tools draw boxes and arrows, which a pipe's code page on Windows lacks.
        environment["PYTHONIOENCODING"] = "utf-8"
    return subprocess.run(
        [str(project.python), "-P", *arguments],
        cwd=project.root,
        env=environment,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
