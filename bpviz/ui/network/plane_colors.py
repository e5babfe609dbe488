"""Colours of two classes and of how much a network takes a place for one or the other.

The classes wear the two colours of weights, which people who see few colours tell apart best; a positive
weight to the output, in the colour of B, speaks for B.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from bpviz.ui.network.network_palette import N_RAMP_COLORS, packed
from bpviz.ui.style.theme import Theme, blend, rgb
from bpviz.viewmodel.network.color_scale import ramp

_SURFACE_STRENGTH = {True: 0.62, False: 0.6}
"""Points must stand out from what is behind them."""


@dataclass(frozen=True, slots=True)
class ClassColors:
    """Colours of the points of both classes, and of the surface behind them.

    Attributes
    ----------
    points
        Of class A and of class B.
    surface
        256 colours from certainly A to certainly B, as 0xffRRGGBB.
    """

    points: tuple[QColor, QColor]
    surface: npt.NDArray[np.uint32]


def class_colors(theme: Theme) -> ClassColors:
    """Return the colours of a theme."""
    strength = _SURFACE_STRENGTH[theme.is_dark]
    first = blend(theme.weight_negative, theme.stage, strength)
    second = blend(theme.weight_positive, theme.stage, strength)
    table = ramp(rgb(first), rgb(theme.weight_zero), rgb(second)).table(N_RAMP_COLORS)
    return ClassColors((theme.weight_negative_text, theme.weight_positive_text), packed(table))
