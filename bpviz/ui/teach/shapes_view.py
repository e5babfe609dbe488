"""Products of matrices as rectangles with their real sizes: what is carried, what it goes through."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QWidget

from bpviz.ui.path_pool import PathPool
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.way_bars_view import way_color
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.gradient_ways import Way
from bpviz.viewmodel.lessons.product_shapes import ProductShape, size_text
from bpviz.viewmodel.words.number_format import grouped

_EDGE, _HEAD, _LABEL, _NUMBER, _FOOT = 8, 40, 28, 34, 26
_SMALLEST, _RADIUS, _RULE_AT = 7, 3, 22
_NARROWEST, _WIDEST = 44, 96
SCALE_NOTE = "Sides are logarithmic: ten times as many rows or columns, the same length more"


@dataclass(frozen=True, slots=True)
class _Matrix:
    rows: int
    columns: int
    color: QColor


class ShapesView(PlainView):
    """Shows `ProductShape`s beside each other; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._content: tuple[ProductShape, ...] = ()
        self._paths = PathPool(self.scene())
        self._texts = TextPool(self.scene(), source, z=1.0)
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def content(self) -> tuple[ProductShape, ...]:
        """What is shown."""
        return self._content

    def show_content(self, content: tuple[ProductShape, ...]) -> None:
        """Show other products."""
        if content != self._content:
            self._content = content
            self._draw()

    def half_rect(self, way: Way) -> QRect | None:
        """Return where a way's product lies; None where it is not shown."""
        ways = [shape.way for shape in self._content]
        return self._half(ways.index(way)).toAlignedRect() if way in ways else None

    def side(self, count: int) -> float:
        """Return the length of a side of so many numbers, in px."""
        most = max((max(s.rows, s.inner, s.columns) for s in self._content), default=10)
        smallest = self._source.px(_SMALLEST)
        room = self.room_height - self._source.px(_HEAD + _LABEL + _NUMBER + _FOOT)
        return smallest + (room - smallest) * math.log10(count) / math.log10(max(most, 10))

    def _half(self, place: int) -> QRectF:
        width = self.room_width / max(len(self._content), 1)
        return QRectF(place * width, 0.0, width, self.room_height - self._source.px(_FOOT))

    def _draw(self) -> None:
        self._paths.begin()
        self._texts.begin()
        for place, shape in enumerate(self._content):
            self._draw_product(shape, self._half(place))
        if self._content:
            px, theme = self._source.px, self._source.theme
            middle = self.room_height - px(_FOOT) / 2
            self._texts.write_at(SCALE_NOTE, FontRole.BODY, theme.secondary, px(_EDGE), middle)
            x = round(self.room_width / 2 - px(_RULE_AT)) + 0.5
            rule = QPainterPath(QPointF(x, 0.0))
            rule.lineTo(x, self.room_height - px(_FOOT))
            self._paths.stroke(rule, theme.line, 1.0)
        self._texts.end()
        self._paths.end()

    def _draw_product(self, shape: ProductShape, half: QRectF) -> None:
        px, theme = self._source.px, self._source.theme
        left = half.left() + px(_EDGE)
        end = self._texts.write_at(shape.name, FontRole.TITLE, theme.text, left, px(14))
        self._texts.write_at(shape.told, FontRole.BODY, theme.secondary, end + px(10), px(14))
        color = way_color(shape.way, theme)
        carried = _Matrix(shape.rows, shape.inner, color)
        weights = _Matrix(shape.inner, shape.columns, theme.weight_positive)
        result = _Matrix(shape.rows, shape.columns, color)
        middle = half.top() + px(_HEAD) + (half.height() - px(_HEAD + _LABEL + _NUMBER)) / 2
        label = half.bottom() - px(_NUMBER) - px(_LABEL) / 2
        row = ((carried, "", "·"), (weights, "weights ", "="), (result, "", ""))
        gap = self._gap([self._room_of(matrix, words) for matrix, words, _ in row], half)
        x = left
        for matrix, words, sign in row:
            x = self._draw_matrix(matrix, words, x, middle, label)
            self._texts.write_around(sign, FontRole.BIG_NUMBER, theme.secondary, x + gap / 2, middle)
            x += gap
        bright = theme.gradient_positive_text if shape.way is Way.REVERSE else theme.text
        middle = half.bottom() - px(_NUMBER) / 2
        end = self._texts.write_at(grouped(shape.multiplications), FontRole.BIG_NUMBER, bright, left, middle)
        self._texts.write_at("multiplications", FontRole.BODY, theme.secondary, end + px(8), middle + px(3))

    def _draw_matrix(self, matrix: _Matrix, words: str, left: float, middle: float, label: float) -> float:
        """Draw a matrix and its size; return where it ends."""
        px, theme = self._source.px, self._source.theme
        width, height = self.side(matrix.columns), self.side(matrix.rows)
        room = self._room_of(matrix, words)
        rect = QRectF(left + (room - width) / 2, middle - height / 2, width, height)
        path = QPainterPath()
        path.addRoundedRect(rect, px(_RADIUS), px(_RADIUS))
        self._paths.fill(path, blend(matrix.color, theme.stage, 0.55))
        self._paths.stroke(path, matrix.color, 1.5)
        size = words + size_text(matrix.rows, matrix.columns)
        self._texts.write_around(size, FontRole.LABEL, theme.text, rect.center().x(), label)
        return left + room

    def _room_of(self, matrix: _Matrix, words: str) -> float:
        size = words + size_text(matrix.rows, matrix.columns)
        return max(self.side(matrix.columns), self._texts.metrics(FontRole.LABEL).width(size))

    def _gap(self, rooms: list[float], half: QRectF) -> float:
        """Return the distance between matrices that fills the room they have, within bounds."""
        px = self._source.px
        free = half.width() - px(_EDGE) - 2 * px(_RULE_AT) - sum(rooms)
        return min(max(free / 2, px(_NARROWEST)), px(_WIDEST))
