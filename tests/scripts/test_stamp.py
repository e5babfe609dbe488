"""The stamp tells a complete, unchanged environment from any other."""

import os
import shutil
import sys

import pytest
from launch.project import Project
from launch.stamp import is_current, stamped_extras, write_stamp


def test_an_environment_without_a_stamp_is_incomplete(project: Project) -> None:
    assert not is_current(project, ())


def test_a_stamped_environment_is_complete(complete: Project) -> None:
    assert is_current(complete, ())
    assert is_current(complete, ("test",))


def test_an_extra_that_was_not_installed_is_missed(complete: Project) -> None:
    write_stamp(complete, [])
    assert is_current(complete, ())
    assert not is_current(complete, ("test",))


@pytest.mark.parametrize("name", ["pyproject.toml", "scripts/constraints.txt"])
def test_changed_settings_or_pins_are_noticed(complete: Project, name: str) -> None:
    with (complete.root / name).open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert not is_current(complete, ())


def test_a_moved_folder_is_noticed(complete: Project) -> None:
    # As in a real environment, a link to an interpreter that stays where it is.
    complete.python.unlink()
    complete.python.symlink_to(sys.executable)
    write_stamp(complete, [])
    assert is_current(complete, ())
    moved = Project(complete.root.with_name("moved"))
    shutil.move(complete.root, moved.root)
    assert not is_current(moved, ())


def test_a_removed_interpreter_is_noticed(complete: Project) -> None:
    complete.python.unlink()
    assert not is_current(complete, ())


def test_an_updated_interpreter_is_noticed(complete: Project) -> None:
    os.utime(complete.python, ns=(1, 1))
    assert not is_current(complete, ())


def test_a_removed_package_is_noticed(complete: Project) -> None:
    next(complete.venv.rglob("numpy-*.dist-info")).rmdir()
    assert not is_current(complete, ())


def test_a_package_the_person_added_does_no_harm(complete: Project) -> None:
    next(complete.venv.rglob("numpy-*.dist-info")).with_name("torch-2.9.0.dist-info").mkdir()
    assert is_current(complete, ())


@pytest.mark.parametrize("damage", ["", "{", "[]", '"words"', '{"extras": 3}', "\x00"])
def test_a_damaged_stamp_counts_as_none(complete: Project, damage: str) -> None:
    (complete.venv / "bpviz-stamp.json").write_text(damage, encoding="utf-8")
    assert not is_current(complete, ())
    assert stamped_extras(complete) == set()


def test_a_repair_knows_the_extras_to_keep(complete: Project) -> None:
    complete.python.unlink()
    assert stamped_extras(complete) == {"test"}
