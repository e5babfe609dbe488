"""Options several commands share, and what they become: data, settings, a network."""

import argparse
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bpviz.app.cli.arguments import layer_sizes, whole_number
from bpviz.app.cli.output import ProgressBar
from bpviz.app.cli.point_options import add_point_options, point_options
from bpviz.app.window_options import DATASETS
from bpviz.data.download import download_mnist
from bpviz.data.image_folder import SkippedImage
from bpviz.data.mnist import mnist_dir
from bpviz.data.samples import Dataset
from bpviz.data.sources import load_dataset
from bpviz.errors import ConfigError
from bpviz.nn.activations import ACTIVATIONS, HIDDEN_ACTIVATION_NAMES
from bpviz.nn.initializers import INITIALIZERS
from bpviz.nn.losses import LOSSES
from bpviz.nn.network import Network
from bpviz.nn.optimizers import OPTIMIZERS
from bpviz.resources import resource_path
from bpviz.training.blas_threads import MAX_BLAS_THREADS
from bpviz.training.checkpoint import ModelAbout, load_model
from bpviz.training.config import MAX_BATCH_SIZE, TrainingConfig
from bpviz.training.usual_config import usual_config

DEFAULTS = TrainingConfig()
MAX_SEED = 2**63 - 1
MAX_SKIPPED_SHOWN = 10
_SETTINGS = (
    "layers",
    "activation",
    "output_activation",
    "loss",
    "optimizer",
    "learning_rate",
    "momentum",
    "batch_size",
)
"""Settings whose default depends on the dataset, named as in `TrainingConfig`."""


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which digits or points to use."""
    group = parser.add_argument_group("data")
    group.add_argument(
        "--dataset",
        choices=DATASETS,
        default=DATASETS[0],
        help="strokes: bundled pen-stroke digits; mnist: the MNIST files; "
        "folder: your own pictures, named by label, in --data-dir; class: digits collected on the canvas, "
        "or a saved file or folder of them in --data-dir; gaussians, xor, circle, moons, spiral: points "
        "of two classes in the plane; curve: a noisy curve (default: %(default)s)",
    )
    group.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        help="folder (for class also a file) of the data, used alone; without it MNIST is looked for in "
        "BPVIZ_DATA_DIR, else in the user's cache",
    )
    group.add_argument(
        "--download", action="store_true", help="fetch the MNIST files first, unless they are there"
    )
    add_point_options(parser)


def add_training_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of a training run; every name that can be chosen is listed."""
    network = parser.add_argument_group("network", "points have defaults of their own")
    network.add_argument(
        "--layers",
        type=layer_sizes,
        metavar="N,N,…",
        help="neurons from input to output (default: 784,30,10)",
    )
    network.add_argument(
        "--activation",
        choices=HIDDEN_ACTIVATION_NAMES,
        help=f"of the hidden layers (default: {DEFAULTS.activation})",
    )
    network.add_argument(
        "--output-activation",
        choices=tuple(ACTIVATIONS),
        help="default: what belongs to the loss (squared and log: sigmoid, cross-entropy: softmax)",
    )
    network.add_argument("--loss", choices=tuple(LOSSES), help=f"default: {DEFAULTS.loss}")
    network.add_argument(
        "--init",
        choices=tuple(INITIALIZERS),
        help="first weights; normal has standard deviation 1/√n, uniform is −1 to 1 "
        f"(default: {DEFAULTS.initializer})",
    )
    _add_descent_options(parser.add_argument_group("training"))


def _add_descent_options(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--optimizer", choices=tuple(OPTIMIZERS), help=f"default: {DEFAULTS.optimizer}")
    group.add_argument(
        "--learning-rate",
        type=float,
        metavar="F",
        help=f"default: {DEFAULTS.learning_rate}",
    )
    group.add_argument(
        "--momentum",
        type=float,
        metavar="F",
        help=f"for momentum and nesterov (default: {DEFAULTS.momentum})",
    )
    group.add_argument(
        "--batch-size",
        type=whole_number(1, MAX_BATCH_SIZE),
        metavar="N",
        help=f"default: {DEFAULTS.batch_size}",
    )
    _add_run_options(group)


def _add_run_options(group: argparse._ArgumentGroup) -> None:
    for name in ("l1", "l2"):
        group.add_argument(
            f"--{name}",
            type=float,
            default=0.0,
            metavar="F",
            help=f"strength of the {name.upper()} penalty on weights (default: 0)",
        )
    group.add_argument(
        "--seed",
        type=whole_number(0, MAX_SEED),
        default=DEFAULTS.seed,
        metavar="N",
        help="draws first weights and order of samples; the same seed gives the same run (default: 0)",
    )
    group.add_argument(
        "--train-samples",
        type=whole_number(1, 10**9),
        metavar="N",
        help="train on the first N samples only",
    )
    add_threads_option(group)


def add_threads_option(group: argparse._ActionsContainer) -> None:
    """Add the choice of threads for matrix products."""
    group.add_argument(
        "--threads",
        type=whole_number(1, MAX_BLAS_THREADS),
        metavar="N",
        help="threads for matrix products (default: OPENBLAS_NUM_THREADS if set, else 1)",
    )


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add the choice of machine-readable output."""
    parser.add_argument("--json", action="store_true", help="print JSON on standard output")


def add_model_option(parser: argparse.ArgumentParser) -> None:
    """Add the choice of a saved network to use."""
    parser.add_argument(
        "--model", type=Path, metavar="M", help="a saved network (default: the one that comes with bpviz)"
    )


def training_config(args: argparse.Namespace) -> TrainingConfig:
    """Return the settings asked for.

    Raises
    ------
    ConfigError
        If they are impossible or do not go together.
    """
    asked = {name: getattr(args, name) for name in _SETTINGS}
    given = {name: value for name, value in asked.items() if value is not None}
    if args.init is not None:
        given["initializer"] = args.init
    if "loss" in given:
        # The output activation that is usual with another loss may not go with this one.
        given.setdefault("output_activation", _output_for(args.dataset, given["loss"]))
    return replace(usual_config(args.dataset), **given, l1=args.l1, l2=args.l2, seed=args.seed)


def _output_for(dataset: str, loss: str) -> str | None:
    usual = usual_config(dataset)
    return usual.output_activation if loss == usual.loss else None


def load_data(args: argparse.Namespace) -> Dataset:
    """Return the dataset asked for, fetched first if that was asked for too.

    Pictures of a folder that cannot be used are named on standard error.
    """
    if args.download:
        _download(args.dataset, args.data_dir)
    skipped: list[SkippedImage] = []
    dataset = load_dataset(args.dataset, args.data_dir, on_skipped=skipped.append, points=point_options(args))
    _report_skipped(skipped)
    return dataset


def load_network(path: Path | None) -> tuple[Network, ModelAbout]:
    """Return the saved network at `path`, or the one that comes with bpviz."""
    return load_model(resource_path("models", "digits.safetensors") if path is None else path)


def _download(dataset: str, data_dir: Path | None) -> None:
    if dataset != "mnist":
        raise ConfigError(f"--download fetches MNIST, but --dataset is '{dataset}'; add --dataset mnist")
    with closing(ProgressBar("MNIST")) as bar:
        download_mnist(mnist_dir(data_dir), lambda done, total: bar.show(done / total))


def _report_skipped(skipped: list[SkippedImage]) -> None:
    for image in skipped[:MAX_SKIPPED_SHOWN]:
        print(f"bpviz: skipped: {image.reason}", file=sys.stderr)
    if more := len(skipped[MAX_SKIPPED_SHOWN:]):
        print(f"bpviz: skipped {more:,} more", file=sys.stderr)
