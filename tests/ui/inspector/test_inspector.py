"""The inspector with real iterations, real clicks and real keys."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from bpviz.training.observation import pass_sample
from bpviz.training.snapshot import Snapshot
from bpviz.ui.inspector.formula_view import FormulaView
from bpviz.ui.inspector.inspector import WIDTH_AT_1280, WIDTH_AT_1920, InspectorPanel
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.viewmodel.inspection.gradient_check import CheckRequest, check_gradient
from bpviz.viewmodel.inspection.inspectable import Inspection
from bpviz.viewmodel.inspection.inspection_loss import inspect_loss
from bpviz.viewmodel.inspection.inspection_neuron import inspect_neuron
from bpviz.viewmodel.inspection.inspection_output import inspect_output
from bpviz.viewmodel.inspection.inspection_weight import WeightHistory, WeightPlace, inspect_weight
from bpviz.viewmodel.network.parts import BIAS
from bpviz.viewmodel.run.phases import Phase
from tests.viewmodel.inspected import number, snapshot_of, untrained

HEIGHT = 680


@pytest.fixture
def panel(qtbot: QtBot, source: ThemeSource) -> Iterator[InspectorPanel]:
    panel = InspectorPanel(source)
    qtbot.addWidget(panel)
    panel.resize(panel.width(), HEIGHT)
    panel.show()
    yield panel
    panel.close()


def weight(shot: Snapshot, layer: int, row: int, column: int, phase: Phase = Phase.BACKWARD) -> Inspection:
    return inspect_weight(shot, shot.sample, WeightPlace(layer, row, column), phase)


def neuron(shot: Snapshot, layer: int, index: int, phase: Phase = Phase.FORWARD) -> Inspection:
    return inspect_neuron(shot, shot.sample, layer, index, phase)


def broken(shot: Snapshot) -> Snapshot:
    """Return the iteration as it would be with weights that are not numbers."""
    shot = replace(shot, parameters=np.full_like(shot.parameters, np.nan))
    sample = pass_sample(shot.network(), shot.sample.x, shot.sample.label, shot.sample.index)
    return replace(shot, sample=sample)


def unlabelled(shot: Snapshot) -> Snapshot:
    return replace(shot, sample=pass_sample(shot.network(), shot.sample.x))


def everything() -> list[Inspection]:
    """Return every kind of thing, phase and edge there is to show."""
    shots = [
        snapshot_of(),
        snapshot_of(optimizer="adam", learning_rate=0.01, l1=0.001, l2=0.01),
        snapshot_of(loss="squared", output_activation="softmax", activation="relu"),
        snapshot_of(loss="log", output_activation="sigmoid", batch_size=1),
        replace(snapshot_of(optimizer="rmsprop", learning_rate=0.01), optimizer=None),
        untrained(),
        broken(snapshot_of()),
        unlabelled(snapshot_of()),
    ]
    return [
        inspection
        for shot in shots
        for phase in Phase
        for inspection in (
            neuron(shot, 0, 3, phase),
            neuron(shot, 1, 5, phase),
            inspect_output(shot, shot.sample, 4, phase),
            weight(shot, 0, 400, 3, phase),
            weight(shot, 1, BIAS, 5, phase),
            weight(shot, 2, 6, 4, phase),
            inspect_loss(shot, shot.sample, phase),
        )
    ]


def bottom_in(panel: InspectorPanel, widget: QWidget) -> int:
    return widget.mapTo(panel, QPoint(0, widget.height())).y()


@pytest.mark.parametrize("factor", [1.0, 1.15])
@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.LIGHT])
def test_nothing_is_ever_wider_than_the_panel(
    panel: InspectorPanel, source: ThemeSource, factor: float, choice: ThemeChoice
) -> None:
    source.set_choice(choice)
    source.set_factor(factor)
    assert panel.width() == (WIDTH_AT_1280 if factor == 1.0 else WIDTH_AT_1920)
    for inspection in everything():
        panel.show_inspection(inspection)
        for page in (panel.neuron, panel.weight, panel.loss):
            assert page.minimumSizeHint().width() <= panel.width(), panel.title
        for view in panel.findChildren(FormulaView):
            if view.isVisible():
                assert view.sizeHint().width() <= view.width() + 1, view.accessibleName()
        assert not panel.grab().isNull()


def test_a_neurons_sum_terms_and_curve_are_seen_without_scrolling(panel: InspectorPanel) -> None:
    panel.show_inspection(neuron(snapshot_of(), 0, 3))
    panel.grab()
    assert bottom_in(panel, panel.neuron.activation.curve) <= HEIGHT


def test_a_weights_chain_check_step_and_code_are_seen_without_scrolling(panel: InspectorPanel) -> None:
    panel.show_inspection(weight(snapshot_of(), 2, 6, 4))
    panel.grab()
    for section in (panel.weight.chain, panel.weight.check, panel.weight.step, panel.weight.code):
        assert bottom_in(panel, section) <= HEIGHT, section.heading


def test_the_phase_decides_what_comes_first(panel: InspectorPanel) -> None:
    shot = snapshot_of()
    panel.show_inspection(neuron(shot, 1, 5, Phase.FORWARD))
    panel.grab()
    assert panel.neuron.terms.isVisible()
    assert not panel.neuron.delta.isVisible()
    panel.show_inspection(neuron(shot, 1, 5, Phase.BACKWARD))
    panel.grab()
    assert panel.neuron.delta.isVisible()
    assert bottom_in(panel, panel.neuron.delta) < bottom_in(panel, panel.neuron.terms)


def test_a_click_asks_for_the_check_and_the_answer_is_shown(panel: InspectorPanel, qtbot: QtBot) -> None:
    shot = snapshot_of()
    panel.show_inspection(weight(shot, 2, 6, 4))
    sample_button, batch_button = panel.weight.check.buttons
    for button, of_batch in ((sample_button, False), (batch_button, True)):
        with qtbot.waitSignal(panel.check_requested) as asked:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        (request,) = asked.args or []
        assert request == CheckRequest(2, 6, 4, of_batch)
        check = check_gradient(shot, shot.sample, request)
        assert check is not None
        panel.show_check(check)
        shown = [number(text) for text in panel.weight.check.numbers]
        assert shown == pytest.approx([check.analytic, check.numeric], rel=1e-7)
        assert "gree" in panel.weight.check.verdict


def test_an_answer_about_something_else_is_ignored(panel: InspectorPanel) -> None:
    shot = snapshot_of()
    panel.show_inspection(weight(shot, 2, 6, 4))
    late = check_gradient(shot, shot.sample, CheckRequest(2, 6, 5))
    assert late is not None
    panel.show_check(late)
    assert panel.weight.check.verdict == "Not checked yet"


def test_another_weight_forgets_the_check_of_the_last_one(panel: InspectorPanel) -> None:
    shot = snapshot_of()
    panel.show_inspection(weight(shot, 2, 6, 4))
    check = check_gradient(shot, shot.sample, CheckRequest(2, 6, 4))
    assert check is not None
    panel.show_check(check)
    panel.show_inspection(weight(shot, 2, 6, 5))
    assert panel.weight.check.verdict == "Not checked yet"


def test_arrows_ask_for_the_neighbours(panel: InspectorPanel, qtbot: QtBot) -> None:
    panel.show_inspection(neuron(snapshot_of(), 0, 3))
    with qtbot.waitSignal(panel.next_requested):
        QTest.mouseClick(panel.next, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.previous_requested):
        QTest.mouseClick(panel.previous, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("place", [0, 5, 9])
def test_a_click_on_a_bar_watches_its_sample(panel: InspectorPanel, qtbot: QtBot, place: int) -> None:
    shot = snapshot_of()
    shown = inspect_weight(shot, shot.sample, WeightPlace(2, 6, 4))
    panel.show_inspection(shown)
    panel.grab()
    bars = panel.weight.step.bars
    x = round((place + 0.5) / 10 * bars.width())
    with qtbot.waitSignal(panel.sample_selected) as chosen:
        QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    assert chosen.args == [int(shown.batch.rows[place])]


def test_a_loss_that_is_clicked_watches_its_sample(panel: InspectorPanel, qtbot: QtBot) -> None:
    shot = snapshot_of()
    panel.show_inspection(inspect_loss(shot, shot.sample))
    panel.grab()
    with qtbot.waitSignal(panel.sample_selected) as chosen:
        QTest.mouseClick(panel.loss.bars, Qt.MouseButton.LeftButton, pos=QPoint(2, 10))
    assert chosen.args == [int(shot.batch.indices[shot.batch.losses.argmin()])]


def test_a_weight_is_changed_by_the_keyboard(panel: InspectorPanel, qtbot: QtBot) -> None:
    shot = snapshot_of()
    panel.show_inspection(weight(shot, 2, 6, 4))
    before = float(shot.network().W[2][6, 4])
    with qtbot.waitSignal(panel.weight_change_requested) as asked:
        QTest.keyClick(panel.weight.change.field, Qt.Key.Key_Up)
    layer, row, column, value = asked.args or []
    assert (layer, row, column) == (2, 6, 4)
    assert value == pytest.approx(before + 0.01, abs=0.006)


def test_a_bias_is_changed_and_a_neuron_switched_off(panel: InspectorPanel, qtbot: QtBot) -> None:
    panel.show_inspection(neuron(snapshot_of(), 0, 3))
    with qtbot.waitSignal(panel.weight_change_requested) as asked:
        QTest.keyClick(panel.neuron.change.bias, Qt.Key.Key_Up)
    assert (asked.args or [])[:3] == [0, BIAS, 3]
    with qtbot.waitSignal(panel.neuron_switch_requested) as switched:
        QTest.mouseClick(panel.neuron.change.switch, Qt.MouseButton.LeftButton)
    assert switched.args == [0, 3, False]


def test_showing_a_neuron_that_is_off_asks_for_nothing(panel: InspectorPanel, qtbot: QtBot) -> None:
    shot = replace(snapshot_of(), switched_off=((0, 3),))
    with qtbot.assertNotEmitted(panel.neuron_switch_requested):
        panel.show_inspection(neuron(shot, 0, 3))
    assert not panel.neuron.change.switch.isChecked()
    assert "Switched off" in panel.neuron.hints.text


def test_history_is_shown_once_it_is_known(panel: InspectorPanel) -> None:
    panel.show_inspection(weight(snapshot_of(), 2, 6, 4))
    panel.grab()
    assert not panel.weight.history.isVisible()
    panel.show_history(WeightHistory(np.arange(3), np.array([0.1, 0.3, 0.2]), "every iteration"))
    panel.grab()
    assert panel.weight.history.isVisible()


def test_stepping_on_keeps_the_place_and_another_part_begins_at_the_top(panel: InspectorPanel) -> None:
    panel.show_inspection(weight(snapshot_of(), 0, 400, 3))
    panel.grab()
    bar = panel.weight.parent().parent().bar  # type: ignore[union-attr]
    bar.setValue(40)
    panel.show_inspection(weight(snapshot_of(iterations=7), 0, 400, 3))
    panel.grab()
    assert bar.value() == 40
    panel.show_inspection(weight(snapshot_of(), 0, 401, 3))
    panel.grab()
    assert bar.value() == 0


def test_nothing_selected_says_what_can_be_looked_at(panel: InspectorPanel) -> None:
    panel.show_inspection(neuron(snapshot_of(), 0, 3))
    assert panel.title == "Hidden 1, neuron 3"
    panel.show_nothing("Pause to look inside.")
    assert panel.shown is None
    assert panel.title == ""
    assert "Inspector" not in [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert not panel.next.isVisible()


def test_what_is_not_known_yet_may_still_have_a_title(panel: InspectorPanel) -> None:
    panel.show_nothing("Its δ comes with the backward pass.", "Hidden neuron 7")
    assert "Hidden neuron 7" in [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def test_a_title_that_is_too_long_is_shortened_and_whole_in_its_tooltip(panel: InspectorPanel) -> None:
    panel.show_inspection(weight(snapshot_of(), 0, 12 * 28 + 14, 10))
    title = "Weight, row 12, col 14 → hidden 1: 10"
    assert panel.title == title
    (label,) = (label for label in panel.findChildren(QLabel) if label.toolTip() == title)
    panel.grab()
    assert label.text() == "row 12, col 14 → hidden 1: 10"
    assert QFontMetricsF(label.font()).horizontalAdvance(label.text()) <= label.width()
    assert panel.next.mapTo(panel, QPoint(panel.next.width(), 0)).x() <= panel.width()


def test_the_page_is_laid_out_before_it_is_first_painted(panel: InspectorPanel) -> None:
    for inspection in everything():
        panel.show_inspection(inspection)
        page = next(page for page in (panel.neuron, panel.weight, panel.loss) if page.isVisible())
        at_once = page.height()
        for _ in range(3):
            QApplication.processEvents()
        assert page.height() == at_once, panel.title
