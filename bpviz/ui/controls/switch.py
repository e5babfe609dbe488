"""An on/off switch with its label to the left."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bpviz.ui.controls.painting import fill_rounded, focus_ring, outline_rounded, shows_focus, smooth
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource

_WIDTH = 30
_HEIGHT = 18
_ROW = 24
_GAP = 10


class Switch(QAbstractButton):
    """A setting that is on or off; the whole row, label included, can be clicked.

    `toggled(bool)` is Qt's own signal, for user and program alike; `clicked(bool)` is the user's only.
    """

    def __init__(
        self,
        source: ThemeSource,
        text: str = "",
        *,
        role: FontRole = FontRole.BODY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._role = role
        self.setText(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:
        px = self._source.px
        label = QFontMetricsF(self._source.font(self._role)).horizontalAdvance(self.text())
        gap = px(_GAP) if self.text() else 0
        return QSize(round(label) + gap + px(_WIDTH), px(_ROW))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        self._paint_label(painter)
        self._paint_track(painter, self._track())
        painter.end()

    def _track(self) -> QRectF:
        width, height = self._source.px(_WIDTH), self._source.px(_HEIGHT)
        return QRectF(self.width() - width, (self.height() - height) / 2, width, height)

    def _paint_label(self, painter: QPainter) -> None:
        theme = self._source.theme
        is_strong = self.underMouse() or self._role is not FontRole.BODY
        ink = theme.text if is_strong else theme.secondary
        painter.setPen(ink if self.isEnabled() else theme.disabled)
        painter.setFont(self._source.font(self._role))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.text())

    def _paint_track(self, painter: QPainter, track: QRectF) -> None:
        theme, radius = self._source.theme, track.height() / 2
        fill, knob = self._colors()
        fill_rounded(painter, track, radius, fill)
        if not self.isChecked():
            outline_rounded(painter, track, radius, theme.disabled)
        margin = 3.0
        side = track.height() - 2 * margin
        left = track.right() - margin - side if self.isChecked() else track.left() + margin
        fill_rounded(painter, QRectF(left, track.top() + margin, side, side), side / 2, knob)
        if shows_focus(self):
            ink = theme.on_ink if self.isChecked() else theme.ink
            focus_ring(painter, track.adjusted(1, 1, -1, -1), radius - 1, ink)
            outline_rounded(painter, track, radius, theme.ink)

    def _colors(self) -> tuple[QColor, QColor]:
        theme = self._source.theme
        if not self.isEnabled():
            fill = theme.disabled if self.isChecked() else blend(theme.control, theme.panel, 0.5)
            return fill, theme.panel if self.isChecked() else theme.disabled
        if self.isChecked():
            fill = blend(theme.ink, theme.panel, 0.88) if self.underMouse() else theme.ink
            return fill, theme.on_ink
        return theme.control_hover if self.underMouse() else theme.control, theme.tertiary

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
