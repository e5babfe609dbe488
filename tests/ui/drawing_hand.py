"""A hand that draws with real events, in canvas sides whatever the size on screen."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from bpviz.ui.draw.digit_canvas import DigitCanvas

SEVEN = ((0.25, 0.25), (0.5, 0.22), (0.75, 0.25), (0.62, 0.5), (0.45, 0.8))
BAR = ((0.4, 0.52), (0.7, 0.53))

LEFT = Qt.MouseButton.LeftButton


def place(canvas: DigitCanvas, x: float, y: float) -> QPoint:
    """Return the pixel of the canvas at (x, y) canvas sides."""
    side = canvas.viewport().width()
    return QPoint(round(x * side), round(y * side))


def draw_with_mouse(canvas: DigitCanvas, points: Sequence[tuple[float, float]] = SEVEN) -> None:
    """Press at the first point, move through the others, release at the last."""
    places = [place(canvas, *point) for point in points]
    viewport = canvas.viewport()
    QTest.mousePress(viewport, LEFT, pos=places[0])
    for position in places[1:]:
        QTest.mouseMove(viewport, position)
    QTest.mouseRelease(viewport, LEFT, pos=places[-1])
