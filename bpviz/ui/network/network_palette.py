"""Every brush and pen the network is drawn with, made once for a theme and a phase.

Colours are blended into the stage here, so that all pens are opaque: those are several times faster.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from bpviz.ui.style.theme import Theme, blend, rgb
from bpviz.viewmodel.network.color_scale import RGB, ramp
from bpviz.viewmodel.network.edge_buckets import N_LEVELS
from bpviz.viewmodel.network.edges import EdgeQuantity
from bpviz.viewmodel.run.phases import Phase

N_ACTIVATION_LEVELS = 48
N_RING_LEVELS = 8
N_RAMP_COLORS = 256

_WIDEST_WEIGHT_PX = 4.0
_WIDEST_GRADIENT_PX = 3.2
_THINNEST_PX = 0.7
_RING_PX = (1.2, 4.2)
_RING_RADIUS_PX = 14.0
_LIFT = 0.7
_FLASH_PX = 4.0
_FAINT_SHARES = {True: (0.2, 0.27), False: (0.22, 0.3)}
"""Shares of colour in what is not known yet and in what was known before, on dark and on light."""
_RECEDED = 0.5
"""How much of a mark is left while another phase is the subject."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the palette depends on besides the theme."""

    phase: Phase
    quantity: EdgeQuantity
    factor: float
    sign_as_dashes: bool = False


