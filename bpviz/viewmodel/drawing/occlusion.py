"""Occlusion: what an output's sum loses when a small patch of the drawing is covered, patch by patch."""

import math

import numpy as np

from bpviz.data.digit_image import IMAGE_SIDE
from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.nn.network import Network
from bpviz.training.snapshot import SamplePass
from bpviz.viewmodel.drawing.ink_saliency import InkSaliency, SaliencyMethod

PATCH = 5
"""Side of the patch in pixels: about twice as wide as a stroke, so that it takes a piece out of one."""
_REACH = PATCH // 2


def occlusion_saliency(network: Network, sample: SamplePass, digit: int) -> InkSaliency | None:
    """Return z_k less z_k with the patch around each pixel black, or None if that is not a finite number.

    Only on the ink and beside it; elsewhere it is left 0, for there is nothing to be tinted.

    Parameters
    ----------
    sample
        A drawing of 28 x 28 pixels on its way through this network.
    digit
        The output k.

    References
    ----------
    Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2013.
    """
    ink = sample.x.reshape(IMAGE_SIDE, IMAGE_SIDE)
    near = _near_ink(ink)
    values = np.zeros(IMAGE_SIDE * IMAGE_SIDE)
    if len(near):
        values[near] = sample.z[-1][digit] - _covered_sums(network, sample, near)[:, digit]
    scale = float(np.abs(values).max())
    if not math.isfinite(scale):
        return None
    return InkSaliency(digit, values.reshape(ink.shape), scale, SaliencyMethod.OCCLUSION)


def _covered_sums(network: Network, sample: SamplePass, pixels: IndexArray) -> FloatArray:
    """Return the outputs' z with the patch around each of these pixels covered, shape (pixels, n_out).

    There is no ink outside their bounding box.
    """
    passed = network.new_forward(len(pixels))
    # What a patch adds to the first layer is a sum of products: no pass over all pixels for each patch.
    rows, columns = np.divmod(pixels, IMAGE_SIDE)
    top, left = int(rows.min()), int(columns.min())
    box = slice(top, int(rows.max()) + 1), slice(left, int(columns.max()) + 1)
    ink = sample.x.reshape(IMAGE_SIDE, IMAGE_SIDE)[box]
    weights = network.W[0].reshape(IMAGE_SIDE, IMAGE_SIDE, -1)[box]
    missing = _patch_sums(ink[:, :, np.newaxis] * weights)[rows - top, columns - left]
    np.subtract(sample.z[0] - network.b[0], missing, out=passed.z[0])
    network.finish_forward(passed)
    return passed.z[-1]


def _near_ink(ink: FloatArray) -> IndexArray:
    """Return the pixels that have ink or a neighbour that has, which the tint is made from."""
    has_ink = np.pad(ink != 0.0, 1)
    rows = has_ink[:-2] | has_ink[1:-1] | has_ink[2:]
    return np.flatnonzero(rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:])


def _patch_sums(values: FloatArray) -> FloatArray:
    """Return the sum over the patch around each pixel, shape (height, width, n); beyond the edge all is 0."""
    height, width, _ = values.shape
    down = np.pad(values, ((_REACH, _REACH), (0, 0), (0, 0)))
    rows = down[:height].copy()
    for start in range(1, PATCH):
        rows += down[start : start + height]
    across = np.pad(rows, ((0, 0), (_REACH, _REACH), (0, 0)))
    sums = across[:, :width].copy()
    for start in range(1, PATCH):
        sums += across[:, start : start + width]
    return sums
