"""Measures how well a network reads each set of digits, with and without the steps of the recipe."""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from bundled_data import TabletDigits, read_tablet_digits, samples_of

from bpviz.data.canvas_drawings import CanvasSpread, canvas_drawings, ink_of, placed_anywhere
from bpviz.data.digit_image import prepare_ink
from bpviz.data.mnist import load_mnist
from bpviz.data.preparation import ALL_STEPS, STEP_NAMES, Preparation
from bpviz.data.rasterize import Ink
from bpviz.data.samples import Samples
from bpviz.data.stroke_dataset import load_strokes
from bpviz.nn.calibration import calibration_error
from bpviz.nn.network import Network
from bpviz.resources import resource_path
from bpviz.training.blas_threads import blas_threads_limited, chosen_threads
from bpviz.training.checkpoint import load_model

SIZES = (0.3, 0.45, 0.65, 0.9)
PEN_WIDTHS = (0.03, 0.055, 0.08)
N_MODEL_DRAWINGS = 2000
_SEED = 11
_STEP_TITLES = {
    "crops": "without crop",
    "keeps_shape": "stretched",
    "centers_mass": "box centred",
    "evens_pen": "pen as drawn",
}
_Inks = Callable[[], Iterator[Ink]]


@dataclass(frozen=True, slots=True)
class DrawnSet:
    """Drawings on the canvas: their inks, made anew at each call, and what was meant."""

    inks: _Inks
    labels: npt.NDArray[np.uint8]

    def samples(self, steps: Sequence[Preparation]) -> list[Samples]:
        """Return what the network is given for each choice of steps."""
        images = [[prepare_ink(ink, chosen).image for chosen in steps] for ink in self.inks()]
        return [samples_of(column, self.labels) for column in zip(*images, strict=True)]


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    network, _ = load_model(arguments.model)
    with blas_threads_limited(chosen_threads()):
        framed = {"MNIST, test set": load_mnist(arguments.mnist).test}
        framed["bpviz's pen strokes, test set"] = load_strokes().test
        drawn = {"drawings of the pen-stroke model": _model_drawings()}
        unseen = None
        if arguments.pendigits is not None:
            unseen = read_tablet_digits(arguments.pendigits).parts()[1]
            drawn["tablet digits of writers left out, drawn"] = _tablet_drawings(unseen)
        print("\n".join(table_of_sets(network, framed, drawn)))
        if unseen is not None:
            print("\n".join(["", *table_of_sizes(network, unseen)]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mnist", type=Path, required=True, help="folder of the four MNIST files")
    parser.add_argument("--pendigits", type=Path, help="folder of the tablet digits' .npz file")
    parser.add_argument(
        "--model",
        type=Path,
        default=resource_path("models/digits.safetensors"),
        help="default: the bundled network",
    )
    return parser.parse_args()


def _model_drawings() -> DrawnSet:
    drawings = canvas_drawings(N_MODEL_DRAWINGS, np.random.default_rng([_SEED, 0]))
    return DrawnSet(lambda: (drawings.ink(index) for index in range(len(drawings))), drawings.labels)


def _tablet_drawings(digits: TabletDigits, spread: CanvasSpread | None = None) -> DrawnSet:
    def inks() -> Iterator[Ink]:
        rng = np.random.default_rng([_SEED, 1])
        for strokes in digits.strokes:
            yield ink_of(placed_anywhere(strokes, rng, spread or CanvasSpread()))

    return DrawnSet(inks, digits.labels)


def table_of_sets(
    network: Network, framed: Mapping[str, Samples], drawn: Mapping[str, DrawnSet]
) -> Iterator[str]:
    """Yield the lines of the table of accuracies by set and step; framed sets have no steps to leave out."""
    titles = ("set", "digits", "all steps", *(_STEP_TITLES[name] for name in STEP_NAMES), "calibration error")
    yield from _head(titles)
    for name, samples in framed.items():
        accuracy, error = measured(network, samples)
        yield _row(name, f"{len(samples):,}", _percent(accuracy), *["-"] * len(STEP_NAMES), _percent(error))
    choices = (ALL_STEPS, *(ALL_STEPS.without(step) for step in STEP_NAMES))
    for name, drawings in drawn.items():
        figures = [measured(network, samples) for samples in drawings.samples(choices)]
        accuracies = (_percent(accuracy) for accuracy, _ in figures)
        yield _row(name, f"{len(drawings.labels):,}", *accuracies, _percent(figures[0][1]))


def table_of_sizes(network: Network, digits: TabletDigits) -> Iterator[str]:
    """Yield the lines of the table of accuracies by the drawing's size and the pen's width."""
    yield from _head(
        ("tablet digits, size of the canvas", *(f"pen {_percent(width)}" for width in PEN_WIDTHS))
    )
    for size in SIZES:
        spreads = (CanvasSpread((size, size), (width, width)) for width in PEN_WIDTHS)
        samples = chain.from_iterable(_tablet_drawings(digits, s).samples([ALL_STEPS]) for s in spreads)
        yield _row(f"{size * 100:.0f} %", *(_percent(measured(network, part)[0]) for part in samples))


def measured(network: Network, samples: Samples) -> tuple[float, float]:
    """Return accuracy and expected calibration error, both 0 to 1."""
    outputs = network.forward(samples.scaled(slice(None))).output
    accuracy = float((outputs.argmax(axis=1) == samples.labels).mean())
    return accuracy, calibration_error(outputs, samples.labels)


def _head(titles: Sequence[str]) -> Iterator[str]:
    yield _row(*titles)
    yield "|" + "---|" * len(titles)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


if __name__ == "__main__":
    main()
