"""Stands in for the environment's interpreter, so that a script's own doing can be watched."""

import shlex
import subprocess
import sys
from collections.abc import Callable

from launch.project import Project

Run = Callable[..., subprocess.CompletedProcess[str]]


def pretend_python(project: Project, code: str) -> None:
    """Make the environment's interpreter a program that runs `code` with the arguments it is given."""
    project.python.parent.mkdir(parents=True, exist_ok=True)
    body = project.python.with_name("pretended.py")
    body.write_text(f"import os, sys\n{code}\n", encoding="utf-8")
    command = shlex.join([sys.executable, str(body)])
    project.python.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
    project.python.chmod(0o755)
