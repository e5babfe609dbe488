"""The stamp: what the environment was set up from, written last, so that its presence means "complete"."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from .project import Project


def is_current(project: Project, extras: Iterable[str]) -> bool:
    """Return whether the environment is complete, unchanged, and holds the wanted extras."""
    stamp = _read(project)
    return (
        stamp.get("fingerprint") == fingerprint(project)
        and set(extras) <= _names(stamp, "extras")
        and _names(stamp, "packages") <= _installed(project)
    )


def stamped_extras(project: Project) -> set[str]:
    """Return the extras an earlier set-up installed, which a repair keeps."""
    return _names(_read(project), "extras")


def write_stamp(project: Project, extras: Iterable[str]) -> None:
    """Record that the environment is complete."""
    stamp = {
        "fingerprint": fingerprint(project),
        "extras": sorted(extras),
        "packages": sorted(_installed(project)),
    }
    part = _path(project).with_suffix(".part")
    part.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    os.replace(part, _path(project))


def fingerprint(project: Project) -> str:
    """Return a digest of all that an environment depends on: settings, pins, folder, interpreter."""
    digest = hashlib.sha256()
    digest.update((project.root / "pyproject.toml").read_bytes())
    digest.update(project.constraints.read_bytes())
    # An editable install names the folder, so a moved one must be installed anew.
    digest.update(os.fsencode(project.root))
    digest.update(_interpreter(project.python).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _interpreter(python: Path) -> str:
    """Name the interpreter behind the environment's link, so that a removed or updated one is noticed."""
    try:
        found = os.stat(python)
    except OSError:
        return "none"
    return f"{os.path.realpath(python)} {found.st_size} {found.st_mtime_ns}"


def _installed(project: Project) -> set[str]:
    """Return the name and version of every installed package, from the folders that pip leaves."""
    pattern = "Lib/site-packages/*.dist-info" if os.name == "nt" else "lib/python3*/site-packages/*.dist-info"
    return {folder.name for folder in project.venv.glob(pattern)}


def _read(project: Project) -> dict[str, object]:
    try:
        stamp = json.loads(_path(project).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _names(stamp: dict[str, object], key: str) -> set[str]:
    names = stamp.get(key)
    return {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()


def _path(project: Project) -> Path:
    return project.venv / "bpviz-stamp.json"
