import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bpviz import __version__
from bpviz.app.cli import main
from bpviz.app.cli.commands import COMMANDS
from bpviz.app.cli.window import window_options
from bpviz.app.window_options import DATASETS, WindowOptions
from bpviz.data.sources import DATASET_NAMES

ROOT = Path(__file__).parents[2]


def _loaded_after(arguments: list[str]) -> set[str]:
    """Run `main` in a process of its own; return the top-level modules it loaded."""
    script = (
        "import sys; from bpviz.app.cli import main; status = main(sys.argv[1:]);"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_load_neither_qt_nor_numpy(argument: str) -> None:
    loaded = _loaded_after([argument])
    assert "argparse" in loaded
    assert not loaded & {"PySide6", "pyqtgraph", "numpy"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["train", "--layers", "784,10", "--epochs", "1", "--train-samples", "100", "--json"],
        ["train", "--help"],
        ["evaluate", "--help"],
        ["classify", "--help"],
        ["render", "--help"],
        ["bench", "--help"],
    ],
)
def test_headless_commands_do_not_load_qt(arguments: list[str]) -> None:
    loaded = _loaded_after(arguments)
    assert "numpy" in loaded
    assert not loaded & {"PySide6", "pyqtgraph"}


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(f"  {name} " in printed for name in COMMANDS)


def test_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"bpviz {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"usage: bpviz {command}")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["trian"], "no command 'trian'"),
        (["--theme", "dark", "train"], "the command comes first"),
        (["--theme", "mauve"], "mauve"),
        (["--ver"], "unrecognized"),
        (["train", "--loss", "hinge"], "cross-entropy"),
        (["train", "--epochs", "0"], "'0' is not a whole number from 1"),
        (["train", "--epochs", "many"], "'many' is not a whole number"),
        (["train", "--layers", "784"], "784,30,10"),
        (["train", "--layers", "784,x,10"], "784,30,10"),
        (["train", "--layers", "784,-3,10"], "784,30,10"),
        (["train", "--layers", "784,1000000,10"], "at most"),
        (["train", "--learning-rate", "nan"], "learning rate"),
        (["train", "--learning-rate", "-1"], "learning rate"),
        (["train", "--momentum", "1"], "momentum"),
        (["train", "--batch-size", "0"], "--batch-size"),
        (["train", "--seed", "-1"], "--seed"),
        (["train", "--threads", "0"], "--threads"),
        (["train", "--loss", "log", "--output-activation", "softmax"], "sigmoid"),
        (["train", "--layers", "784,20,9"], "10 outputs"),
        (["train", "--layers", "100,10"], "784 inputs"),
        (["train", "--dataset", "mnist", "--data-dir", "no/such/folder"], "no/such/folder"),
        (["train", "--dataset", "folder"], "folder"),
        (["train", "--download"], "--dataset mnist"),
        (["train", "--model", "no/such/folder/m.safetensors"], "cannot be written"),
        (["train", "--model", "."], "folder"),
        (["evaluate", "--model", "none.safetensors"], "none.safetensors"),
        (["classify"], "IMAGE"),
        (["classify", "--model", "none.safetensors", "a.png"], "none.safetensors"),
        (["bench", "--threads", "x"], "--threads"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("bpviz: ")
    assert captured.err.count("\n") == 1
    assert sentence in captured.err


def test_a_name_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--model", "a\x1b[2J\nb"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_threads_that_make_no_sense_in_the_environment_are_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "lots")
    assert main(["train"]) == 2
    assert "OPENBLAS_NUM_THREADS" in capsys.readouterr().err


def test_the_window_is_told_what_it_begins_with() -> None:
    options = window_options(["--dataset", "mnist", "--theme", "light", "--mode", "draw", "--model", "m"])
    assert options == WindowOptions("mnist", None, Path("m"), "light", "draw")
    assert window_options([]) == WindowOptions()


def test_the_names_listed_without_loading_numpy_are_those_there_are() -> None:
    assert DATASETS == DATASET_NAMES


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to one process")
def test_ctrl_c_ends_training_at_once_with_status_130(tmp_path: Path) -> None:
    model = tmp_path / "m.safetensors"
    command = [sys.executable, "-m", "bpviz", "train", "--epochs", "100000", "--model", str(model)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr.read() == ""
    assert not model.exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes close in another way on Windows")
@pytest.mark.parametrize("arguments", [["--help"], ["train", "--help"], ["train", "--train-samples", "50"]])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_pipe_is_no_traceback(arguments: list[str], unbuffered: str) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        [sys.executable, "-m", "bpviz", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        stdout=write_end,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write_end)
    assert done.stderr == ""
    # argparse itself swallows what it cannot print.
    assert done.returncode in {0, 1}
