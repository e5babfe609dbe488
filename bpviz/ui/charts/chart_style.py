"""Colours, pens and sizes of the charts, from the theme's tokens."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from bpviz.ui.style.theme import Theme, blend
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.chart_lines import ChartCurve, CurveKind

PADDING = 16
AXIS_WIDTH = 46
"""Room for the numbers left of the plot."""
LINE_WIDTH = 2.0
TEST_WIDTH = 1.6
MANY_WIDTH = 1.4
"""Lines get thinner where many share a plot, and those of other branches."""
TEST_DASHES = (4.3, 2.6)
"""Lengths of dashes and gaps in pixels at scale 1.0."""
BRANCH_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (9.0, 4.0),
    (2.0, 2.6),
    (9.0, 2.5, 2.0, 2.5),
    (6.5, 2.0, 2.0, 2.0, 2.0, 2.0),
)
"""The line style of each branch; the first is solid."""

_MANY = 4
_RAW_SHARE = 0.4
_CROWDED_RAW_SHARE = 0.22
"""Where measured values fill an area or several curves overlap, they would outweigh the lines."""
_ASIDE_SHARE = 0.85
_FAINTEST_LAYER = 0.5
_FAINTEST_NAME = 0.68
"""Text needs more contrast than a line."""


class ChartInk:
    """The pens and colours of curves, each made once for a theme and scale."""

    def __init__(self, source: ThemeSource) -> None:
        self._source = source
        self._look: tuple[Theme, float] | None = None
        self._pens: dict[tuple[object, ...], QPen] = {}
        self._colors: dict[tuple[object, ...], QColor] = {}

    def color(self, curve: ChartCurve) -> QColor:
        """Return the colour of a curve's line."""
        return self._color(curve, _FAINTEST_LAYER)

    def name_color(self, curve: ChartCurve) -> QColor:
        """Return the colour of a curve's name, where it is written in the colour of the line."""
        return self._color(curve, _FAINTEST_NAME)

    def line(self, curve: ChartCurve, n_curves: int) -> QPen:
        """Return the pen of a curve's line among so many."""
        is_test = curve.kind is CurveKind.TEST
        is_thin = curve.is_aside or (n_curves > _MANY and curve.kind is CurveKind.GRADIENT_NORM)
        width = TEST_WIDTH if is_test else MANY_WIDTH if is_thin else LINE_WIDTH
        # Square ends close the corners of a line made of pieces, and would close the gaps between dashes.
        cap = Qt.PenCapStyle.FlatCap if self.dashes(curve) else Qt.PenCapStyle.SquareCap
        return self._pen(("line", *_key(curve), width, cap), self.color(curve), width, cap)

    def trunk(self, curve: ChartCurve) -> QPen:
        """Return the pen of what a branch shares with its parent: a solid line."""
        cap = Qt.PenCapStyle.SquareCap
        return self._pen(("line", *_key(curve), LINE_WIDTH, cap), self.color(curve), LINE_WIDTH, cap)

    def raw(self, curve: ChartCurve, *, is_crowded: bool) -> QPen:
        """Return the pen of the measured values behind a line."""
        self._follow()
        key = ("raw", *_key(curve), is_crowded)
        if key not in self._pens:
            share = _CROWDED_RAW_SHARE if is_crowded else _RAW_SHARE
            self._pens[key] = QPen(blend(self.color(curve), self._source.theme.panel, share), 1.0)
        return self._pens[key]

    def sample(self, curve: ChartCurve) -> QPen:
        """Return the pen of the curve's sample in the legend, dashes included."""
        self._follow()
        key = ("sample", *_key(curve), curve.style)
        if key not in self._pens:
            width = TEST_WIDTH if curve.kind is CurveKind.TEST else LINE_WIDTH
            pen = QPen(self.color(curve), width * self._source.factor)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if dashes := self.dashes(curve):
                pen.setDashPattern([length / width for length in dashes])
            self._pens[key] = pen
        return self._pens[key]

    def dashes(self, curve: ChartCurve) -> tuple[float, ...]:
        """Return lengths of dashes and gaps in pixels at scale 1.0; none for a solid line."""
        if curve.kind is CurveKind.TEST:
            return TEST_DASHES
        return BRANCH_DASHES[curve.style % len(BRANCH_DASHES)]

    def _pen(self, key: tuple[object, ...], color: QColor, width: float, cap: Qt.PenCapStyle) -> QPen:
        self._follow()
        if key not in self._pens:
            self._pens[key] = QPen(color, width * self._source.factor)
            self._pens[key].setCapStyle(cap)
        return self._pens[key]

    def _color(self, curve: ChartCurve, faintest: float) -> QColor:
        self._follow()
        key = (*_key(curve), faintest)
        if key not in self._colors:
            self._colors[key] = _color(curve, self._source.theme, faintest)
        return self._colors[key]

    def _follow(self) -> None:
        look = (self._source.theme, self._source.factor)
        if self._look is None or self._look[0] is not look[0] or self._look[1] != look[1]:
            self._look = look
            self._pens, self._colors = {}, {}


def _key(curve: ChartCurve) -> tuple[object, ...]:
    return curve.kind, curve.shade, curve.is_aside


def _color(curve: ChartCurve, theme: Theme, faintest: float) -> QColor:
    if curve.kind is CurveKind.TEST:
        return theme.text
    if curve.kind is CurveKind.GRADIENT_NORM:
        return blend(theme.gradient_positive, theme.panel, faintest + (1.0 - faintest) * curve.shade)
    is_loss = curve.kind is CurveKind.TRAIN_LOSS
    if curve.is_aside:
        # The paler red of texts: thin lines of the full one would drown in the band of the measured values.
        return blend(theme.error_text if is_loss else theme.secondary, theme.panel, _ASIDE_SHARE)
    return theme.error if is_loss else theme.secondary
