"""System packages are installed as root, and asked for in one line otherwise."""

import os
from pathlib import Path

import pytest
from launch.apt import apt_install
from launch.project import SetupError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="apt is a program of Debian and Ubuntu")


@pytest.fixture
def apt_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An `apt-get` that writes down what it is asked for, and fails if the package is named broken."""
    log = tmp_path / "apt.log"
    program = tmp_path / "apt-get"
    program.write_text(
        f'#!/bin/sh\necho "$@" >> "{log}"\n'
        'case "$@" in *broken*) echo "E: unable to locate"; exit 100;; esac\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return log


def test_root_gets_the_packages_installed(apt_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    apt_install(["libegl1", "libgl1"], "Reason.")
    asked = apt_log.read_text(encoding="utf-8").splitlines()
    assert asked == ["update -q", "install -q -y --no-install-recommends libegl1 libgl1"]


def test_others_get_one_line_to_copy(apt_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetupError) as stopped:
        apt_install(["libegl1", "libgl1"], "Reason.")
    assert "    sudo apt install libegl1 libgl1" in str(stopped.value).splitlines()
    assert not apt_log.exists()


def test_systems_without_apt_get_the_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match=r"package manager; Debian calls them libegl1 libgl1\."):
        apt_install(["libegl1", "libgl1"], "Reason.")


@pytest.mark.usefixtures("apt_log")
def test_a_failing_apt_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SetupError, match="E: unable to locate"):
        apt_install(["broken"], "Reason.")