class NetworkPalette:
    """Brushes and pens for one theme and one look."""

    def __init__(self, theme: Theme, look: Look) -> None:
        self.theme = theme
        self.look = look
        self.is_receded = look.phase in (Phase.BACKWARD, Phase.UPDATE)
        """Activations stand back while gradients or changes are the subject."""
        self.discs = self._disc_brushes()
        self.edges = self._edge_pens()
        self.leads = self._lead_pens()
        self.outline = QPen(theme.strong_line if theme.is_dark else theme.tertiary, 1.0)
        if not theme.is_dark:
            self.outline.setColor(blend(theme.tertiary, theme.stage, 0.75))
        self.ink = QPen(theme.ink, 2.0)
        self.empty = QBrush(theme.stage)
        """Fill of a disc whose activation is not known."""
        self.dashed = _dashed(blend(theme.tertiary, theme.stage, 0.85), 1.2 * look.factor)
        """Outline of what is not computed yet."""
        self.faint = self._faint_pens()
        self.flash = QPen(blend(theme.ink, theme.stage, 0.5), _FLASH_PX * look.factor)
        self._rings: dict[float, list[QPen]] = {}

    def disc(self, level: int) -> QBrush:
        """Return the fill for an activation level from -48 to 48."""
        return self.discs[level + N_ACTIVATION_LEVELS]

    def ring_pens(self, radius: float) -> list[QPen]:
        """Return δ rings for discs of this radius: index level + 8, from -8 to 8; 0 is a plain outline."""
        if radius not in self._rings:
            # A palette comes and goes with every phase: playing, its pens would be mixed at each step.
            self._rings[radius] = self._ring_pens(radius)
        return self._rings[radius]

    def weight_colors(self) -> npt.NDArray[np.uint32]:
        """Return 256 colours from the most negative to the most positive weight, as 0xffRRGGBB."""
        return self._weight_colors

    def gradient_colors(self) -> npt.NDArray[np.uint32]:
        """Return 256 colours from the most negative to the most positive gradient of a small image."""
        return self._gradient_colors

    def _ring_pens(self, radius: float) -> list[QPen]:
        narrow = min(1.0, radius / (_RING_RADIUS_PX * self.look.factor)) * self.look.factor
        pens = []
        for level in range(-N_RING_LEVELS, N_RING_LEVELS + 1):
            color = self.theme.gradient_positive if level > 0 else self.theme.gradient_negative
            share = abs(level) / N_RING_LEVELS
            width = (_RING_PX[0] + (_RING_PX[1] - _RING_PX[0]) * share) * narrow
            pen = QPen(blend(color, self.theme.stage, 0.45 + 0.55 * share), max(1.0, width))
            pens.append(pen if level else self.outline)
        return pens

    @cached_property
    def _weight_colors(self) -> npt.NDArray[np.uint32]:
        theme = self.theme
        negative, positive = rgb(theme.weight_negative), rgb(theme.weight_positive)
        zero = rgb(theme.weight_zero)
        if theme.is_dark:
            colors = ramp(negative, zero, positive)
        else:
            # On white the plain hues look washed out; the strong end goes on to their text colours.
            strong = rgb(theme.weight_negative_text), rgb(theme.weight_positive_text)
            colors = ramp(strong[0], negative, zero, positive, strong[1])
        return packed(colors.sampled(_lifted()))

    @cached_property
    def _gradient_colors(self) -> npt.NDArray[np.uint32]:
        theme = self.theme
        stops = rgb(theme.gradient_negative), rgb(theme.weight_zero), rgb(theme.gradient_positive)
        return packed(ramp(*stops).sampled(_lifted()))

    def edge_colors(self) -> npt.NDArray[np.uint32]:
        """Return 256 colours from the most negative to the most positive edge."""
        positive, negative = self._edge_colors()
        stops = rgb(negative), rgb(self.theme.weight_zero), rgb(positive)
        return packed(ramp(*stops).table(N_RAMP_COLORS))

    def activation_colors(self, *, is_signed: bool) -> npt.NDArray[np.uint32]:
        """Return 256 colours from the lowest to the highest activation of a scale."""
        stops = self._activation_stops()
        return packed(ramp(*(stops if is_signed else stops[1:])).table(N_RAMP_COLORS))

    def _activation_stops(self) -> tuple[RGB, RGB, RGB]:
        theme = self.theme
        empty = blend(theme.control_hover, theme.stage, 0.8) if theme.is_dark else theme.stage
        return rgb(theme.activation_negative), rgb(empty), rgb(theme.activation)

    def _disc_brushes(self) -> list[QBrush]:
        stops = self._activation_stops()
        if self.is_receded:
            stops = (self._stood_back(stops[0]), stops[1], self._stood_back(stops[2]))
        table = ramp(*stops).table(2 * N_ACTIVATION_LEVELS + 1)
        return [QBrush(_color(row)) for row in table]

    def _stood_back(self, color: RGB) -> RGB:
        return rgb(blend(QColor(*color), self.theme.stage, _RECEDED))

    def _lead_pens(self) -> list[QPen]:
        """Return leads from a tile to its disc for |levels| 0 to 48."""
        theme = self.theme
        dim = theme.strong_line
        bright = theme.activation if theme.is_dark else blend(theme.activation, theme.activation_text, 0.75)
        if self.is_receded:
            bright = blend(bright, theme.stage, _RECEDED)
        table = ramp(rgb(dim), rgb(bright)).table(N_ACTIVATION_LEVELS + 1)
        widths = (1.0 + 1.2 * np.arange(N_ACTIVATION_LEVELS + 1) / N_ACTIVATION_LEVELS) * self.look.factor
        return [QPen(_color(row), width) for row, width in zip(table, widths.tolist(), strict=True)]

    def _edge_pens(self) -> list[QPen]:
        """Return 16 pens, index 2 × level + (1 if negative)."""
        pens = []
        for level in range(N_LEVELS):
            share = (level + 0.5) / N_LEVELS
            for color, is_negative in zip(self._edge_colors(), (False, True), strict=True):
                pens.append(self._edge_pen(color, share, is_negative=is_negative))
        return pens

    def _faint_pens(self) -> list[QPen]:
        """Return pens for what is not known yet, + and −, and for what was known before, + and −."""
        theme, factor = self.theme, self.look.factor
        unknown, before = _FAINT_SHARES[theme.is_dark]
        weights = (theme.weight_positive, theme.weight_negative)
        colors = [blend(color, theme.stage, unknown) for color in weights]
        colors += [blend(color, theme.stage, before) for color in self._edge_colors()]
        return [QPen(color, _THINNEST_PX * factor) for color in colors]

    def _edge_colors(self) -> tuple[QColor, QColor]:
        theme = self.theme
        if self.look.quantity.is_gradient:
            return theme.gradient_positive, theme.gradient_negative
        return theme.weight_positive, theme.weight_negative

    def _edge_pen(self, color: QColor, share: float, *, is_negative: bool) -> QPen:
        faint, full = (0.2, 1.0) if self.theme.is_dark else (0.22, 1.0)
        if self.look.phase is Phase.LOSS:
            faint, full = 0.5 * faint, 0.5 * full
        stage = rgb(self.theme.stage)
        widest = _WIDEST_GRADIENT_PX if self.look.quantity.is_gradient else _WIDEST_WEIGHT_PX
        width = (_THINNEST_PX + (widest - _THINNEST_PX) * share**2.2) * self.look.factor
        pen = QPen(QColor(*ramp(stage, rgb(color)).at(faint + (full - faint) * share)), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if is_negative and self.look.sign_as_dashes:
            pen.setDashPattern([6.0 / width, 4.0 / width])
        return pen


def _dashed(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setDashPattern([2.6, 2.2])
    return pen


def _lifted() -> npt.NDArray[np.float64]:
    """Return the places on a two-ended ramp at which its 256 colours are taken.

    Small weights are most of an image: the ramp leaves its middle fast, so that they are seen.
    """
    t = np.linspace(-1.0, 1.0, N_RAMP_COLORS)
    return np.asarray(0.5 + 0.5 * np.sign(t) * np.abs(t) ** _LIFT)


def _color(row: npt.NDArray[np.uint8]) -> QColor:
    red, green, blue = row.tolist()
    return QColor(red, green, blue)


def packed(table: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    """Return RGB rows, shape (n, 3), as opaque 0xffRRGGBB numbers, shape (n,)."""
    wide = table.astype(np.uint32)
    return np.asarray(0xFF000000 | (wide[:, 0] << 16) | (wide[:, 1] << 8) | wide[:, 2], dtype=np.uint32)
