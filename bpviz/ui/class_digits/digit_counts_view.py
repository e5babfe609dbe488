"""How many digits there are of each label: ten bars with their numbers; a click asks for that digit."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QSizePolicy, QWidget

from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.words.number_format import grouped

N_BARS = 10
LEAST_FULL = 5
"""A bar is full at the largest count, and never before this one: a single digit is not a full bar."""

_HEIGHT = 96
_COUNT_MIDDLE, _DIGIT_MIDDLE = 9, 85
_BAR_TOP, _BAR_BOTTOM = 22, 72
_GAP, _RADIUS = 8, 4


class DigitCountsView(PlainView):
    """Shows ten counts and which digit is asked for.

    Signals
    -------
    digit_clicked
        The column of this digit was clicked.
    """

    digit_clicked = Signal(int)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._counts: tuple[int, ...] = (0,) * N_BARS
        self._asked = 0
        self._grounds, self._bars, self._asked_bar = (QGraphicsPathItem() for _ in range(3))
        for item in (self._grounds, self._bars, self._asked_bar):
            item.setPen(Qt.PenStyle.NoPen)
            self.scene().addItem(item)
        self._texts = TextPool(self.scene(), source)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_theme_changed)
        self.resized.connect(self._draw)
        self._on_theme_changed()

    @property
    def counts(self) -> tuple[int, ...]:
        """The numbers shown."""
        return self._counts

    def show_counts(self, counts: Sequence[int], asked: int) -> None:
        """Show how many there are of each digit, and mark the one asked for."""
        self._counts, self._asked = tuple(counts), asked
        self._draw()

    def column(self, digit: int) -> QRectF:
        """Return the column of a digit, in viewport coordinates."""
        width = self.room_width / N_BARS
        return QRectF(digit * width, 0.0, width, self.room_height)

    def bar(self, digit: int) -> QRectF:
        """Return the filled part of a digit's bar; of no height where there is none."""
        ground = self._ground(digit)
        share = self._counts[digit] / max(LEAST_FULL, *self._counts)
        return QRectF(ground).adjusted(0.0, (1.0 - share) * ground.height(), 0.0, 0.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.digit_clicked.emit(self._digit_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        digit = self._digit_at(event.position())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        count = self._counts[digit]
        digits = "digit" if count == 1 else "digits"
        self.viewport().setToolTip(f"{grouped(count)} {digits} labelled {digit}; click to ask for one now")

    def _ground(self, digit: int) -> QRectF:
        px, column = self._source.px, self.column(digit)
        gap = px(_GAP) / 2
        height = px(_BAR_BOTTOM) - px(_BAR_TOP)
        return QRectF(column.left() + gap, px(_BAR_TOP), column.width() - 2 * gap, height)

    def _draw(self) -> None:
        paths = {item: QPainterPath() for item in (self._grounds, self._bars, self._asked_bar)}
        self._texts.begin()
        for digit in range(N_BARS):
            _add(paths[self._grounds], self._ground(digit), self._source.px(_RADIUS))
            item = self._asked_bar if digit == self._asked else self._bars
            _add(paths[item], self.bar(digit), self._source.px(_RADIUS))
            self._write(digit)
        self._texts.end()
        for item, path in paths.items():
            item.setPath(path)
        told = ", ".join(f"{count} of {digit}" for digit, count in enumerate(self._counts))
        self.setAccessibleName(f"Digits collected: {told}")

    def _write(self, digit: int) -> None:
        theme, px = self._source.theme, self._source.px
        center, is_asked = self.column(digit).center().x(), digit == self._asked
        tone: QColor = theme.text if is_asked else theme.secondary
        count = grouped(self._counts[digit])
        self._texts.write_around(count, FontRole.HEADING, tone, center, px(_COUNT_MIDDLE))
        self._texts.write_around(str(digit), FontRole.NUMBER, tone, center, px(_DIGIT_MIDDLE))

    def _on_theme_changed(self) -> None:
        theme = self._source.theme
        self.setFixedHeight(self._source.px(_HEIGHT))
        for item, color in (
            (self._grounds, theme.inset),
            (self._bars, theme.tertiary),
            (self._asked_bar, theme.ink),
        ):
            item.setBrush(color)
        self._draw()

    def _digit_at(self, at: QPointF) -> int:
        return min(max(int(at.x() * N_BARS / max(self.room_width, 1.0)), 0), N_BARS - 1)


def _add(path: QPainterPath, rect: QRectF, radius: float) -> None:
    if rect.height() > 0:
        radius = min(radius, rect.height() / 2)
        path.addRoundedRect(rect, radius, radius)
