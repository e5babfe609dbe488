"""One answer to a lesson's question: a wide button with its letter, and the hands a class shows for it."""

from enum import Enum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bpviz.ui.controls.painting import fill_rounded, focus_ring, outline_rounded, shows_focus, smooth
from bpviz.ui.style.fonts import SANS, FontRole, make_font
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource

_HEIGHT, _RADIUS, _PADDING = 46.0, 7.0, 12.0
_DISC, _HANDS_WIDTH = 26.0, 74.0
_TEXT_PX = (21, 18, 16, 14)


class ChoiceLook(Enum):
    """What a choice is at the moment."""

    OPEN = "open"
    CHOSEN = "chosen"
    RIGHT = "right"
    """Right, and chosen or not asked for."""
    WRONG = "wrong"
    """Chosen, and not right."""
    PASSED = "passed"
    """Neither chosen nor right, once the answer is known."""


class ChoiceButton(QAbstractButton):
    """Painted when it changes only.

    Signals
    -------
    hands_changed
        A click on − or +, or the wheel, asks for this many hands.
    """

    hands_changed = Signal(int)

    def __init__(self, source: ThemeSource, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._letter = letter
        self._look = ChoiceLook.OPEN
        self._hands: int | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def look(self) -> ChoiceLook:
        """What it is shown as."""
        return self._look

    @property
    def hands(self) -> int | None:
        """The hands it shows; None while nobody counts."""
        return self._hands

    def show_choice(self, text: str, look: ChoiceLook, hands: int | None = None) -> None:
        """Show the answer's text, what has become of it, and the hands shown for it, if they are counted."""
        self._look, self._hands = look, hands
        self.setText(text)
        said = {ChoiceLook.RIGHT: ", right", ChoiceLook.WRONG: ", wrong", ChoiceLook.CHOSEN: ", chosen"}
        self.setAccessibleName(f"{self._letter}: {text}{said.get(look, '')}")
        self.update()

    def sizeHint(self) -> QSize:
        px = self._source.px
        font = make_font(SANS, px(_TEXT_PX[0]), QFont.Weight.Medium)
        return QSize(
            round(QFontMetricsF(font).horizontalAdvance(self.text())) + px(_DISC + 3 * _PADDING), px(_HEIGHT)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(self._source.px(120), self._source.px(_HEIGHT))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = self._hands_step(event.position())
        if step and self._hands is not None:
            self.hands_changed.emit(self._hands + step)
        else:
            super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._hands is not None and event.angleDelta().y():
            self.hands_changed.emit(self._hands + (1 if event.angleDelta().y() > 0 else -1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, radius = self._source.theme, self._source.px(_RADIUS)
        is_filled = self._look is ChoiceLook.RIGHT
        fill = theme.ink if is_filled else theme.control_hover if self._is_hovered() else theme.control
        fill_rounded(painter, self.rect(), radius, fill)
        line, width = theme.control_line, 1.0
        if self._look in (ChoiceLook.CHOSEN, ChoiceLook.WRONG):
            line, width = theme.ink, 3.0
        outline_rounded(painter, self.rect(), radius, line, width)
        self._paint_letter(painter)
        self._paint_words(painter)
        if self._hands is not None:
            self._paint_hands(painter)
        if shows_focus(self):
            focus_ring(painter, self.rect(), radius, theme.on_ink if is_filled else theme.ink)
        painter.end()

    def _is_hovered(self) -> bool:
        return self.underMouse() and self.isEnabled()

    def _paint_letter(self, painter: QPainter) -> None:
        theme, px = self._source.theme, self._source.px
        disc = QRectF(px(_PADDING), (self.height() - px(_DISC)) / 2, px(_DISC), px(_DISC))
        is_lit = self._look is ChoiceLook.CHOSEN
        fill = theme.ink if is_lit else theme.on_ink if self._look is ChoiceLook.RIGHT else theme.inset
        fill_rounded(painter, disc, disc.width() / 2, fill)
        painter.setPen(theme.on_ink if is_lit else theme.ink)
        painter.setFont(self._source.font(FontRole.HEADING))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self._letter)

    def _paint_words(self, painter: QPainter) -> None:
        theme, px = self._source.theme, self._source.px
        left = px(2 * _PADDING + _DISC)
        room = QRectF(left, 0, self.width() - left - px(_PADDING) - self._hands_width(), self.height())
        ink = theme.on_ink if self._look is ChoiceLook.RIGHT else theme.text
        if self._look is ChoiceLook.PASSED:
            ink = blend(theme.secondary, theme.control, 0.9)
        painter.setPen(ink)
        font = self._font()
        words = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _font(self) -> QFont:
        """Return the largest font, down to that of a label, in which the words fit one line."""
        room = self.width() - self._source.px(3 * _PADDING + _DISC) - self._hands_width()
        fonts = [make_font(SANS, self._source.px(size), QFont.Weight.Medium) for size in _TEXT_PX]
        fitting = (font for font in fonts if QFontMetricsF(font).horizontalAdvance(self.text()) <= room)
        return next(fitting, fonts[-1])

    def _paint_hands(self, painter: QPainter) -> None:
        theme = self._source.theme
        painter.setPen(theme.on_ink if self._look is ChoiceLook.RIGHT else theme.text)
        painter.setFont(self._source.font(FontRole.HEADING))
        for rect, text in zip(self._hands_rects(), ("−", str(self._hands), "+"), strict=True):
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _hands_width(self) -> float:
        return self._source.px(_HANDS_WIDTH) if self._hands is not None else 0.0

    def _hands_rects(self) -> tuple[QRectF, QRectF, QRectF]:
        width = self._hands_width()
        left, third = self.width() - width - self._source.px(4), width / 3
        rects = [QRectF(left + place * third, 0, third, self.height()) for place in range(3)]
        return rects[0], rects[1], rects[2]

    def _hands_step(self, position: QPointF) -> int:
        if self._hands is None:
            return 0
        less, count, more = self._hands_rects()
        if less.contains(position):
            return -1
        return 1 if more.contains(position) or count.contains(position) else 0

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
