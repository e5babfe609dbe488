"""A network view with a clock that stands still, and where things are seen in it."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from bpviz.ui.network.network_view import NetworkView
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.network_state import NetworkState
from tests.viewmodel.network_states import state_of

SIZE = (746, 560)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def shown_view(qtbot: QtBot, source: ThemeSource, clock: Clock) -> NetworkView:
    """Return a view that shows an untrained 784-30-10 network."""
    view = NetworkView(source, clock=clock)
    qtbot.addWidget(view)
    view.resize(*SIZE)
    view.show()
    view.show_state(state_of())
    return view


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
