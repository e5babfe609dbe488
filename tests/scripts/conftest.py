"""A checkout whose environment is pretended, so that the scripts can be tried without pip or network."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from launch.project import Project
from launch.stamp import write_stamp

from .pretend import Run, pretend_python

ROOT = Path(__file__).parents[2]
PACKAGES = "Lib/site-packages" if sys.platform == "win32" else "lib/python3.11/site-packages"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A checkout under a name with a space and a letter beyond ASCII, its environment still to be made."""
    root = tmp_path / "ein schöner Ort" / "bpviz"
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "README.md").write_text("# bpviz\n", encoding="utf-8")
    return Project(root)


@pytest.fixture
def complete(project: Project) -> Project:
    """The same checkout with a complete environment, as far as the stamp can tell."""
    for package in ("numpy-2.0.0", "bpviz-0.1.0"):
        (project.venv / PACKAGES / f"{package}.dist-info").mkdir(parents=True)
    pretend_python(project, "print('started', *sys.argv[1:])")
    write_stamp(project, ["test"])
    return project


@pytest.fixture
def run(project: Project) -> Run:
    """Run one of the checkout's scripts and return what came of it."""

    def run_script(
        name: str, arguments: Sequence[str] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(project.root / "scripts" / name), *arguments],
            env=environment,
            cwd=project.root.parent,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run_script
