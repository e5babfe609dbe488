"""A network view of a known size, and eyes and hands for it."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bpviz.ui.network_view import NetworkView
from bpviz.viewmodel.network_state import NetworkState

SIZE = (746, 560)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def seen(view: NetworkView) -> QImage:
    return view.grab().toImage()


def place(view: NetworkView, x: float, y: float) -> QPoint:
    """Return where a stage point is seen."""
    return view.zoom.to_view(QPointF(x, y)).toPoint()


def disc_place(view: NetworkView, layer: int, slot: int) -> QPoint:
    assert view.graph_layout is not None
    column = view.graph_layout.columns[layer]
    return place(view, column.x, float(column.y[slot]))


def with_activations(state: NetworkState, layer: int, a: list[float]) -> NetworkState:
    layers = list(state.sample.a)
    layers[layer] = np.array(a, dtype=np.float32)
    return replace(state, sample=replace(state.sample, a=tuple(layers)))


def yellowness(color: QColor) -> int:
    return color.red() + color.green() - 2 * color.blue()


def wheel(view: NetworkView, at: QPoint, notches: int) -> None:
    device = QPointingDevice.primaryPointingDevice()
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
        Qt.MouseEventSource.MouseEventNotSynthesized,
        device,
    )
    QApplication.sendEvent(view.viewport(), event)


def drag(view: NetworkView, start: QPoint, end: QPoint) -> None:
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2))
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
