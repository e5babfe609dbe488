"""Colour and size scales: from numbers to levels, and from levels to colours.

Colours are mixed in Oklab, where equal steps look equal and a dim orange stays orange.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bpviz.nn.arrays import FloatArray, IndexArray

RGB = tuple[int, int, int]

_LADDER = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
_KEEP_DOWN_TO = 0.55
"""A scale's limit stays while the values still fill this share of it, so that legends do not flicker."""

# Björn Ottosson, "A perceptual color space for image processing" (2020).
_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


@dataclass(frozen=True, slots=True)
class Ramp:
    """A colour ramp through two or more stops.

    Attributes
    ----------
    positions
        Where the stops lie, from 0 to 1, increasing.
    colors
        The colour at each stop.
    """

    positions: tuple[float, ...]
    colors: tuple[RGB, ...]

    def at(self, share: float) -> RGB:
        """Return the colour at `share` of the ramp, 0 to 1."""
        red, green, blue = self.sampled(np.array([share]))[0]
        return int(red), int(green), int(blue)

    def table(self, n: int) -> npt.NDArray[np.uint8]:
        """Return `n` colours from the first stop to the last, shape (n, 3), read-only."""
        return _table(self, n)

    def sampled(self, shares: FloatArray) -> npt.NDArray[np.uint8]:
        """Return the colour at each of `shares`, shape (n, 3)."""
        lab = _to_oklab(np.array(self.colors, dtype=np.float64))
        channels = [np.interp(shares, self.positions, lab[:, channel]) for channel in range(3)]
        return _from_oklab(np.stack(channels, axis=1))


@lru_cache(maxsize=64)
def _table(ramp_: Ramp, n: int) -> npt.NDArray[np.uint8]:
    table = ramp_.sampled(np.linspace(0.0, 1.0, n))
    table.flags.writeable = False
    return table


def ramp(*colors: RGB) -> Ramp:
    """Return the ramp through evenly spaced colours."""
    return Ramp(tuple(float(p) for p in np.linspace(0.0, 1.0, len(colors))), colors)


def _to_oklab(colors: FloatArray) -> FloatArray:
    srgb = colors / 255.0
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T)


def _from_oklab(lab: FloatArray) -> npt.NDArray[np.uint8]:
    lms = (lab @ np.linalg.inv(_TO_LAB).T) ** 3
    linear = np.clip(lms @ np.linalg.inv(_TO_LMS).T, 0.0, 1.0)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.rint(srgb * 255.0).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class ActivationScale:
    """The range of activations that disc colours stand for; what lies outside is drawn as its end."""

    low: float
    high: float

    def levels(self, a: FloatArray, n: int) -> IndexArray:
        """Return a level from -n to n for each activation; 0 is an activation of 0 or no number."""
        held = np.clip(np.where(np.isnan(a), 0.0, a), self.low, self.high)
        if self.low >= 0.0:
            return np.asarray(np.rint(held * (n / self.high)), dtype=np.intp)
        per_side = np.where(held < 0.0, n / -self.low, n / self.high)
        return np.asarray(np.rint(held * per_side), dtype=np.intp)


def activation_scale(
    name: str, values: FloatArray, previous: ActivationScale | None = None
) -> ActivationScale:
    """Return the scale on which activations of this function are shown.

    Parameters
    ----------
    name
        Activation function: bounded ones have a fixed scale, others reach to the 99th percentile.
    values
        The activations at hand, any shape.
    previous
        The scale shown before; kept while it still fits.
    """
    if name in ("sigmoid", "softmax"):
        return ActivationScale(0.0, 1.0)
    if name == "tanh":
        return ActivationScale(-1.0, 1.0)
    limit = nice_limit(percentile_of_size(values), previous.high if previous else None)
    return ActivationScale(0.0 if name == "relu" else -limit, limit)


def percentile_of_size(values: FloatArray, percentile: float = 99.0) -> float:
    """Return the percentile of |values| that a scale reaches to, so that one outlier dims nothing."""
    finite = np.abs(values[np.isfinite(values)])
    return float(np.percentile(finite, percentile)) if finite.size else 0.0


def nice_limit(value: float, previous: float | None = None) -> float:
    """Return a round number not below `value`: 1, 1.5, 2, 3, 5 or 7 times a power of ten.

    Parameters
    ----------
    value
        What the scale must reach; 0 gives 1.
    previous
        The limit shown before; it is kept while `value` fills more than half of it.
    """
    if previous is not None and _KEEP_DOWN_TO * previous <= value <= previous:
        return previous
    if not np.isfinite(value) or value <= 1e-30:
        return 1.0 if previous is None else previous
    power = 10.0 ** np.floor(np.log10(value))
    # The small factor keeps 0.2 from becoming 0.3 for a last bit of float noise.
    step = next((s for s in _LADDER if s * power >= value * (1 - 1e-9)), 10.0)
    return float(f"{step * power:.2g}")
