"""Large bars for three ways to a gradient, with their numbers."""

import math

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QWidget

from bpviz.ui.path_pool import PathPool
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import Theme
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.gradient_ways import Way
from bpviz.viewmodel.lessons.way_bars import WayBar, WayBars

_EDGE, _FOOT, _ROW_GAP = 8, 46, 14
_HIGHEST, _RADIUS = 30, 4
_NUMBER_GAP = 12


def way_color(way: Way, theme: Theme) -> QColor:
    """Return the colour of a way: the backward pass has that of gradients, the others are grey."""
    return {
        Way.REVERSE: theme.gradient_positive,
        Way.FORWARD: theme.secondary,
        Way.DIFFERENCES: theme.tertiary,
    }[way]


class WayBarsView(PlainView):
    """Shows a `WayBars` with plain items; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._content: WayBars | None = None
        self._paths = PathPool(self.scene())
        self._texts = TextPool(self.scene(), source, z=1.0)
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def content(self) -> WayBars | None:
        """What is shown."""
        return self._content

    def show_content(self, content: WayBars) -> None:
        """Show other bars; nothing is drawn where they are the same."""
        if content != self._content:
            self._content = content
            self._draw()

    def row_rect(self, way: Way) -> QRect | None:
        """Return where a way's row lies, None where it is not shown."""
        if self._content is None:
            return None
        ways = [bar.way for bar in self._content.bars]
        return self._row(ways.index(way)).toAlignedRect() if way in ways else None

    def bar_rect(self, way: Way) -> QRectF:
        """Return a way's bar; of no width while it is not known."""
        content = self._content
        if content is None:
            return QRectF()
        place, bar = next((i, bar) for i, bar in enumerate(content.bars) if bar.way is way)
        row, px = self._row(place), self._source.px
        height = min(px(_HIGHEST), 0.36 * row.height())
        width = 0.0 if math.isnan(bar.share) else max(bar.share * row.width(), px(2))
        return QRectF(row.left(), row.bottom() - height - px(_ROW_GAP), width, height)

    def _bar_rects(self, content: WayBars) -> list[QRectF]:
        return [self.bar_rect(bar.way) for bar in content.bars]

    def _row(self, place: int) -> QRectF:
        px, count = self._source.px, 1 if self._content is None else len(self._content.bars)
        height = (self.room_height - px(_FOOT)) / max(count, 1)
        return QRectF(px(_EDGE), place * height, self.room_width - 2 * px(_EDGE), height)

    def _draw(self) -> None:
        content = self._content
        if content is None:
            return
        self._paths.begin()
        self._texts.begin()
        self._draw_scale(content)
        for bar in content.bars:
            self._draw_bar(bar)
        self._texts.end()
        self._paths.end()
        self.setAccessibleName(", ".join(f"{bar.name}: {bar.number}" for bar in content.bars))

    def _draw_scale(self, content: WayBars) -> None:
        px, theme, room = self._source.px, self._source.theme, self._row(0)
        bottom = self.room_height - px(_FOOT)
        spans = [(rect.top() - px(5), rect.bottom() + px(5)) for rect in self._bar_rects(content)]
        path = QPainterPath()
        for tick in content.ticks:
            x = round(room.left() + tick.value * room.width()) + 0.5
            for top, end in (*spans, (bottom - px(5), bottom)):
                path.moveTo(x, top)
                path.lineTo(x, end)
            self._texts.write_around(tick.text, FontRole.BODY, theme.secondary, x, bottom + px(11))
        self._paths.stroke(path, theme.strong_line, 1.0)
        middle = bottom + px(32)
        self._texts.write_at(content.scale, FontRole.BODY, theme.secondary, room.left(), middle)
        self._texts.write_to(content.time_note, FontRole.BODY, theme.secondary, room.right(), middle)

    def _draw_bar(self, bar: WayBar) -> None:
        px, theme, rect = self._source.px, self._source.theme, self.bar_rect(bar.way)
        room = self._row(0)
        if rect.width() > 0.0:
            path = QPainterPath()
            path.addRoundedRect(rect, px(_RADIUS), px(_RADIUS))
            self._paths.fill(path, way_color(bar.way, theme))
        else:
            path = QPainterPath()
            path.addRect(QRectF(rect.left() + 0.5, rect.top() + 0.5, room.width() - 1, rect.height() - 1))
            self._paths.stroke(path, theme.strong_line, 1.0, Qt.PenStyle.DashLine)
        middle = rect.top() - px(20)
        is_strong = bar.way is Way.REVERSE
        name_end = self._texts.write_at(bar.name, FontRole.TITLE, theme.text, room.left(), middle)
        self._texts.write_at(bar.note, FontRole.BODY, theme.secondary, name_end + px(_NUMBER_GAP), middle)
        color = theme.gradient_positive_text if is_strong else theme.text
        self._texts.write_to(bar.number, FontRole.BIG_NUMBER, color, room.right(), middle)
