"""Colours and sizes of the charts, from the theme's tokens."""

from PySide6.QtGui import QColor

from bpviz.ui.theme import Theme, blend
from bpviz.viewmodel.chart_content import ChartCurve, CurveKind

PADDING = 16
AXIS_WIDTH = 46
"""Room for the numbers left of the plot."""
LINE_WIDTH = 2.0
TEST_WIDTH = 1.6
MANY_WIDTH = 1.4
"""Lines get thinner where many share a plot."""
DASHES = (2.7, 1.6)
"""Length of the test line's dashes and gaps, in line widths."""

_RAW_SHARE = 0.4
_CROWDED_RAW_SHARE = 0.22
"""Where measured values fill an area or several curves overlap, they would outweigh the lines."""
_FAINTEST_LAYER = 0.5
_FAINTEST_NAME = 0.68
"""Text needs more contrast than a line."""


def curve_color(curve: ChartCurve, theme: Theme) -> QColor:
    """Return the colour of a curve's line."""
    return _color(curve, theme, _FAINTEST_LAYER)


def name_color(curve: ChartCurve, theme: Theme) -> QColor:
    """Return the colour of a curve's name, where it is written in the colour of the line."""
    return _color(curve, theme, _FAINTEST_NAME)


def raw_color(curve: ChartCurve, is_crowded: bool, theme: Theme) -> QColor:
    """Return the colour of the measured values behind a line."""
    share = _CROWDED_RAW_SHARE if is_crowded else _RAW_SHARE
    return blend(curve_color(curve, theme), theme.panel, share)


def _color(curve: ChartCurve, theme: Theme, faintest: float) -> QColor:
    if curve.kind is CurveKind.TRAIN_LOSS:
        return theme.error
    if curve.kind is CurveKind.TRAIN_ACCURACY:
        return theme.secondary
    if curve.kind is CurveKind.TEST:
        return theme.text
    return blend(theme.gradient_positive, theme.panel, faintest + (1.0 - faintest) * curve.shade)
