"""One neuron under a real mouse: what is dragged moves, and all that follows from it is drawn."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.neuron_stage import PARTS, NeuronStage
from bpviz.viewmodel.lessons.neuron import Handle, Neuron
from bpviz.viewmodel.lessons.neuron_layout import NeuronLayout
from bpviz.viewmodel.lessons.neuron_picture import NeuronPicture
from bpviz.viewmodel.network.graph_geometry import Rect
from tests.app.teach.neuron_room import BIAS, LEFT, drag, pixel, weight

NEURON = Neuron((0.9, 0.2), (2.0, -2.0), -0.5)


class Hand:
    """A stage that does at once what the hand asks of it."""

    def __init__(self, qtbot: QtBot, source: ThemeSource, picture: NeuronPicture) -> None:
        self.stage = NeuronStage(source)
        qtbot.addWidget(self.stage)
        self.stage.resize(1000, 400)
        self.stage.show()
        self.dropped: list[Handle] = []
        self.picture = picture
        self.show(picture)
        self.stage.moved.connect(self._on_moved)
        self.stage.dropped.connect(self.dropped.append)

    @property
    def neuron(self) -> Neuron:
        return self.picture.neuron

    @property
    def places(self) -> NeuronLayout:
        assert self.stage.view.places is not None
        return self.stage.view.places

    def show(self, picture: NeuronPicture) -> None:
        self.picture = picture
        self.stage.show_picture(picture)

    def at(self, handle: Handle) -> QPoint:
        return middle(self.places.handle_rect(handle, self.picture.is_input))

    def drag(self, handle: Handle, right: int, up: int) -> None:
        drag(self.stage.view, self.at(handle), QPoint(right, -up))

    def wheel(self, handle: Handle, notches: int) -> None:
        place = QPointF(self.at(handle))
        viewport = self.stage.view.viewport()
        event = QWheelEvent(
            place,
            QPointF(viewport.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)

    def color_at(self, x: float, y: float) -> QColor:
        return self.stage.grab().toImage().pixelColor(round(x), round(y))

    def _on_moved(self, handle: Handle, value: float) -> None:
        self.show(replace(self.picture, neuron=self.neuron.moved(handle, value)))


@pytest.fixture
def hand(qtbot: QtBot, source: ThemeSource) -> Hand:
    return Hand(qtbot, source, NeuronPicture(NEURON))


def middle(rect: Rect) -> QPoint:
    return QPoint(round(rect.x + rect.width / 2), round(rect.center_y))


def blueness(color: QColor) -> int:
    return color.blue() - color.red()


@pytest.mark.parametrize("handle", [weight(1), weight(2), pixel(1), pixel(2), BIAS], ids=str)
def test_dragged_up_it_grows_and_dragged_down_it_shrinks(hand: Hand, handle: Handle) -> None:
    hand.show(replace(hand.picture, neuron=hand.neuron.moved(handle, 0.5)))
    others = [h for h in hand.neuron.handles if h != handle]
    before = [hand.neuron.value(h) for h in others]
    hand.drag(handle, 0, 30)
    grown = hand.neuron.value(handle)
    assert grown > 0.5
    hand.drag(handle, 0, -60)
    assert hand.neuron.value(handle) < grown
    assert [hand.neuron.value(h) for h in others] == before
    assert hand.dropped == [handle, handle]


def test_to_the_right_is_more_too(hand: Hand) -> None:
    hand.drag(weight(1), 28, 0)
    assert hand.neuron.weights[0] == 3.0


def test_far_off_it_stops_at_its_limit(hand: Hand) -> None:
    hand.drag(pixel(2), 0, 380)
    assert hand.neuron.inputs[1] == 1.0


def test_a_click_that_moves_nothing_is_no_drag(hand: Hand) -> None:
    QTest.mouseClick(hand.stage.view.viewport(), LEFT, pos=hand.at(weight(1)))
    assert hand.neuron == NEURON
    assert hand.dropped == []


def test_where_nothing_is_nothing_is_dragged(hand: Hand) -> None:
    drag(hand.stage.view, middle(hand.places.plot), QPoint(0, -60))
    assert hand.neuron == NEURON


def test_the_bias_is_taken_where_its_drawing_is(hand: Hand) -> None:
    beside = middle(hand.places.bias_beside)
    hand.show(replace(hand.picture, is_input=True))
    drag(hand.stage.view, beside, QPoint(0, -60))
    assert hand.neuron == NEURON
    hand.drag(BIAS, 0, 28)
    assert hand.neuron.bias == pytest.approx(0.5)


def test_held_nothing_moves(hand: Hand) -> None:
    hand.show(replace(hand.picture, is_held=True))
    for handle in hand.neuron.handles:
        hand.drag(handle, 0, 60)
        hand.wheel(handle, 2)
    assert hand.neuron == NEURON


def test_a_drag_ends_when_the_lesson_takes_the_numbers_back(hand: Hand) -> None:
    viewport, start = hand.stage.view.viewport(), hand.at(weight(1))
    QTest.mousePress(viewport, LEFT, pos=start)
    QTest.mouseMove(viewport, start - QPoint(0, 28))
    assert hand.neuron.weights[0] == 3.0
    hand.show(NeuronPicture(NEURON, is_held=True))
    QTest.mouseMove(viewport, start - QPoint(0, 90))
    QTest.mouseRelease(viewport, LEFT, pos=start - QPoint(0, 90))
    assert hand.neuron == NEURON
    assert hand.dropped == []


def test_the_wheel_turns_what_is_under_the_pointer(hand: Hand) -> None:
    hand.wheel(weight(2), 3)
    assert hand.neuron.weights[1] == pytest.approx(-1.7)
    hand.wheel(pixel(1), -1)
    assert hand.neuron.inputs[0] == pytest.approx(0.8)
    assert hand.dropped == [weight(2), pixel(1)]


def test_keys_move_what_was_taken_last(hand: Hand) -> None:
    QTest.mouseClick(hand.stage.view.viewport(), LEFT, pos=hand.at(weight(1)))
    assert hand.stage.hasFocus()
    QTest.keyClick(hand.stage, Qt.Key.Key_Up)
    assert hand.neuron.weights[0] == pytest.approx(2.1)
    QTest.keyClick(hand.stage, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert hand.neuron.weights[0] == pytest.approx(1.6)


def test_tab_goes_through_all_that_can_be_moved_and_on(hand: Hand) -> None:
    hand.stage.setFocus()
    chosen = []
    for _ in hand.neuron.handles:
        QTest.keyClick(hand.stage, Qt.Key.Key_Tab)
        chosen.append(hand.stage.view.chosen)
    assert chosen == list(hand.neuron.handles)
    QTest.keyClick(hand.stage, Qt.Key.Key_Tab)
    assert hand.stage.view.chosen is None


def test_an_edge_is_blue_for_and_orange_against_and_as_thick_as_its_weight(hand: Hand) -> None:
    rect, port = hand.places.pixels[0], hand.places.port

    def thickness(value: float) -> int:
        hand.show(NeuronPicture(NEURON.moved(weight(1), value)))
        image = hand.stage.grab().toImage()
        x = round(rect.right + 8)
        y = rect.center_y + (x - rect.right) / (port.x - rect.right) * (port.y - rect.center_y)
        ground = image.pixelColor(x, round(rect.y - 12))
        column = [image.pixelColor(x, round(y) + dy) for dy in range(-20, 21)]
        strong = [color for color in column if abs(blueness(color) - blueness(ground)) > 60]
        assert all((blueness(color) > 0) == (value > 0) for color in strong)
        return len(strong)

    assert thickness(6.0) > thickness(3.0) > thickness(0.5) > 0
    assert thickness(-6.0) > thickness(-3.0) > 0
    assert thickness(0.0) == 0


def test_the_bars_end_above_the_point_on_the_curve(hand: Hand) -> None:
    layout, reach = hand.places, hand.picture.reach
    x = layout.z_x(NEURON.z, reach)
    ink = hand.color_at(x - 3.0, layout.total_y)
    assert ink.lightness() > 200
    assert hand.color_at(x + 3.0, layout.total_y).lightness() < 60
    y = layout.output_y(NEURON.output, (0.0, 1.0))
    # Off its middle, where the lines that lead to it and from it do not reach.
    point = hand.color_at(x - 3.0, y + 4.0)
    assert point.red() + point.green() - 2 * point.blue() > 150


def test_the_output_is_the_brighter_the_larger_it_is(hand: Hand) -> None:
    disc = hand.places.disc

    def yellow(bias: float) -> int:
        hand.show(NeuronPicture(NEURON.moved(BIAS, bias)))
        color = hand.color_at(disc.x, disc.y + 0.75 * disc.radius)
        return color.red() + color.green() - 2 * color.blue()

    assert yellow(3.0) > yellow(-0.5) > yellow(-5.0)


def test_the_constant_input_is_seen_only_in_its_own_drawing(hand: Hand) -> None:
    one = hand.places.one
    corner = (one.x + one.width / 2, one.y)
    without = hand.color_at(*corner)
    hand.show(replace(hand.picture, is_input=True))
    assert hand.color_at(*corner).lightness() > without.lightness() + 40


def test_the_switches_follow_what_is_shown_and_tell_what_is_chosen(hand: Hand, qtbot: QtBot) -> None:
    stage = hand.stage
    stage.show_switches(("activation", "drawing"))
    hand.show(NeuronPicture(NEURON.with_activation("relu"), is_input=True))
    assert (stage.activations.index, stage.drawings.index) == (2, 1)
    with qtbot.waitSignal(stage.activation_chosen) as chosen:
        QTest.mouseClick(stage.activations.button(1), LEFT)
    assert chosen.args == ["step"]
    with qtbot.waitSignal(stage.drawing_chosen) as drawn:
        QTest.mouseClick(stage.drawings.button(0), LEFT)
    assert drawn.args == [False]


def test_every_part_a_spotlight_may_mean_lies_on_the_stage(hand: Hand) -> None:
    hand.stage.show_switches(("activation",))
    for part in PARTS - {"input-3", "input-4", "weight-3", "weight-4"}:
        rect = hand.stage.part_rect(part)
        assert rect is not None, part
        assert rect.isValid(), part
        assert hand.stage.rect().adjusted(-1, -1, 1, 1).contains(rect), part
    assert hand.stage.part_rect("weight-3") is None


def test_what_is_shown_is_said_in_words(hand: Hand) -> None:
    hand.drag(weight(1), 0, 28)
    assert "weight 3.0 times input 0.9 is +2.70" in hand.stage.accessibleName()


def test_another_size_and_theme_redraw_the_same(hand: Hand, source: ThemeSource) -> None:
    source.set_factor(1.85)
    hand.stage.resize(1838, 700)
    assert hand.places.body.right < 1838
    assert hand.places.factor == 1.85
    hand.drag(weight(1), 0, 52)
    assert hand.neuron.weights[0] == pytest.approx(3.0)
