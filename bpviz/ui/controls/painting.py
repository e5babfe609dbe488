"""The few shapes that all painted controls are made of."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from bpviz.ui.style.theme import Theme, blend

HAIRLINE_PX = 1.0
RING_PX = 2.0


def smooth(painter: QPainter) -> QPainter:
    """Return the painter with antialiasing on."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def fill_rounded(painter: QPainter, rect: QRect | QRectF, radius: float, fill: QColor) -> None:
    """Fill a rectangle with round corners, without an outline."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(QRectF(rect), radius, radius)


def outline_rounded(
    painter: QPainter, rect: QRect | QRectF, radius: float, color: QColor, width: float = HAIRLINE_PX
) -> None:
    """Draw the outline of a rectangle with round corners, wholly inside the rectangle."""
    inset = width / 2
    painter.setPen(QPen(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(
        QRectF(rect).adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset
    )


def control_box(painter: QPainter, rect: QRect, radius: float, fill: QColor, line: QColor) -> None:
    """Draw the box of a button or field: a fill and a hairline."""
    fill_rounded(painter, rect, radius, fill)
    if line != fill:
        outline_rounded(painter, rect, radius, line)


def focus_ring(painter: QPainter, rect: QRect | QRectF, radius: float, color: QColor) -> None:
    """Draw the ring that says where the keyboard is, 2 px inside the rectangle's edge."""
    outline_rounded(painter, rect, radius, color, RING_PX)


def shows_focus(widget: QWidget) -> bool:
    """Return whether to draw the ring: the widget has the focus and the keyboard is in use.

    Qt notes on a window that its focus was moved by Tab or a shortcut; without that the ring
    would stand in every new window on whatever comes first.
    """
    by_keyboard = Qt.WidgetAttribute.WA_KeyboardFocusChange
    return widget.hasFocus() and widget.window().testAttribute(by_keyboard)


def field_fill(theme: Theme, *, is_enabled: bool, is_hovered: bool) -> QColor:
    """Return the background of a button or field in its present state."""
    if not is_enabled:
        return blend(theme.control, theme.panel, 0.5)
    return theme.control_hover if is_hovered else theme.control
