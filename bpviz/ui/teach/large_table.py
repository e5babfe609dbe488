"""The outputs of a network drawn for a class as a table, and its loss."""

import math

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from bpviz.ui.network.network_items import NO_PEN
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.large_layout import COLUMN_WIDTHS, LargeLayout
from bpviz.viewmodel.lessons.large_network import HEADINGS, Cell, LargePicture, cells, loss_text
from bpviz.viewmodel.network.parts import NeuronPart, WeightPart

_NUMBER_ROOM = 62
_BAR = 32
_BAR_HEIGHT = 9
_ROW_RADIUS = 7


class LargeTable:
    """A row for each output, a column for each number told of it."""

    def __init__(self, scene: QGraphicsScene, source: ThemeSource) -> None:
        self._source = source
        self._row, self._bars, self._axis = (QGraphicsPathItem() for _ in range(3))
        for item, depth in ((self._row, -1.0), (self._bars, 3.0), (self._axis, 3.5)):
            item.setZValue(depth)
            item.setPen(NO_PEN)
            scene.addItem(item)
        self._loss_rect: QRectF | None = None

    def part_rect(self, part: str, places: LargeLayout) -> QRectF | None:
        """Return where a column, all of the table or the loss stands."""
        top = 2.0
        bottom = places.row_y[-1] + places.pitch / 2
        left = places.disc_x - places.disc_radius
        if part == "loss":
            return self._loss_rect
        if part == "outputs":
            return QRectF(left, top, places.right - left, bottom - top)
        column = {"targets": "target", "errors": "error", "deltas": "delta"}.get(part, part)
        if column not in places.column_right:
            return None
        right = places.column_right[column] + 8 * places.factor
        width = COLUMN_WIDTHS[column] * places.factor
        return QRectF(right - width, top, width, bottom - top)

    def show(self, picture: LargePicture, places: LargeLayout, texts: TextPool) -> None:
        """Write all of it."""
        meant = _meant_row(picture)
        self._show_row(meant, places)
        self._write_names(meant, places, texts)
        bars = QPainterPath()
        for column in picture.columns:
            self._write_column(picture, column, meant, places, texts)
            if column == "error":
                self._add_bars(bars, cells(picture, column), places)
        self._bars.setPath(bars)
        self._bars.setBrush(QBrush(self._source.theme.error))
        self._axis.setPath(self._axis_path(places) if not bars.isEmpty() else QPainterPath())
        self._axis.setBrush(QBrush(self._source.theme.tertiary))
        self._write_loss(picture, places, texts)

    def _show_row(self, meant: int | None, places: LargeLayout) -> None:
        path = QPainterPath()
        if meant is not None:
            u, half = places.factor, 0.46 * places.pitch
            left = places.name_x - 7 * u
            y = places.row_y[meant]
            area = QRectF(left, y - half, places.right - left, 2 * half)
            path.addRoundedRect(area, _ROW_RADIUS * u, _ROW_RADIUS * u)
        self._row.setPath(path)
        self._row.setBrush(QBrush(self._source.theme.control_hover))

    def _write_names(self, meant: int | None, places: LargeLayout, texts: TextPool) -> None:
        theme = self._source.theme
        for k, y in enumerate(places.row_y):
            color = theme.text if meant in (None, k) else theme.secondary
            texts.write_at(str(k), FontRole.NUMBER, color, places.name_x, y)

    def _write_column(
        self, picture: LargePicture, column: str, meant: int | None, places: LargeLayout, texts: TextPool
    ) -> None:
        theme, right = self._source.theme, places.column_right[column]
        texts.write_to(HEADINGS[column], FontRole.BODY, theme.secondary, right, places.head_y)
        for k, (cell, y) in enumerate(zip(cells(picture, column), places.row_y, strict=True)):
            color = getattr(theme, cell.tone)
            if meant not in (None, k):
                color = blend(color, theme.stage, 0.62)
            texts.write_to(cell.text, FontRole.NUMBER, color, right, y)

    def _add_bars(self, path: QPainterPath, column: tuple[Cell, ...], places: LargeLayout) -> None:
        u, axis = places.factor, self._axis_x(places)
        for cell, y in zip(column, places.row_y, strict=True):
            if not math.isfinite(cell.bar):
                continue
            length = max(min(cell.bar, 1.0), -1.0) * _BAR * u
            path.addRect(min(axis, axis + length), y - _BAR_HEIGHT * u / 2, abs(length), _BAR_HEIGHT * u)

    def _axis_x(self, places: LargeLayout) -> float:
        return places.column_right["error"] - (_NUMBER_ROOM + _BAR) * places.factor

    def _axis_path(self, places: LargeLayout) -> QPainterPath:
        path = QPainterPath()
        half = 0.3 * places.pitch
        for y in places.row_y:
            path.addRect(self._axis_x(places) - 0.5, y - half, 1.0, 2 * half)
        return path

    def _write_loss(self, picture: LargePicture, places: LargeLayout, texts: TextPool) -> None:
        self._loss_rect = None
        text = loss_text(picture)
        if not picture.shows_loss or not text:
            return
        theme, u, y = self._source.theme, places.factor, places.foot_y
        right = places.right - 8 * u
        left = texts.write_to(text, FontRole.BIG_NUMBER, theme.error_text, right, y)
        left = texts.write_to("Loss", FontRole.TITLE, theme.text, left - 12 * u, y)
        self._loss_rect = QRectF(left - 6 * u, y - 20 * u, right - left + 14 * u, 40 * u)


def _meant_row(picture: LargePicture) -> int | None:
    last = len(picture.state.sample.a) - 1
    match picture.selected:
        case NeuronPart(layer=layer, index=index) if layer == last:
            return index
        case WeightPart(layer=layer, target=target) if layer == last:
            return target
    return None
