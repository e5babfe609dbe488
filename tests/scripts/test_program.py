"""run.py hands its arguments to bpviz, and costs next to nothing once all is set up."""

import os

import pytest
from launch.platform_probe import OFFSCREEN, WITHOUT_QT
from launch.program import need_of
from launch.project import Project

from bpviz.app.cli.commands import COMMANDS

from .pretend import Run, pretend_python

posix_only = pytest.mark.skipif(os.name != "posix", reason="the pretended interpreter is a shell script")


@pytest.mark.parametrize(
    ("arguments", "need"),
    [
        ([], "window"),
        (["--theme", "dark"], "window"),
        (["trian"], "nothing"),
        (["train", "--epochs", "3"], "nothing"),
        (["evaluate"], "nothing"),
        (["classify", "render"], "nothing"),
        (["render", "out.png"], "offscreen"),
        (["bench"], "offscreen"),
        (["render", "--help"], "nothing"),
        (["-h"], "nothing"),
        (["--version"], "nothing"),
    ],
)
def test_only_what_paints_needs_qt_and_only_the_window_a_display(arguments: list[str], need: str) -> None:
    assert need_of(arguments) == need


@posix_only
@pytest.mark.usefixtures("complete")
def test_arguments_reach_bpviz_as_they_were_given(run: Run) -> None:
    done = run("run.py", ["train", "--model", "a b ö.safetensors", "--", "*"])
    assert done.stdout == "started -P -m bpviz train --model a b ö.safetensors -- *\n"
    assert (done.stderr, done.returncode) == ("", 0)


@posix_only
def test_the_exit_code_is_that_of_bpviz(complete: Project, run: Run) -> None:
    body = complete.python.with_name("pretended.py")
    body.write_text("raise SystemExit(2)", encoding="utf-8")
    assert run("run.py", ["train"]).returncode == 2


@posix_only
@pytest.mark.usefixtures("complete")
def test_without_a_display_the_window_is_refused_in_one_sentence(run: Run) -> None:
    done = run("run.py")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "cannot open its window" in done.stderr


@posix_only
def test_a_first_start_without_network_says_so_and_leaves_no_stamp(project: Project, run: Run) -> None:
    # Half-made, as `python -m venv` leaves it where ensurepip is missing.
    project.python.parent.mkdir(parents=True)
    pretend_python(project, "sys.exit(1)")
    nowhere = "http://127.0.0.1:9/simple"
    done = run(
        "run.py", ["train"], PIP_CONFIG_FILE=os.devnull, PIP_INDEX_URL=nowhere, NO_PROXY="*", PATH=os.defpath
    )
    assert done.returncode == 1
    assert "seems to be offline" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert (project.venv / "pyvenv.cfg").exists()
    assert not (project.venv / "bpviz-stamp.json").exists()
    # pip failed in an orderly way, so the next start need not begin from nothing.
    assert not (project.venv / "bpviz-installing").exists()


def test_every_headless_command_of_bpviz_is_known() -> None:
    assert sorted(WITHOUT_QT + OFFSCREEN) == sorted(COMMANDS)
