"""The legend of a chart: a line sample, a name and the value of every curve, in as few rows as needed."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsScene

from bpviz.ui.charts.chart_style import ChartInk
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.run.chart_lines import ChartCurve, CurveKind

_SAMPLE = 18
_SHORT_SAMPLE = 10
_BRANCH_SAMPLE = 22
"""Long enough to show the line styles of branches whole."""
_GAP = 5
_CROWDED_GAP = 4
_BETWEEN = 14
_CROWDED_BETWEEN = 8
_ROW = 20
_CROWDED_ROW = 17
_CROWDED = 3
"""From this many layers on their entries are set tighter, in columns."""
_MOST_SAMPLES = 6
"""With more curves than this, names in the curves' colours take the place of line samples."""
_USUAL_VALUE = "0.00"
_MOST_NAME = 150


@dataclass(frozen=True, slots=True)
class _Style:
    """Fonts and widths of a group of entries at the present scale."""

    name_role: FontRole
    value_role: FontRole
    sample: float
    gap: float
    between: float
    row: float


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where one entry stands: left end, and the middle of its row below the legend's top."""

    x: float
    y: float
    name: str
    style: _Style


class ChartLegend:
    """Lays entries out in rows of a scene. Owns its items; GUI thread only."""

    def __init__(self, scene: QGraphicsScene, source: ThemeSource, ink: ChartInk) -> None:
        self._scene = scene
        self._source = source
        self._ink = ink
        self._texts = TextPool(scene, source)
        self._samples: list[_Sample] = []

    def height(self, curves: tuple[ChartCurve, ...], width: float) -> float:
        """Return the height of the rows the curves need in a width."""
        entries = self._entries(curves, tuple(curve.value_text for curve in curves), width)
        return entries[-1].y + entries[-1].style.row / 2 if entries else 0.0

    def show(self, curves: tuple[ChartCurve, ...], values: tuple[str, ...], place: QRectF) -> None:
        """Draw the entries with these values, from the top left corner of a place."""
        entries = self._entries(curves, values, place.width())
        left, top = place.left(), place.top()
        theme = self._source.theme
        self._texts.begin()
        for index, (curve, value, entry) in enumerate(zip(curves, values, entries, strict=True)):
            style, x, y = entry.style, left + entry.x, top + entry.y
            self._show_sample(index, curve, (x, round(y) + 0.5, style.sample))
            x += style.sample + style.gap if style.sample else 0.0
            names, numbers = self._texts.metrics(style.name_role), self._texts.metrics(style.value_role)
            # All of a row share one baseline, that of the name's font.
            baseline = y + names.cap_height / 2
            if entry.name:
                color = self._name_color(index, curve, has_sample=style.sample > 0, n_curves=len(curves))
                x = self._texts.write(entry.name, style.name_role, color, x, baseline - names.ascent)
                x += style.gap
            self._texts.write(value, style.value_role, theme.text, x, baseline - numbers.ascent)
        self._texts.end()
        for sample in self._samples[len(curves) :]:
            sample.hide()

    def _name_color(self, index: int, curve: ChartCurve, *, has_sample: bool, n_curves: int) -> QColor:
        if not has_sample:
            return self._ink.name_color(curve)
        is_current = index == 0 and n_curves > _CROWDED - 1 and curve.kind is not CurveKind.GRADIENT_NORM
        return self._source.theme.text if is_current else self._source.theme.secondary

    def _entries(self, curves: tuple[ChartCurve, ...], values: tuple[str, ...], width: float) -> list[_Entry]:
        n_own = sum(not curve.is_aside for curve in curves)
        if n_own >= _CROWDED or not curves:
            return self._in_columns(curves, values, width, self._style(n_own), top=0.0) if curves else []
        has_branches = n_own < len(curves)
        style = self._style(n_own, has_branches=has_branches)
        if not has_branches:
            return self._in_a_row_that_fits(curves, values, width, style)
        if not self._fits(curves[:n_own], values[:n_own], width, style):
            # A long name of a branch has the first row to itself.
            n_own = 1
        entries = self._in_a_row(curves[:n_own], values[:n_own], width, style)
        return entries + self._in_columns(curves[n_own:], values[n_own:], width, style, top=style.row)

    def _in_a_row_that_fits(
        self, curves: tuple[ChartCurve, ...], values: tuple[str, ...], width: float, style: _Style
    ) -> list[_Entry]:
        """Return the entries side by side: if need be set tighter, then without the first one's name."""
        px = self._source.px
        tight = replace(style, value_role=FontRole.VALUE, between=px(_CROWDED_BETWEEN))
        choices = (style, tight, replace(tight, sample=px(_SHORT_SAMPLE), gap=px(_CROWDED_GAP)))
        for choice in choices:
            if self._fits(curves, values, width, choice):
                return self._in_a_row(curves, values, width, choice)
        # What its line looks like still tells the first curve from the others.
        return self._in_a_row((replace(curves[0], name=""), *curves[1:]), values, width, choices[-1])

    def _style(self, n_curves: int, *, has_branches: bool = False) -> _Style:
        px, is_roomy = self._source.px, n_curves < _CROWDED
        sample = _BRANCH_SAMPLE if has_branches else _SAMPLE if is_roomy else _SHORT_SAMPLE
        is_wide = is_roomy and not has_branches
        return _Style(
            name_role=FontRole.BODY if is_roomy else FontRole.VALUE,
            value_role=FontRole.TITLE if is_wide else FontRole.VALUE if has_branches else FontRole.BODY,
            sample=px(sample) if n_curves <= _MOST_SAMPLES else 0,
            gap=px(_GAP if is_roomy else _CROWDED_GAP),
            between=px(_BETWEEN if is_wide else _CROWDED_BETWEEN),
            row=px(_ROW if is_wide else _CROWDED_ROW),
        )

    def _fits(
        self, curves: tuple[ChartCurve, ...], values: tuple[str, ...], width: float, style: _Style
    ) -> bool:
        return sum(self._widths(curves, values, style)) + style.between * (len(curves) - 1) <= width

    def _widths(self, curves: tuple[ChartCurve, ...], values: tuple[str, ...], style: _Style) -> list[float]:
        """Return how wide each entry is with its whole name."""
        names, numbers = self._texts.metrics(style.name_role), self._texts.metrics(style.value_role)
        around = style.sample + 2 * style.gap
        return [
            around + names.width(curve.name) + numbers.width(value)
            for curve, value in zip(curves, values, strict=True)
        ]

    def _in_a_row(
        self, curves: tuple[ChartCurve, ...], values: tuple[str, ...], width: float, style: _Style
    ) -> list[_Entry]:
        """Return the entries side by side; a single one's name is cut if it is too long."""
        names = self._texts.metrics(style.name_role)
        entries, x = [], 0.0
        for curve, own in zip(curves, self._widths(curves, values, style), strict=True):
            room = width - own + names.width(curve.name) if len(curves) == 1 else width
            entries.append(_Entry(x, style.row / 2, names.elided(curve.name, room), style))
            x += own + style.between
        return entries

    def _in_columns(
        self,
        curves: tuple[ChartCurve, ...],
        values: tuple[str, ...],
        width: float,
        style: _Style,
        *,
        top: float,
    ) -> list[_Entry]:
        """Return the entries in columns, so that changing numbers do not push each other."""
        names, numbers = self._texts.metrics(style.name_role), self._texts.metrics(style.value_role)
        widest_value = max(numbers.width(_USUAL_VALUE), *(numbers.width(value) for value in values))
        around = style.gap + style.between + (style.sample + style.gap if style.sample else 0.0)
        room = min(self._source.px(_MOST_NAME), width + style.between - around - widest_value)
        shown = [names.elided(curve.name, room) if curve.name else "" for curve in curves]
        widest_name = max(names.width(name) for name in shown)
        n_columns = max(1, int((width + style.between) // (around + widest_value + widest_name)))
        pitch = (width + style.between) / n_columns
        return [
            _Entry(index % n_columns * pitch, top + (index // n_columns + 0.5) * style.row, name, style)
            for index, name in enumerate(shown)
        ]

    def _show_sample(self, index: int, curve: ChartCurve, place: tuple[float, float, float]) -> None:
        if index == len(self._samples):
            self._samples.append(_Sample(self._scene))
        if place[2] > 0:
            self._samples[index].show(self._ink.sample(curve), place)
        else:
            self._samples[index].hide()


class _Sample:
    """A piece of a curve's line, and what it shows, remembered here: asking Qt costs a call."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._item = QGraphicsLineItem()
        scene.addItem(self._item)
        self._pen: QPen | None = None
        self._place: tuple[float, float, float] | None = None
        self._is_visible = True

    def show(self, pen: QPen, place: tuple[float, float, float]) -> None:
        """Draw a line from x on, at height y, of a length."""
        if pen is not self._pen:
            self._pen = pen
            self._item.setPen(pen)
        if place != self._place:
            self._place = place
            x, y, length = place
            self._item.setLine(x, y, x + length, y)
        if not self._is_visible:
            self._is_visible = True
            self._item.setVisible(True)

    def hide(self) -> None:
        """Draw nothing."""
        if self._is_visible:
            self._is_visible = False
            self._item.setVisible(False)
