"""`bpviz classify`: says which digits are on pictures, through the recipe the canvas uses."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bpviz.app.cli.commands import COMMANDS, CommandParser
from bpviz.app.cli.options import add_json_option, add_model_option, load_network
from bpviz.app.cli.output import print_json
from bpviz.data.digit_image import IMAGE_SIDE, prepare_image, read_image
from bpviz.data.drawing_check import Doubt, doubt_about
from bpviz.data.samples import PIXEL_SCALE
from bpviz.errors import ModelFileError
from bpviz.nn.arrays import ByteArray, FloatArray
from bpviz.nn.network import Network
from bpviz.training.blas_threads import blas_threads_limited, chosen_threads
from bpviz.training.evaluation import CHUNK_SIZE
from bpviz.viewmodel.drawing.answer import SURE_FROM, share_text

N_CLASSES = 10
N_PIXELS = IMAGE_SIDE * IMAGE_SIDE
DESCRIPTION = f"""{COMMANDS["classify"].capitalize()}: PNG or JPEG, dark on light or light on dark.

With --json a list is printed, one object for each picture:
  image          as given
  digit          0 to 9; null if nothing is drawn
  doubt          why it is probably no single digit: {", ".join(f'"{doubt.value}"' for doubt in Doubt)};
                 else null
  sure           whether the digit's probability is at least {SURE_FROM} and there is no doubt
  probabilities  of the ten digits, adding up to 1 (outputs other than softmax are
                 divided by their sum); null if nothing is drawn
A picture that cannot be read ends the command before anything is printed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is on one picture.

    Attributes
    ----------
    image
        The picture's name as it was given.
    digit
        0 to 9; None if nothing is drawn.
    doubt
        Why it is probably no single digit (a value of `Doubt`); None if nothing speaks against one.
    sure
        Whether the digit's probability is at least `SURE_FROM` and there is no doubt.
    probabilities
        Of the ten digits, adding up to 1; None if nothing is drawn.
    """

    image: str
    digit: int | None
    doubt: str | None
    sure: bool
    probabilities: list[float] | None


def run(argv: Sequence[str]) -> int:
    """Classify the pictures the arguments name; return the exit status."""
    args = _parser().parse_args(argv)
    network, _ = load_network(args.model)
    # Every picture is read before anything is printed: one that cannot be read leaves no half a list.
    with blas_threads_limited(chosen_threads()):
        readings = read_digits(network, args.images)
    if args.json:
        print_json([asdict(reading) for reading in readings])
    else:
        for reading in readings:
            print(_line(reading))
    return 0


def read_digits(network: Network, images: Sequence[str]) -> list[Reading]:
    """Return what is on each picture.

    Raises
    ------
    DataError
        If a picture cannot be read.
    ModelFileError
        If the network does not read digits, or its outputs are not finite numbers.
    """
    sizes = network.architecture.layers
    if (sizes[0], sizes[-1]) != (N_PIXELS, N_CLASSES):
        raise ModelFileError(
            f"the network has {sizes[0]} inputs and {sizes[-1]} outputs; "
            f"digits need {N_PIXELS} and {N_CLASSES}"
        )
    pixels = np.empty((len(images), N_PIXELS), np.uint8)
    is_empty: list[bool] = []
    doubts: list[Doubt | None] = []
    for row, image in zip(pixels, images, strict=True):
        prepared = prepare_image(read_image(Path(image)))
        row[:] = prepared.image.reshape(-1)
        is_empty.append(prepared.is_empty)
        doubts.append(doubt_about(prepared))
    table = _probabilities(network, pixels)
    return [
        Reading(image, None, None, False, None) if empty else _reading(image, row, doubt)
        for image, empty, row, doubt in zip(images, is_empty, table, doubts, strict=True)
    ]


def _parser() -> CommandParser:
    parser = CommandParser("classify", DESCRIPTION)
    parser.add_argument("images", nargs="+", metavar="IMAGE", help="a PNG or JPEG file")
    add_model_option(parser)
    add_json_option(parser)
    return parser


def _probabilities(network: Network, pixels: ByteArray) -> npt.NDArray[np.float64]:
    parts = [
        _outputs(network, pixels[start : start + CHUNK_SIZE]) for start in range(0, len(pixels), CHUNK_SIZE)
    ]
    outputs = np.concatenate(parts).astype(np.float64)
    if not np.isfinite(outputs).all():
        raise ModelFileError("the network's outputs are not finite numbers; it cannot read digits")
    if network.architecture.output_activation != "softmax":
        outputs = np.maximum(outputs, 0.0)
    totals = outputs.sum(axis=1, keepdims=True)
    # No output above zero speaks for no digit: all are then equally likely.
    probabilities = np.full_like(outputs, 1 / N_CLASSES)
    np.divide(outputs, totals, out=probabilities, where=totals > 0.0)
    return probabilities


def _outputs(network: Network, pixels: ByteArray) -> FloatArray:
    with np.errstate(all="ignore"):
        return network.forward(np.multiply(pixels, np.float32(PIXEL_SCALE), dtype=np.float32)).output


def _reading(image: str, probabilities: npt.NDArray[np.float64], doubt: Doubt | None) -> Reading:
    digit = int(probabilities.argmax())
    is_sure = doubt is None and bool(probabilities[digit] >= SURE_FROM)
    return Reading(image, digit, doubt.value if doubt else None, is_sure, probabilities.tolist())


def _line(reading: Reading) -> str:
    if reading.probabilities is None:
        return f"{reading.image}: nothing is drawn"
    order = np.argsort(reading.probabilities)[::-1]
    first, second = (f"{index} ({share_text(reading.probabilities[index], True)})" for index in order[:2])
    if reading.sure:
        return f"{reading.image}: {first}"
    doubt = f"{reading.doubt}? " if reading.doubt else ""
    return f"{reading.image}: {doubt}perhaps {first}, or {second}"
