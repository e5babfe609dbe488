"""Zooming, panning, pointing and selecting, with real events."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.ui.hover_label import HoverLabel
from bpviz.ui.network.network_view import NetworkView
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.parts import NeuronPart, WeightPart
from tests.ui.network_hands import (
    Clock,
    disc_place,
    place,
    shown_view,
)
from tests.viewmodel.network_states import state_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def view(qtbot: QtBot, source: ThemeSource, clock: Clock) -> NetworkView:
    return shown_view(qtbot, source, clock)


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


def test_the_wheel_zooms_about_the_pointer(view: NetworkView) -> None:
    at = disc_place(view, 0, 7)
    fixed = view.zoom.to_stage(QPointF(at))
    wheel(view, at, 3)
    assert view.zoom.scale > 1.4
    assert (view.zoom.to_view(fixed) - QPointF(at)).manhattanLength() < 0.01


def test_zoom_has_ends(view: NetworkView) -> None:
    for _ in range(30):
        wheel(view, QPoint(300, 300), 5)
    assert view.zoom.scale == pytest.approx(12.0)
    for _ in range(60):
        wheel(view, QPoint(300, 300), -5)
    assert view.zoom.scale == pytest.approx(0.5)


def test_a_pinch_zooms_about_its_centre(view: NetworkView) -> None:
    at = QPointF(300.0, 200.0)
    fixed = view.zoom.to_stage(at)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        QPointF(view.viewport().mapToGlobal(at.toPoint())),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(view.viewport(), event)
    assert view.zoom.scale == pytest.approx(1.5)
    assert (view.zoom.to_view(fixed) - at).manhattanLength() < 1.5


def drag(view: NetworkView, start: QPoint, end: QPoint) -> None:
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2))
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def test_dragging_pans_and_selects_nothing(view: NetworkView) -> None:
    drag(view, disc_place(view, 0, 3), disc_place(view, 0, 3) + QPoint(80, 40))
    assert (view.zoom.dx, view.zoom.dy) == (80.0, 40.0)
    assert view.selected is None


def test_a_double_click_fits_again(view: NetworkView) -> None:
    wheel(view, QPoint(200, 200), 4)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 300))
    assert view.zoom.scale == 1.0
    assert (view.zoom.dx, view.zoom.dy) == (0.0, 0.0)


def test_keys_zoom_pan_and_fit(view: NetworkView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom.scale == pytest.approx(1.25)
    before = view.zoom.dx
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.zoom.dx > before
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom.scale == 1.0


def test_resizing_keeps_the_fit_until_the_user_zooms(view: NetworkView) -> None:
    view.resize(1000, 700)
    assert view.graph_layout is not None
    assert view.graph_layout.request.width == 1000
    wheel(view, QPoint(200, 200), 2)
    zoom = view.zoom
    view.resize(900, 650)
    assert view.zoom == zoom
    assert view.graph_layout.request.width == 1000


def test_a_small_view_shows_the_whole_stage_smaller(view: NetworkView) -> None:
    view.resize(300, 210)
    assert view.zoom.scale == pytest.approx(0.5)
    assert view.graph_layout is not None
    assert view.graph_layout.request.width == 600


def test_a_click_selects_and_says_so_and_nothing_moves(qtbot: QtBot, view: NetworkView) -> None:
    before = view.zoom
    with qtbot.waitSignal(view.selection_changed) as heard:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=disc_place(view, 0, 13))
    assert heard.args == [NeuronPart(0, 13)]
    assert view.selected == NeuronPart(0, 13)
    assert view.zoom == before
    assert view.picture is not None
    hidden = view.picture.edges.layer == 0
    assert set(view.picture.edges.target[hidden].tolist()) == {13}


def test_escape_and_a_click_on_the_bare_stage_select_nothing(qtbot: QtBot, view: NetworkView) -> None:
    port = view.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=disc_place(view, 1, 2))
    with qtbot.waitSignal(view.selection_changed) as heard:
        QTest.keyClick(view, Qt.Key.Key_Escape)
    assert heard.args == [None]
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=disc_place(view, 1, 2))
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(4, 300))
    assert view.selected is None


def test_selecting_from_outside_tells_nobody(qtbot: QtBot, view: NetworkView) -> None:
    with qtbot.assertNotEmitted(view.selection_changed):
        view.select(NeuronPart(1, 4))
    assert view.selected == NeuronPart(1, 4)


def test_hovering_a_neuron_says_its_numbers(qtbot: QtBot, view: NetworkView) -> None:
    with qtbot.waitSignal(view.hovered_changed) as heard:
        QTest.mouseMove(view.viewport(), disc_place(view, 0, 13))
    assert heard.args == [NeuronPart(0, 13)]
    assert "Hidden&nbsp;neuron&nbsp;13" in view.hover_text
    assert "bias" in view.hover_text


def test_hovering_an_edge_says_w_and_its_product(view: NetworkView) -> None:
    assert view.picture is not None
    lines, edges = view.picture.lines, view.picture.edges
    edge = int(np.flatnonzero(edges.layer == 1)[0])
    middle = place(view, float(lines.x[edge].mean()), float(lines.y[edge].mean()))
    QTest.mouseMove(view.viewport(), middle)
    assert isinstance(view.part_at(QPointF(middle)), WeightPart)
    assert "×&nbsp;a" in view.hover_text


def test_the_hover_label_follows_the_state_and_goes_with_the_pointer(view: NetworkView, clock: Clock) -> None:
    QTest.mouseMove(view.viewport(), disc_place(view, 0, 13))
    before = view.hover_text
    clock.now += 1.0
    view.show_state(state_of(seed=4))
    assert view.hover_text not in ("", before)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.hover_text == ""


def test_the_hover_label_stays_inside_the_view(view: NetworkView) -> None:
    QTest.mouseMove(view.viewport(), disc_place(view, 1, 9) + QPoint(200, 0))
    label = view.findChild(HoverLabel)
    assert isinstance(label, HoverLabel)
    assert view.rect().contains(label.geometry())


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down])
def test_a_plain_arrow_is_left_to_the_window_even_after_a_click(view: NetworkView, key: Qt.Key) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=disc_place(view, 0, 13))
    before = view.zoom
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, event)
    assert not event.isAccepted()
    assert view.zoom == before
