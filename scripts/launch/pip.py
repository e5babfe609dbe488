"""Runs pip in the project's environment: silent when all goes well, word for word when it does not."""

import os
import subprocess

from .project import Project, SetupError

_OFFLINE_SIGNS = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "NameResolutionError",
    "Name or service not known",
    "name resolution",
    "getaddrinfo failed",
    "Network is unreachable",
    "Connection refused",
    "Connection reset",
    "Connection aborted",
    "Cannot connect to proxy",
)


def pip_install(project: Project, arguments: list[str]) -> None:
    """Install what the arguments name, at the pinned versions.

    Raises
    ------
    SetupError
        If pip fails: with its own words, and whether the network is the cause.
    """
    command = [str(project.python), "-I", "-m", "pip", "install", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", "--retries", "2"]
    command += ["--constraint", str(project.constraints), *arguments]
    done = subprocess.run(
        command,
        cwd=project.root,
        # A user-wide `user = true` would send the packages elsewhere, and pip then refuses.
        env={**os.environ, "PIP_USER": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise SetupError(f"{done.stdout.strip()}\n\n{explain(done.stdout)}")


def explain(output: str) -> str:
    """Return one sentence on why pip failed and what to do, from what it printed."""
    if any(sign in output for sign in _OFFLINE_SIGNS):
        return (
            "bpviz's packages could not be downloaded: this computer seems to be offline. "
            "Start the same command again when it is online; it goes on from here."
        )
    return (
        "bpviz's packages could not be installed; pip's own words are above. "
        "Start the same command again once that is mended."
    )
