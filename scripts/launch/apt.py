"""Installs Debian and Ubuntu packages where we may, and says how where we may not."""

import os
import shutil
import subprocess

from .project import SetupError, say


def apt_install(packages: list[str], reason: str) -> None:
    """Install system packages as root; otherwise stop and say how, in one line to copy.

    Raises
    ------
    SetupError
        If this is not a system with apt, not root, or apt failed.
    """
    line = f"apt install {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        names = " ".join(packages)
        raise SetupError(
            f"{reason} Install them with this system's package manager; Debian calls them {names}."
        )
    if os.name != "posix" or os.geteuid() != 0:
        raise SetupError(f"{reason} This line installs them; start again afterwards:\n\n    sudo {line}\n")
    say(f"{reason} Installing: {' '.join(packages)} …")
    _run(["apt-get", "update", "-q"], line)
    _run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages], line)


def _run(command: list[str], line: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise SetupError(f"{done.stdout.strip()}\n\n`{' '.join(command)}` failed; bpviz needs `{line}`.")
