"""Push buttons: primary, plain, quiet (icon only), danger and dashed."""

from enum import Enum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bpviz.ui.controls.painting import control_box, field_fill, fill_rounded, focus_ring, shows_focus, smooth
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.icons import IconName, icon_pixmap
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource

_HEIGHT = 32
_RADIUS = 7
_ICON = 18
_GAP = 8
_PADDING = 12


class ButtonKind(Enum):
    """How much a button asks to be pressed."""

    PRIMARY = "primary"
    """Ink: the one next thing to do."""
    PLAIN = "plain"
    QUIET = "quiet"
    """No box until the pointer is over it."""
    DANGER = "danger"
    """What cannot be undone, or stops something."""
    DASHED = "dashed"
    """An empty place that can be filled."""


class Button(QAbstractButton):
    """A push button with a text, an icon or both; `clicked` and `toggled` are Qt's own signals."""

    def __init__(
        self,
        source: ThemeSource,
        text: str = "",
        *,
        icon: IconName | None = None,
        kind: ButtonKind = ButtonKind.PLAIN,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._kind = kind
        self._text_role: FontRole | None = None
        self._icon_name = icon
        self.setText(text)
        self.set_tip(tip)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)

    def set_tip(self, tip: str) -> None:
        """Explain the button on hover; names it for screen readers where it shows no text."""
        self.setToolTip(tip)
        if not self.text():
            self.setAccessibleName(tip)

    def set_icon_name(self, name: IconName | None) -> None:
        """Show another icon, or none."""
        self._icon_name = name
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        """Show the button as another kind."""
        self._kind = kind
        self.update()

    def set_role(self, role: FontRole) -> None:
        """Write the text in another style than the kind's own, for example to be read from afar."""
        self._text_role = role
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = self._source.px
        height = px(_HEIGHT)
        if not self.text():
            return QSize(height, height)
        return QSize(round(self._content_width()) + 2 * px(_PADDING), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        self._paint_box(painter)
        self._paint_content(painter, self._ink())
        if shows_focus(self):
            self._paint_focus(painter)
        painter.end()

    def _paint_box(self, painter: QPainter) -> None:
        theme, radius = self._source.theme, self._source.px(_RADIUS)
        fill = self._fill()
        if self._kind is ButtonKind.DASHED:
            self._paint_dashed_box(painter, fill)
        elif self._kind is ButtonKind.PRIMARY:
            fill_rounded(painter, self.rect(), radius, fill)
        elif self._kind is ButtonKind.QUIET:
            if self.isEnabled() and (self.underMouse() or self.isChecked()):
                fill_rounded(painter, self.rect(), radius, fill)
        else:
            line = blend(theme.error, theme.panel, 0.7) if self._is_live_danger() else theme.control_line
            control_box(painter, self.rect(), radius, fill, line)

    def _paint_dashed_box(self, painter: QPainter, fill: QColor) -> None:
        theme, radius = self._source.theme, self._source.px(_RADIUS)
        if self.isEnabled() and self.underMouse():
            fill_rounded(painter, self.rect(), radius, fill)
        pen = QPen(theme.strong_line, 1.0)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        px = self._source.px
        x = (self.width() - self._content_width()) / 2
        if self._icon_name is not None:
            size = self._icon_size()
            pixmap = icon_pixmap(self._icon_name, ink, size, self.devicePixelRatioF())
            painter.drawPixmap(round(x), (self.height() - size) // 2, pixmap)
            x += size + (px(_GAP) if self.text() else 0)
        painter.setPen(ink)
        painter.setFont(self._source.font(self._role()))
        painter.drawText(
            QRectF(x, 0, self.width() - x, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )

    def _paint_focus(self, painter: QPainter) -> None:
        theme, radius = self._source.theme, self._source.px(_RADIUS)
        if self._kind is ButtonKind.PRIMARY:
            # Ink on ink would not be seen: the ring of a primary button lies within it.
            focus_ring(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), radius - 2, theme.on_ink)
        else:
            focus_ring(painter, self.rect(), radius, theme.ink)

    def _fill(self) -> QColor:
        theme = self._source.theme
        is_live = self.isEnabled()
        if self._kind is ButtonKind.PRIMARY:
            if not is_live:
                return blend(theme.control_hover, theme.panel, 0.7)
            return blend(theme.ink, theme.panel, self._pressure(rest=1.0, hovered=0.88, pressed=0.76))
        if self._is_live_danger():
            return blend(theme.error, theme.control, self._pressure(rest=0.0, hovered=0.22, pressed=0.36))
        fill = field_fill(theme, is_enabled=is_live, is_hovered=self.underMouse() or self.isChecked())
        return blend(theme.ink, fill, 0.14) if self.isDown() and is_live else fill

    def _pressure(self, *, rest: float, hovered: float, pressed: float) -> float:
        if self.isDown():
            return pressed
        return hovered if self.underMouse() else rest

    def _ink(self) -> QColor:
        theme = self._source.theme
        if not self.isEnabled():
            return theme.disabled
        if self._kind is ButtonKind.PRIMARY:
            return theme.on_ink
        if self._kind is ButtonKind.DANGER:
            return theme.error_text
        is_resting = self._kind in (ButtonKind.QUIET, ButtonKind.DASHED) and not self.underMouse()
        return theme.secondary if is_resting and not self.isChecked() else theme.text

    def _is_live_danger(self) -> bool:
        return self._kind is ButtonKind.DANGER and self.isEnabled()

    def _role(self) -> FontRole:
        if self._text_role is not None:
            return self._text_role
        roles = {ButtonKind.PRIMARY: FontRole.HEADING, ButtonKind.DASHED: FontRole.LABEL}
        return roles.get(self._kind, FontRole.VALUE)

    def _content_width(self) -> float:
        px = self._source.px
        width = QFontMetricsF(self._source.font(self._role())).horizontalAdvance(self.text())
        if self._icon_name is not None:
            width += self._icon_size() + (px(_GAP) if self.text() else 0)
        return width

    def _icon_size(self) -> int:
        # Never smaller than its text.
        return max(self._source.px(_ICON), self._source.font(self._role()).pixelSize())

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
