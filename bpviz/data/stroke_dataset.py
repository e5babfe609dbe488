"""The embedded `strokes` dataset: digits of the pen-stroke model, drawn once and kept in resources/.

The file is gzip-compressed IDX (MNIST's format) with one row of 785 bytes a digit, its label and its
784 grey levels; the training digits come first.
"""

import gzip
import io
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bpviz.data.idx import read_idx
from bpviz.data.samples import Dataset, Samples
from bpviz.data.stroke_raster import IMAGE_SIDE_PX, render_strokes
from bpviz.data.strokes import draw_digit
from bpviz.errors import DataError
from bpviz.resources import resource_path

TRAIN_COUNT = 10_000
TEST_COUNT = 2_000
N_CLASSES = 10

_ROW_BYTES = 1 + IMAGE_SIDE_PX**2
_FILE_SHAPE = (TRAIN_COUNT + TEST_COUNT, _ROW_BYTES)
_IDX_HEADER = bytes([0, 0, 0x08, 2]) + np.array(_FILE_SHAPE, ">u4").tobytes()
# A logarithmic normal distribution matches the spread of MNIST's pens and its mean grey level.
_PEN_WIDTH_MEDIAN_PX = 2.45
_PEN_WIDTH_LOG_SD = 0.3
_PEN_WIDTH_RANGE_PX = (1.3, 5.0)


def load_strokes(path: Path | None = None) -> Dataset:
    """Return the embedded digits: 10,000 to train and 2,000 to test, uint8, 784 values each.

    Parameters
    ----------
    path
        Another file of the same format; None stands for the one in resources/.

    Raises
    ------
    DataError
        If the file is missing, damaged, of another size, or holds a label above 9.
    """
    source = resource_path("strokes.idx.gz") if path is None else path
    rows = read_idx(source, _FILE_SHAPE, max_bytes=_FILE_SHAPE[0] * _FILE_SHAPE[1])
    if rows[:, 0].max() >= N_CLASSES:
        raise DataError(f"{source.name} holds the label {rows[:, 0].max()}; labels must be 0 to 9")
    train, test = (_samples(part) for part in np.split(rows, [TRAIN_COUNT]))
    return Dataset("strokes", "Strokes", train, test, N_CLASSES)


def _samples(rows: npt.NDArray[np.uint8]) -> Samples:
    return Samples(np.ascontiguousarray(rows[:, 1:]), np.ascontiguousarray(rows[:, 0]))


def build_strokes(seed: int) -> Dataset:
    """Return the dataset newly drawn; its two parts use independent streams of `seed`."""
    parts = []
    for stream, count in enumerate((TRAIN_COUNT, TEST_COUNT)):
        rng = part_rng(seed, stream)
        parts.append(draw_samples(part_labels(count, rng), rng))
    return Dataset("strokes", "Strokes", parts[0], parts[1], N_CLASSES)


def part_rng(seed: int, stream: int) -> np.random.Generator:
    """Return the generator that draws one part: stream 0 the training digits, 1 the test digits."""
    return np.random.default_rng([seed, stream])


def part_labels(count: int, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Return `count` labels in random order, every class as often as any other (or once more)."""
    return rng.permutation(np.arange(count) % N_CLASSES).astype(np.uint8)


def draw_samples(labels: npt.NDArray[np.uint8], rng: np.random.Generator) -> Samples:
    """Return one newly drawn digit for each label; fewer labels give the same first digits."""
    images = np.empty((len(labels), IMAGE_SIDE_PX**2), np.uint8)
    for image, label in zip(images, labels, strict=True):
        strokes = draw_digit(int(label), rng)
        image[:] = render_strokes(strokes, _pen_width_px(rng)).ravel()
    return Samples(images, labels.copy())


def _pen_width_px(rng: np.random.Generator) -> float:
    width = _PEN_WIDTH_MEDIAN_PX * np.exp(rng.normal(0.0, _PEN_WIDTH_LOG_SD))
    return float(np.clip(width, *_PEN_WIDTH_RANGE_PX))


def encode_strokes(dataset: Dataset) -> bytes:
    """Return the content of the file `load_strokes` reads; equal datasets give equal bytes.

    Raises
    ------
    DataError
        If the dataset has another number of digits.
    """
    parts = [np.column_stack([part.labels, part.inputs]) for part in (dataset.train, dataset.test)]
    if [len(part) for part in parts] != [TRAIN_COUNT, TEST_COUNT] or parts[0].shape[1] != _ROW_BYTES:
        raise DataError(
            f"it has {len(parts[0]):,} + {len(parts[1]):,} digits of {parts[0].shape[1] - 1} values; "
            f"{TRAIN_COUNT:,} + {TEST_COUNT:,} of {_ROW_BYTES - 1} are needed"
        )
    packed = io.BytesIO()
    # No time and no name in the header: the bytes depend on the digits alone.
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=6, mtime=0) as stream:
        stream.write(_IDX_HEADER + np.concatenate(parts).astype(np.uint8).tobytes())
    return packed.getvalue()
