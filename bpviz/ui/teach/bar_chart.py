"""A row of bars with numbers, large enough for the back row of a classroom."""

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.lesson_bars import Bar, BarContent

_EDGE = 14
_TITLE_MIDDLE = 12
_TOP, _BOTTOM = 56, 34
_SCALE_WIDTH = 46
_GAP_SHARE = 0.26
_WIDEST = 64
_RADIUS = 4
_NUMBER_RISE = 11
_TONES = ("error", "gradient_positive", "tertiary")


class BarChart(PlainView):
    """Shows a `BarContent` with plain items; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._content: BarContent | None = None
        self._grid = QGraphicsPathItem()
        self._paths = {tone: QGraphicsPathItem() for tone in _TONES}
        self._endless = QGraphicsPathItem()
        for item in (self._grid, *self._paths.values(), self._endless):
            self.scene().addItem(item)
        self._texts = TextPool(self.scene(), source)
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def content(self) -> BarContent | None:
        """What is shown."""
        return self._content

    def show_content(self, content: BarContent) -> None:
        """Show other bars; nothing is drawn where they are the same."""
        if content != self._content:
            self._content = content
            self._draw()

    def bar_rect(self, place: int) -> QRectF:
        """Return the bar at this place, in viewport coordinates; of no height while it is not known."""
        share = math.nan if self._content is None else self._content.bars[place].share
        room = self._bar_room(place)
        height = 0.0 if math.isnan(share) else max(min(share, 1.0) * room.height(), self._source.px(2))
        return QRectF(room.left(), room.bottom() - height, room.width(), height)

    def _plot(self) -> QRectF:
        px = self._source.px
        left = px(_EDGE) + px(_SCALE_WIDTH)
        width = max(1.0, self.room_width - left - px(_EDGE))
        return QRectF(left, px(_TOP), width, max(1.0, self.room_height - px(_TOP) - px(_BOTTOM)))

    def _bar_room(self, place: int) -> QRectF:
        count = 1 if self._content is None else max(1, len(self._content.bars))
        plot = self._plot()
        pitch = plot.width() / count
        width = min(pitch * (1.0 - _GAP_SHARE), self._source.px(_WIDEST))
        left = plot.left() + (place + 0.5) * pitch - width / 2
        return QRectF(round(left), plot.top(), max(2.0, round(width)), plot.height())

    def _draw(self) -> None:
        content = self._content
        if content is None:
            return
        theme = self._source.theme
        paths = {tone: QPainterPath() for tone in _TONES}
        endless = QPainterPath()
        for place, bar in enumerate(content.bars):
            rect = self.bar_rect(place)
            if math.isfinite(bar.share):
                radius = min(self._source.px(_RADIUS), rect.height() / 2)
                paths[bar.tone].addRoundedRect(rect, radius, radius)
            elif math.isinf(bar.share):
                endless.addRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        for tone, path in paths.items():
            self._paths[tone].setPen(Qt.PenStyle.NoPen)
            self._paths[tone].setBrush(getattr(theme, tone))
            self._paths[tone].setPath(path)
        self._endless.setPath(endless)
        self._endless.setPen(QPen(theme.error, 2.0, Qt.PenStyle.DashLine))
        self._draw_grid(content)
        self._write(content)

    def _draw_grid(self, content: BarContent) -> None:
        plot, path = self._plot(), QPainterPath()
        for share in {0.0, *(tick.value for tick in content.ticks)}:
            y = round(plot.bottom() - share * plot.height()) + 0.5
            path.moveTo(plot.left(), y)
            path.lineTo(plot.right(), y)
        self._grid.setPath(path)
        self._grid.setPen(QPen(self._source.theme.line, 1.0))

    def _write(self, content: BarContent) -> None:
        px, theme, texts, plot = self._source.px, self._source.theme, self._texts, self._plot()
        texts.begin()
        middle = px(_TITLE_MIDDLE)
        texts.write_at(content.title, FontRole.TITLE, theme.text, px(_EDGE), middle)
        texts.write_to(content.note, FontRole.BODY, theme.secondary, plot.right(), middle)
        for tick in content.ticks:
            y = plot.bottom() - tick.value * plot.height()
            texts.write_to(tick.text, FontRole.BODY, theme.secondary, plot.left() - px(8), y)
        foot = plot.bottom() + px(_BOTTOM) / 2
        texts.write_to(content.foot, FontRole.BODY, theme.secondary, plot.left() - px(8), foot)
        self._write_bars(content.bars, foot)
        texts.end()
        told = ", ".join(f"{bar.name}: {bar.text}" for bar in content.bars)
        self.setAccessibleName(f"{content.title}: {told}")

    def _write_bars(self, bars: tuple[Bar, ...], foot: float) -> None:
        """Write names and numbers; where they are too close, the last ones are those that stay."""
        px, theme, texts = self._source.px, self._source.theme, self._texts
        role = self._number_role(bars)
        free_name = free_number = math.inf
        for place in reversed(range(len(bars))):
            bar, rect = bars[place], self.bar_rect(place)
            center, half = rect.center().x(), texts.metrics(role).width(bar.text) / 2
            if center + half <= free_number:
                y = rect.top() - px(_NUMBER_RISE)
                texts.write_around(bar.text, role, getattr(theme, bar.text_tone), center, y)
                free_number = center - half - px(3)
            half = texts.metrics(FontRole.VALUE).width(bar.name) / 2
            if center + half <= free_name:
                texts.write_around(bar.name, FontRole.VALUE, theme.text, center, foot)
                free_name = center - half - px(3)

    def _number_role(self, bars: tuple[Bar, ...]) -> FontRole:
        """Return the larger of two sizes if all numbers fit beside each other."""
        pitch = self._plot().width() / max(1, len(bars)) - self._source.px(4)
        widest = max((self._texts.metrics(FontRole.NUMBER).width(bar.text) for bar in bars), default=0.0)
        return FontRole.NUMBER if widest <= pitch else FontRole.VALUE
