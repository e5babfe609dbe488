"""One lesson in the list: its number, name, and how far it has come."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bpviz.ui.controls.painting import fill_rounded, focus_ring, outline_rounded, shows_focus, smooth
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

_RADIUS, _PADDING, _BAR = 10.0, 14.0, 3.0
_NUMBER_HEIGHT, _TITLE_HEIGHT = 24.0, 24.0


@dataclass(frozen=True, slots=True)
class CardContent:
    """What a card shows.

    Attributes
    ----------
    state
        How far it has come, in words; empty for a lesson never begun.
    share
        Steps seen, 0 to 1.
    """

    id: str
    number: int
    title: str
    subtitle: str
    state: str = ""
    share: float = 0.0


class LessonCard(QAbstractButton):
    """A button as large as a playing card, painted when it changes."""

    def __init__(self, source: ThemeSource, content: CardContent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.content = content
        self.setText(content.title)
        self.setAccessibleName(f"Lesson {content.number}: {content.title}. {content.state}".rstrip())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        source.changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:
        px = self._source.px
        return QSize(px(220), px(110))

    def minimumSizeHint(self) -> QSize:
        px = self._source.px
        return QSize(px(140), px(92))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, radius = self._source.theme, self._source.px(_RADIUS)
        fill_rounded(painter, self.rect(), radius, theme.control_hover if self.underMouse() else theme.panel)
        outline_rounded(painter, self.rect(), radius, theme.strong_line if self.underMouse() else theme.line)
        self._paint_words(painter)
        self._paint_bar(painter)
        if shows_focus(self):
            focus_ring(painter, self.rect(), radius, theme.ink)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        theme, px, content = self._source.theme, self._source.px, self.content
        left, width = px(_PADDING), self.width() - 2 * px(_PADDING)
        row = QRectF(left, px(_PADDING - 2), width, px(_NUMBER_HEIGHT))
        painter.setFont(self._source.font(FontRole.BIG_NUMBER))
        painter.setPen(theme.tertiary)
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(content.number))
        painter.setFont(self._source.font(FontRole.BODY))
        painter.setPen(theme.secondary)
        painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, content.state)
        wrapped = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.setFont(self._source.font(FontRole.NUMBER))
        painter.setPen(theme.text)
        title = QRectF(left, row.bottom() + px(6), width, px(_TITLE_HEIGHT))
        title = painter.boundingRect(title, wrapped, content.title)
        painter.drawText(title, wrapped, content.title)
        painter.setFont(self._source.font(FontRole.BODY))
        painter.setPen(theme.secondary)
        rest = QRectF(left, title.bottom() + px(2), width, self.height() - title.bottom() - px(_PADDING))
        painter.drawText(rest, wrapped, content.subtitle)

    def _paint_bar(self, painter: QPainter) -> None:
        theme, px = self._source.theme, self._source.px
        whole = QRectF(px(_PADDING), self.height() - px(10), self.width() - 2 * px(_PADDING), px(_BAR))
        fill_rounded(painter, whole, px(_BAR) / 2, theme.line)
        if self.content.share > 0.0:
            whole.setWidth(whole.width() * min(self.content.share, 1.0))
            fill_rounded(painter, whole, px(_BAR) / 2, theme.ink)

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
