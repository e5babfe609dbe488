"""Builds the training and test digits of the bundled network from MNIST, pen strokes and tablet writing."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from bpviz.data.digit_image import prepare_ink
from bpviz.data.samples import Samples
from bpviz.data.stroke_dataset import draw_samples, part_labels
from bpviz.data.stroke_raster import render_strokes
from bpviz.data.strokes import ORDINARY_HANDS, Stroke, vary_strokes
from bpviz.errors import DataError

HELD_BACK_EVERY = 5
"""Every fifth tablet writer is never trained on."""

_MAX_TABLET_BYTES = 64 * 1024 * 1024
_ENLARGEMENT = 3
# The writing has its own slant, ends and wobble already.
_TABLET_VARIATION = replace(ORDINARY_HANDS, balance_sd=0.12, bend_sd=0.02, slant_mean=0.0, slant_sd=0.15)

_Image = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class TabletDigits:
    """Digits written on a tablet.

    Attributes
    ----------
    strokes
        The strokes of each digit, one unit high or wide, whichever is more.
    labels, writers
        Shape (n,): the class and the writer's number of each digit.
    """

    strokes: list[list[Stroke]]
    labels: npt.NDArray[np.uint8]
    writers: npt.NDArray[np.int64]

    def parts(self, every: int = HELD_BACK_EVERY) -> tuple["TabletDigits", "TabletDigits"]:
        """Return the digits to train on and those of the writers held back, one in `every`."""
        held_back = np.isin(self.writers, np.unique(self.writers)[::every])
        return self._only(~held_back), self._only(held_back)

    def _only(self, chosen: npt.NDArray[np.bool_]) -> "TabletDigits":
        rows = np.flatnonzero(chosen)
        return TabletDigits([self.strokes[row] for row in rows], self.labels[rows], self.writers[rows])


def read_tablet_digits(folder: Path) -> TabletDigits:
    """Return the digits of the one .npz file in `folder`.

    It holds `points` (n, 2), y down, the `stroke` index of each point in its digit, the `offset` at which
    each digit's points begin (and the end of the last), and each digit's `label` and `writer`.

    Raises
    ------
    DataError
        If there is not just one such file, it is too large, or its arrays do not fit each other.
    """
    files = sorted(folder.glob("*.npz"))
    if len(files) != 1:
        raise DataError(f"{folder} holds {len(files)} .npz files; one is needed")
    _check_size(files[0])
    with np.load(files[0], allow_pickle=False) as archive:
        points, stroke, offset, label, writer = (
            archive[name] for name in ("points", "stroke", "offset", "label", "writer")
        )
    if not len(label) == len(writer) == len(offset) - 1:
        raise DataError(f"{files[0].name}: the numbers of offsets, labels and writers do not agree")
    digits = [_strokes(points[a:b], stroke[a:b]) for a, b in pairwise(offset)]
    return TabletDigits(digits, label.astype(np.uint8), writer.astype(np.int64))


def _check_size(file: Path) -> None:
    """Refuse a file that would fill the memory once it is unpacked."""
    with zipfile.ZipFile(file) as archive:
        size = sum(member.file_size for member in archive.infolist())
    if size > _MAX_TABLET_BYTES:
        raise DataError(f"{file.name} unpacks to {size:,} bytes; at most {_MAX_TABLET_BYTES:,} are accepted")


def _strokes(points: npt.NDArray[np.floating], stroke: npt.NDArray[np.uint8]) -> list[Stroke]:
    low = points.min(axis=0)
    unit = (points - low).astype(np.float64) / max(float(np.ptp(points, axis=0).max()), 1e-9)
    return [unit[stroke == number] for number in np.unique(stroke)]


def varied_tablet(digits: TabletDigits, copies: int, rng: np.random.Generator) -> Samples:
    """Return each digit `copies` times, written a little differently with different pens."""
    return samples_of(_tablet_images(digits, copies, rng), np.tile(digits.labels, copies))


def _tablet_images(digits: TabletDigits, copies: int, rng: np.random.Generator) -> Iterator[_Image]:
    for _ in range(copies):
        for strokes in digits.strokes:
            width_px = float(np.clip(2.6 * np.exp(rng.normal(0.0, 0.25)), 1.5, 5.0))
            yield render_strokes(vary_strokes(strokes, rng, _TABLET_VARIATION), width_px)


def drawn_strokes(count: int, rng: np.random.Generator) -> Samples:
    """Return `count` digits of the pen-stroke model, none of which is in the embedded dataset."""
    return draw_samples(part_labels(count, rng), rng)


def varied_images(samples: Samples, copies: int, rng: np.random.Generator) -> Samples:
    """Return each image `copies` times, turned, slanted, stretched, thinned or thickened, and framed anew."""
    images = samples.inputs.reshape(-1, 28, 28)
    varied = (_varied_image(image, rng) for _ in range(copies) for image in images)
    return samples_of(varied, np.tile(samples.labels, copies))


def _varied_image(image: npt.NDArray[np.generic], rng: np.random.Generator) -> _Image:
    side = image.shape[0] * _ENLARGEMENT
    turn, slant, stretch = np.deg2rad(rng.normal(0.0, 7.0)), rng.normal(0.0, 0.12), rng.normal(0.0, 0.08, 2)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    # Maps places of the enlarged result back to the image; both are turned about their middle.
    back = rotation @ np.array([[1.0, slant], [0.0, 1.0]]) @ np.diag(np.exp(stretch)) / (_ENLARGEMENT * 0.85)
    origin = np.full(2, image.shape[0] / 2.0) - back @ np.full(2, side / 2.0)
    coefficients = (*back[0], origin[0], *back[1], origin[1])
    enlarged = Image.fromarray(image).transform(
        (side, side), Image.Transform.AFFINE, coefficients, Image.Resampling.BICUBIC
    )
    pen = rng.choice(3, p=[0.25, 0.5, 0.25])
    if pen != 1:
        enlarged = enlarged.filter(ImageFilter.MinFilter(3) if pen == 0 else ImageFilter.MaxFilter(3))
    framed = prepare_ink(_sharpened(np.asarray(enlarged))).image
    # An eraser that left no ink: the image as it was.
    return _nudged(framed if framed.any() else image.astype(np.uint8), rng)


def _sharpened(image: _Image) -> _Image:
    """Return the enlarged image with the edges the enlargement had blurred."""
    steep = 128.0 + 2.0 * (image.astype(np.float32) - 128.0)
    clipped: _Image = np.clip(steep, 0.0, 255.0).astype(np.uint8)
    return clipped


def _nudged(image: _Image, rng: np.random.Generator) -> _Image:
    """Return the image one pixel off its place now and then; ink at the border stays."""
    down, right = rng.choice((-1, 0, 1), size=2, p=(0.1, 0.8, 0.1))
    if image[[0, -1]].any() or image[:, [0, -1]].any():
        return image
    return np.roll(image, (down, right), (0, 1))


def samples_of(images: Iterable[_Image], labels: npt.NDArray[np.uint8]) -> Samples:
    """Return one sample for each image, shape (28, 28), and its label."""
    inputs = np.empty((len(labels), 28 * 28), np.uint8)
    for row, image in zip(inputs, images, strict=True):
        row[:] = image.ravel()
    return Samples(inputs, labels.copy())


def joined(parts: list[Samples]) -> Samples:
    """Return the samples of all parts, one part after the other."""
    return Samples(
        np.concatenate([part.inputs for part in parts]).astype(np.uint8),
        np.concatenate([part.labels for part in parts]),
    )
