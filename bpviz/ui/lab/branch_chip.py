"""One branch of a run as a small button: its line style, its name, and a cross to drop it."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bpviz.training.branches import BranchInfo
from bpviz.ui.charts.chart_style import BRANCH_DASHES, LINE_WIDTH
from bpviz.ui.controls.number_editor import NumberEditor
from bpviz.ui.controls.painting import fill_rounded, focus_ring, outline_rounded, shows_focus, smooth
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.icons import icon_pixmap
from bpviz.ui.style.text_metrics import text_metrics
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.words.number_format import grouped

LONGEST_NAME = 40

_HEIGHT = 26
_RADIUS = 7
_PADDING = 9
_SAMPLE = 22
_GAP = 7
_CROSS = 14


class BranchChip(QAbstractButton):
    """Click shows the branch; a double click, or F2, names it; the cross, or Delete, drops it.

    Signals
    -------
    renamed
        The name the user wants.
    drop_requested
        The branch is no longer wanted.
    """

    renamed = Signal(str)
    drop_requested = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._style = 0
        self._is_current = False
        self._is_over_cross = False
        self._room: float | None = None
        self._editor = NumberEditor(source, self)
        self._editor.setMaxLength(LONGEST_NAME)
        self._editor.typing_ended.connect(self._on_typing_ended)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)

    @property
    def is_current(self) -> bool:
        """Whether this is the branch shown."""
        return self._is_current

    @property
    def cross_rect(self) -> QRectF:
        """Where the cross is; empty for the branch shown, which stays."""
        if self._is_current:
            return QRectF()
        side = self._source.px(_CROSS)
        return QRectF(self.width() - side - self._source.px(_PADDING) / 2, 0, side, self.height())

    def show_branch(self, info: BranchInfo, style: int, parent_name: str) -> None:
        """Show a branch, its line style and where it came from."""
        self._style, self._is_current = style, info.is_current
        self.setText(info.name)
        origin = f", left {parent_name} at iteration {grouped(info.fork_iteration)}" if parent_name else ""
        state = "shown" if info.is_current else "click to show it"
        self.setToolTip(
            f"{info.name}{origin}, trained to iteration {grouped(info.furthest)}; {state}, "
            "double click to name it"
        )
        self.setAccessibleName(f"Branch {info.name}{', shown' if info.is_current else ''}")
        self.updateGeometry()
        self.update()

    @property
    def whole_width(self) -> float:
        """The width with its whole name."""
        return self._around() + text_metrics(FontRole.VALUE, self._source.factor).width(self.text()) + 1

    def set_room(self, width: float) -> None:
        """Be at most so wide; the name is cut to fit."""
        if width != self._room:
            self._room = width
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        width = self.whole_width if self._room is None else min(self.whole_width, self._room)
        return QSize(round(width), self._source.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, radius = self._source.theme, self._source.px(_RADIUS)
        if self._is_current or self.underMouse():
            fill_rounded(
                painter, self.rect(), radius, theme.control_hover if self.underMouse() else theme.control
            )
        if self._is_current:
            outline_rounded(painter, self.rect(), radius, theme.ink, 1.5)
        color = theme.text if self._is_current or self.underMouse() else theme.secondary
        self._paint_sample(painter, color)
        self._paint_name(painter, color)
        if not self._is_current:
            self._paint_cross(painter)
        if shows_focus(self):
            focus_ring(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), radius - 2, theme.ink)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # The cross is no part of the button: pressed there, it must not show the branch first.
        if not self.cross_rect.contains(event.position()):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_cross = self.cross_rect.contains(event.position())
        if is_cross and event.button() is Qt.MouseButton.LeftButton and not self.isDown():
            self.drop_requested.emit()
        else:
            super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        is_over = self.cross_rect.contains(event.position())
        if is_over != self._is_over_cross:
            self._is_over_cross = is_over
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self.cross_rect.contains(event.position()):
            self._edit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self._edit()
        elif event.key() == Qt.Key.Key_Delete and not self._is_current:
            self.drop_requested.emit()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._is_over_cross = False

    def _edit(self) -> None:
        px = self._source.px
        left = px(_PADDING + _SAMPLE + _GAP)
        self._editor.setGeometry(left, px(2), self.width() - left - px(_PADDING), self.height() - px(4))
        self._editor.open_with(self.text(), is_selected=True)

    def _on_typing_ended(self, counts: bool) -> None:
        name = " ".join(self._editor.text().split())
        self._editor.close_quietly(self)
        if counts and name and name != self.text():
            self.renamed.emit(name)

    def _paint_sample(self, painter: QPainter, color: QColor) -> None:
        width = LINE_WIDTH * self._source.factor
        pen = QPen(color, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dashes := BRANCH_DASHES[self._style % len(BRANCH_DASHES)]:
            pen.setDashPattern([length / LINE_WIDTH for length in dashes])
        painter.setPen(pen)
        left, y = self._source.px(_PADDING), self.height() / 2
        painter.drawLine(QPointF(left, y), QPointF(left + self._source.px(_SAMPLE), y))

    def _paint_name(self, painter: QPainter, color: QColor) -> None:
        role = FontRole.VALUE if self._is_current else FontRole.BODY
        metrics = text_metrics(role, self._source.factor)
        left = self._source.px(_PADDING + _SAMPLE + _GAP)
        room = self.width() - self._around()
        painter.setPen(color)
        painter.setFont(metrics.font)
        place = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, metrics.elided(self.text(), room))

    def _paint_cross(self, painter: QPainter) -> None:
        theme, side = self._source.theme, self._source.px(_CROSS)
        color = theme.text if self._is_over_cross else theme.tertiary
        rect = self.cross_rect
        pixmap = icon_pixmap("close", color, side, self.devicePixelRatioF())
        painter.drawPixmap(round(rect.left()), round((self.height() - side) / 2), pixmap)

    def _around(self) -> float:
        """Return the width of all but the name."""
        px = self._source.px
        cross = 0 if self._is_current else px(_CROSS) + px(_PADDING) / 2
        return px(_PADDING + _SAMPLE + _GAP) + px(_PADDING) + cross

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
