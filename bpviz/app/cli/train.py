"""`bpviz train`: trains a network without a window, says how well it does, and saves it."""

import math
import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bpviz.app.cli.arguments import whole_number
from bpviz.app.cli.commands import COMMANDS, CommandParser
from bpviz.app.cli.options import (
    add_data_options,
    add_json_option,
    add_training_options,
    load_data,
    training_config,
)
from bpviz.app.cli.output import ProgressBar, finite_or_none, is_regression, noun_of, print_json
from bpviz.app.cli.training_run import EpochFigures, RunFigures, Watcher, run_training
from bpviz.data.samples import Dataset, Task
from bpviz.errors import ModelFileError
from bpviz.training.blas_threads import blas_threads_limited, chosen_threads
from bpviz.training.checkpoint import ModelAbout, save_model
from bpviz.training.evaluation import Evaluation
from bpviz.training.trainer import Trainer
from bpviz.training.usual_config import USUAL_EPOCHS, USUAL_POINT_EPOCHS, usual_epochs

MAX_EPOCHS = 100_000
MOST_LINES = 50
DESCRIPTION = f"""{COMMANDS["train"].capitalize()}.

With --json one object is printed:
  test_accuracy  fraction right, 0 to 1; null for a curve
  test_loss      mean over the test samples, without penalties
  train_loss     mean over the last epoch's training samples, each when its batch was used
  epochs         epochs trained
  iterations     updates made
  samples_per_s  training samples over the seconds inside epochs
  model          where the network was saved, as given; null if it was not
For a curve test_r_squared too: 1 - squared error over the spread of the values."""


def run(argv: Sequence[str]) -> int:
    """Train as the arguments ask; return the exit status."""
    args = _parser().parse_args(argv)
    config = training_config(args)
    if args.model is not None:
        _check_can_write(Path(args.model))
    n_threads = chosen_threads(args.threads)
    dataset = load_data(args)
    dataset = replace(dataset, train=dataset.train.first(args.train_samples))
    with blas_threads_limited(n_threads) as threads_used:
        trainer = Trainer(config, dataset)
        if not args.json:
            _print_heading(trainer, threads_used)
        figures = _run(trainer, args.epochs or usual_epochs(args.dataset), not args.json)
    if args.model is not None:
        save_model(Path(args.model), trainer.network, _about(trainer, figures, threads_used))
    if args.json:
        print_json(_summary(trainer, figures, args.model))
    else:
        _print_end(trainer, figures, args.model)
    return 0


def _parser() -> CommandParser:
    parser = CommandParser("train", DESCRIPTION)
    add_data_options(parser)
    add_training_options(parser)
    parser.add_argument(
        "--epochs",
        type=whole_number(1, MAX_EPOCHS),
        metavar="N",
        help="times every training sample is used "
        f"(default: {USUAL_EPOCHS}; for points {USUAL_POINT_EPOCHS})",
    )
    parser.add_argument("--model", metavar="OUT.safetensors", help="save the trained network here")
    add_json_option(parser)
    return parser


def _check_can_write(path: Path) -> None:
    # Found out before the training and not after it.
    if path.is_dir():
        raise ModelFileError(f"{path} is a folder; --model needs the name of a file")
    if not (path.parent.is_dir() and os.access(path.parent, os.W_OK)):
        raise ModelFileError(
            f"{path} cannot be written; --model needs a folder that exists and can be written"
        )


def _run(trainer: Trainer, n_epochs: int, prints_epochs: bool) -> RunFigures:
    def on_epoch(figures: EpochFigures) -> None:
        bar.close()
        if figures.epoch % every == 0 or figures.epoch == n_epochs:
            _print_epoch(figures)

    # Points need hundreds of short epochs; as many lines would say no more.
    every = max(1, n_epochs // MOST_LINES)

    with closing(ProgressBar("training")) as bar:
        watcher = Watcher(
            on_progress=bar.show if bar.is_shown else None, on_epoch=on_epoch if prints_epochs else None
        )
        return run_training(trainer, n_epochs, watcher)


def _about(trainer: Trainer, figures: RunFigures, n_threads: int) -> ModelAbout:
    return ModelAbout(
        config=trainer.config,
        dataset=trainer.dataset.name,
        epochs=trainer.epoch,
        iterations=trainer.iteration,
        blas_threads=n_threads,
        # No rate: it differs from run to run, and equal runs make equal files.
        figures={
            **_measured(figures.test),
            "test_loss": figures.test.loss,
            "train_loss": figures.train_loss,
        },
    )


def _measured(test: Evaluation) -> dict[str, float]:
    """Return how well the network does, by what its task is measured with."""
    figures = {"test_accuracy": test.accuracy, "test_r_squared": test.r_squared}
    return {name: value for name, value in figures.items() if math.isfinite(value)}


def _summary(trainer: Trainer, figures: RunFigures, model: str | None) -> dict[str, object]:
    summary: dict[str, object] = {
        "test_accuracy": finite_or_none(figures.test.accuracy),
        "test_loss": figures.test.loss,
        "train_loss": figures.train_loss,
        "epochs": trainer.epoch,
        "iterations": trainer.iteration,
        "samples_per_s": figures.samples_per_s,
        "model": model,
    }
    if is_regression(figures.test):
        summary["test_r_squared"] = finite_or_none(figures.test.r_squared)
    return summary


def _print_heading(trainer: Trainer, n_threads: int) -> None:
    sizes = "-".join(map(str, trainer.config.layers))
    print(
        f"{sizes} ({trainer.network.parameters.size:,} parameters) on {_told(trainer.dataset)}, "
        f"{n_threads} BLAS thread{'s' if n_threads > 1 else ''}"
    )
    measure = "R² in test" if trainer.dataset.task is Task.REGRESSION else "test accuracy"
    print(f"epoch  train loss  test loss  {measure:>13}", flush=True)


def _told(dataset: Dataset) -> str:
    return (
        f"{dataset.title}: {len(dataset.train):,} training and {len(dataset.test):,} test {noun_of(dataset)}"
    )


def _print_epoch(figures: EpochFigures) -> None:
    assert figures.test is not None
    test = figures.test
    measure = f"{test.r_squared:13.4f}" if is_regression(test) else f"{test.accuracy:13.2%}"
    print(f"{figures.epoch:5}  {figures.train_loss:10.4f}  {test.loss:9.4f}  {measure}", flush=True)


def _print_end(trainer: Trainer, figures: RunFigures, model: str | None) -> None:
    print(f"{trainer.iteration:,} iterations, {figures.samples_per_s:,.0f} training samples a second")
    if model is not None:
        print(f"saved to {model}")
