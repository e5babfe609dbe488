"""The legend of a chart: a line sample, a name and the value of every curve, in as few rows as needed."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPen
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsScene, QGraphicsSimpleTextItem

from bpviz.ui.chart_style import DASHES, LINE_WIDTH, TEST_WIDTH, curve_color, name_color
from bpviz.ui.fonts import FontRole
from bpviz.ui.text_pool import TextPool
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.chart_content import ChartCurve, CurveKind

_SAMPLE = 18
_SHORT_SAMPLE = 10
_GAP = 5
_CROWDED_GAP = 4
_BETWEEN = 14
_CROWDED_BETWEEN = 8
_ROW = 20
_CROWDED_ROW = 17
_CROWDED = 3
"""From this many curves on the legend is set tighter, in columns."""
_MOST_SAMPLES = 6
"""With more curves than this, names in the curves' colours take the place of line samples."""
_USUAL_VALUE = "0.00"


@dataclass(frozen=True, slots=True)
class _Style:
    """Fonts and widths of the present scale and number of curves."""

    name_font: QFont
    value_font: QFont
    sample: float
    gap: float
    between: float
    row: float


class ChartLegend:
    """Lays entries out in rows of a scene. Owns its items; GUI thread only."""

    def __init__(self, scene: QGraphicsScene, source: ThemeSource) -> None:
        self._scene = scene
        self._source = source
        self._texts = TextPool(scene)
        self._samples: list[QGraphicsLineItem] = []

    def height(self, curves: tuple[ChartCurve, ...], width: float) -> float:
        """Return the height of the rows the curves need in a width."""
        style = self._style(len(curves))
        values = tuple(curve.value_text for curve in curves)
        places = self._places(curves, values, width, style)
        return (places[-1][1] + 1) * style.row if places else 0.0

    def show(self, curves: tuple[ChartCurve, ...], values: tuple[str, ...], place: QRectF) -> None:
        """Draw the entries with these values, from the top left corner of a place."""
        style = self._style(len(curves))
        places = self._places(curves, values, place.width(), style)
        self._texts.begin()
        for index, (curve, value) in enumerate(zip(curves, values, strict=True)):
            x, row = places[index]
            x, y = place.left() + x, place.top() + (row + 0.5) * style.row
            self._show_sample(index, curve, QPointF(x, round(y) + 0.5), style)
            theme = self._source.theme
            color = theme.secondary if style.sample else name_color(curve, theme)
            name = self._texts.put(curve.name, style.name_font, color)
            number = self._texts.put(value, style.value_font, theme.text)
            name_x = x + (style.sample + style.gap if style.sample else 0.0)
            _place(name, name_x, y, style.name_font)
            _place(number, name_x + name.boundingRect().width() + style.gap, y, style.name_font)
        self._texts.end()
        for sample in self._samples[len(curves) :]:
            sample.setVisible(False)

    def _style(self, n_curves: int) -> _Style:
        source, is_roomy = self._source, n_curves < _CROWDED
        sample = _SAMPLE if is_roomy else _SHORT_SAMPLE
        return _Style(
            name_font=source.font(FontRole.BODY if is_roomy else FontRole.VALUE),
            value_font=source.font(FontRole.TITLE if is_roomy else FontRole.BODY),
            sample=source.px(sample) if n_curves <= _MOST_SAMPLES else 0,
            gap=source.px(_GAP if is_roomy else _CROWDED_GAP),
            between=source.px(_BETWEEN if is_roomy else _CROWDED_BETWEEN),
            row=source.px(_ROW if is_roomy else _CROWDED_ROW),
        )

    def _places(
        self, curves: tuple[ChartCurve, ...], values: tuple[str, ...], width: float, style: _Style
    ) -> list[tuple[float, int]]:
        """Return x and row of every entry; many stand in columns, so that they do not push each other."""
        names, numbers = QFontMetricsF(style.name_font), QFontMetricsF(style.value_font)
        around = style.gap + style.between + (style.sample + style.gap if style.sample else 0.0)
        name_widths = [names.horizontalAdvance(curve.name) for curve in curves]
        value_widths = [numbers.horizontalAdvance(value) for value in values]
        if len(curves) < _CROWDED:
            first = around + name_widths[0] + value_widths[0] if curves else 0.0
            return [(index * first, 0) for index in range(len(curves))]
        widest = max(numbers.horizontalAdvance(_USUAL_VALUE), *value_widths) + max(name_widths)
        n_columns = max(1, int((width + style.between) // (around + widest)))
        pitch = (width + style.between) / n_columns
        return [(index % n_columns * pitch, index // n_columns) for index in range(len(curves))]

    def _show_sample(self, index: int, curve: ChartCurve, at: QPointF, style: _Style) -> None:
        if index == len(self._samples):
            self._samples.append(QGraphicsLineItem())
            self._scene.addItem(self._samples[index])
        is_test = curve.kind is CurveKind.TEST
        width = (TEST_WIDTH if is_test else LINE_WIDTH) * self._source.factor
        pen = QPen(curve_color(curve, self._source.theme), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if is_test:
            pen.setDashPattern(DASHES)
        sample = self._samples[index]
        sample.setPen(pen)
        sample.setLine(at.x(), at.y(), at.x() + style.sample, at.y())
        sample.setVisible(style.sample > 0)


def _place(item: QGraphicsSimpleTextItem, x: float, y: float, name_font: QFont) -> None:
    """Put a text so that all of a row share one baseline, that of the name's font."""
    baseline = y + QFontMetricsF(name_font).capHeight() / 2
    item.setPos(round(x), round(baseline - QFontMetricsF(item.font()).ascent()))
