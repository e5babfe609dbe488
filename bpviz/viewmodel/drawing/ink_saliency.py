"""How strongly each pixel of a drawing counts, and where that pixel lies on the canvas."""

import math
from dataclasses import dataclass
from enum import Enum
from functools import cache

import numpy as np
import numpy.typing as npt

from bpviz.data.digit_image import IMAGE_SIDE, PreparedDigit
from bpviz.nn.network import ForwardPass, Network
from bpviz.nn.saliency import input_gradient
from bpviz.training.snapshot import SamplePass
from bpviz.viewmodel.network.color_scale import Ramp

Map = npt.NDArray[np.floating]
Picture = npt.NDArray[np.uint8]

_FINER = 4
_COLORS = 256


class SaliencyMethod(Enum):
    """How it is found out what counts."""

    GRADIENT = "gradient"
    """pixel × ∂z_k/∂pixel: the slope of the sum, back-propagated to each pixel."""
    OCCLUSION = "occlusion"
    """What z_k loses when the patch around the pixel is covered."""


@dataclass(frozen=True, slots=True)
class InkSaliency:
    """How much each pixel of a drawing adds to one output's weighted sum z_k.

    Attributes
    ----------
    digit
        The output k.
    values
        Shape (28, 28); positive speaks for the digit, negative against it.
    scale
        The largest magnitude among them: the ends of the colour scale.
    method
        How the values were found.
    """

    digit: int
    values: Map
    scale: float
    method: SaliencyMethod = SaliencyMethod.GRADIENT

    def picture(self, colors: Ramp) -> Picture:
        """Return the values as colours, smoothed between pixel centres, shape (112, 112, 3).

        Parameters
        ----------
        colors
            From -scale at its first stop through 0 in the middle to +scale at its last.
        """
        spread = _between_pixels(self.values.shape[0])
        smooth = spread @ self.values @ spread.T
        level = smooth * (0.5 / self.scale) + 0.5 if self.scale > 0.0 else np.full_like(smooth, 0.5)
        return colors.table(_COLORS).take(np.rint(level * (_COLORS - 1)).astype(np.intp), axis=0)


def drawing_saliency(network: Network, sample: SamplePass, digit: int) -> InkSaliency | None:
    """Return how each pixel speaks for or against `digit`, or None where that is not a finite number.

    The sum over all pixels and the bias' share make up z_k for a network without hidden layers; with
    hidden layers it is the linear part around this drawing.
    """
    forward = ForwardPass(
        sample.x[np.newaxis], tuple(z[np.newaxis] for z in sample.z), tuple(a[np.newaxis] for a in sample.a)
    )
    values = sample.x * input_gradient(network, forward, digit)[0]
    scale = float(np.abs(values).max())
    return InkSaliency(digit, values.reshape(IMAGE_SIDE, IMAGE_SIDE), scale) if math.isfinite(scale) else None


def image_box(prepared: PreparedDigit) -> tuple[float, float, float, float]:
    """Return where the 28 x 28 image lies on the ink image: (left, top, width, height) in ink pixels.

    The inverse of crop, scale and shift. `prepared` must hold ink.
    """
    if prepared.crop_box is None or prepared.center_of_mass is None:
        return 0.0, 0.0, float(prepared.ink.shape[1]), float(prepared.ink.shape[0])
    left, top, right, bottom = prepared.scaled_box
    height, width = prepared.scaled.shape
    step_x, step_y = (right - left) / width, (bottom - top) / height
    column, row = placement(prepared)
    return left - column * step_x, top - row * step_y, IMAGE_SIDE * step_x, IMAGE_SIDE * step_y


def placement(prepared: PreparedDigit) -> tuple[int, int]:
    """Return the (column, row) of `image` at which the scaled ink begins; (0, 0) without ink."""
    if prepared.center_of_mass is None:
        return 0, 0
    mass = prepared.scaled.sum(dtype=np.int64)
    x = prepared.scaled.sum(axis=0, dtype=np.int64) @ np.arange(prepared.scaled.shape[1]) / mass
    y = prepared.scaled.sum(axis=1, dtype=np.int64) @ np.arange(prepared.scaled.shape[0]) / mass
    return round(prepared.center_of_mass[0] - x), round(prepared.center_of_mass[1] - y)


@cache
def _between_pixels(n: int) -> Map:
    """Return the matrix that interpolates n pixel centres linearly, shape (4 n, n); its rows add up to 1."""
    wanted = (np.arange(_FINER * n) + 0.5) / _FINER - 0.5
    below = np.clip(np.floor(wanted), 0, n - 2).astype(np.intp)
    share = np.clip(wanted - below, 0.0, 1.0)
    spread = np.zeros((len(wanted), n))
    rows = np.arange(len(wanted))
    spread[rows, below] = 1.0 - share
    spread[rows, below + 1] += share
    return spread
