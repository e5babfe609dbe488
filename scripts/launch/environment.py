"""Makes and repairs the virtual environment; costs a few file reads once it is complete."""

import importlib
import importlib.util
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from .apt import apt_install
from .lock import only_one
from .pip import pip_install
from .project import Project, SetupError, say
from .stamp import is_current, stamped_extras, write_stamp

# Succeeds only inside a complete environment of a Python new enough; never in the Python it was made from.
_ANSWER = "import sys, pip; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"


def ensure_environment(project: Project, extras: Iterable[str] = ()) -> None:
    """Leave the project installed in its environment at the pinned versions, with the wanted extras.

    Raises
    ------
    SetupError
        If that is impossible; the next call starts from what is there.
    """
    if is_current(project, extras):
        return
    try:
        with only_one(project.lock):
            # Another start may have done it meanwhile.
            if not is_current(project, extras):
                _set_up(project, stamped_extras(project) | set(extras))
    except OSError as error:
        raise SetupError(f"bpviz cannot be set up in {project.root}: {error}.") from error


def _set_up(project: Project, extras: set[str]) -> None:
    if not _answers(project) or _interrupted(project).exists():
        say("Setting bpviz up in .venv …")
        _make_venv(project)
    say("Installing bpviz's packages (the first time about 130 MB) …")
    # A pip that was killed leaves packages half-written, and this mark to say so; one that fails does not.
    _interrupted(project).touch()
    try:
        _install(project, extras)
    except SetupError:
        _interrupted(project).unlink()
        raise
    _interrupted(project).unlink()
    write_stamp(project, extras)


def _install(project: Project, extras: set[str]) -> None:
    # The build tools come first and stay, pinned like the rest: a moved folder is repaired without network.
    pip_install(project, _build_requirements(project))
    target = f".[{','.join(sorted(extras))}]" if extras else "."
    pip_install(project, ["--no-build-isolation", "--editable", target])


def _build_requirements(project: Project) -> list[str]:
    with (project.root / "pyproject.toml").open("rb") as file:
        required: list[str] = tomllib.load(file)["build-system"]["requires"]
    # hatchling asks for editables only when it makes an editable install.
    return [*required, "editables"]


def _answers(project: Project) -> bool:
    """Return whether the environment has a working interpreter and pip; half-made ones do not."""
    if not project.python.exists():
        return False
    command = [str(project.python), "-I", "-c", _ANSWER]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _make_venv(project: Project) -> None:
    _require_ensurepip()
    command = [_base_python(project), "-I", "-m", "venv", "--clear", str(project.venv)]
    made = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if made.returncode:
        raise SetupError(f"{made.stdout}{made.stderr}\nThe environment .venv could not be made; see above.")


def _base_python(project: Project) -> str:
    """Return this interpreter, or the one below it if this one lies in the environment to be replaced."""
    inside = Path(sys.prefix).resolve() == project.venv.resolve()
    base: str = getattr(sys, "_base_executable", sys.executable)
    return base if inside else sys.executable


def _require_ensurepip() -> None:
    """Debian and Ubuntu ship ensurepip apart; without it `python -m venv` stops half-way."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python3.{sys.version_info.minor}-venv"
    apt_install([package], "bpviz needs parts of Python that this system packages apart.")
    importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        raise SetupError("This Python lacks the module ensurepip; start the script with a complete Python.")


def _interrupted(project: Project) -> Path:
    return project.venv / "bpviz-installing"
