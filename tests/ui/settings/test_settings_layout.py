"""Nothing is cut, nothing moves, and keys and wheel do what the user means."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.training.changes import SetBatchSize
from bpviz.training.config import TrainingConfig
from bpviz.ui.controls.choice_field import ChoiceField
from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.panel import ScrollColumn
from bpviz.ui.settings.settings_panel import SettingsPanel
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from tests.ui.hands import LEFT, cut_labels, editor, press_at_focus, turn_wheel
from tests.ui.settings.settings_window import START, Window

# The offscreen platform says this when a list opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_usual_settings_fit_the_usual_window_without_scrolling(settings: SettingsPanel) -> None:
    column = settings.findChild(ScrollColumn)
    assert column is not None
    assert column.verticalScrollBar().maximum() == 0
    assert not column.bar.isVisible()


def test_less_motion_is_a_click_away_and_concerns_every_page(
    settings: SettingsPanel, source: ThemeSource
) -> None:
    QTest.mouseClick(settings.view.less_motion, LEFT)
    assert source.is_motion_reduced
    source.set_reduced_motion(False)
    assert not settings.view.less_motion.isChecked()


def test_rows_stand_apart_where_there_is_room(window: Window, settings: SettingsPanel, qtbot: QtBot) -> None:
    tight = _pitch(settings)
    window.resize(600, 1000)
    qtbot.waitUntil(lambda: _pitch(settings) > tight)
    assert (tight, _pitch(settings)) == (30, 32)


def _pitch(settings: SettingsPanel) -> int:
    training = settings.training
    top = training.learning_rate.mapTo(settings, QPoint()).y()
    return training.batch_size.mapTo(settings, QPoint()).y() - top


@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.LIGHT])
@pytest.mark.parametrize("factor", [1.0, 1.15])
def test_no_label_is_cut(window: Window, source: ThemeSource, choice: ThemeChoice, factor: float) -> None:
    source.set_choice(choice)
    source.set_factor(factor)
    window.settings.setFixedWidth(round(250 + (factor - 1.0) / 0.15 * 44))
    window.settings.show_config(TrainingConfig((784, *[16] * 10, 10), optimizer="nesterov"))
    QApplication.processEvents()
    assert cut_labels(window) == []


def test_fields_of_all_sections_share_their_edges(settings: SettingsPanel) -> None:
    fields: list[QWidget] = [*settings.findChildren(NumberField), *settings.findChildren(ChoiceField)]
    lefts = {field.mapTo(settings, QPoint()).x() for field in fields if field.isVisible()}
    assert len(lefts) == 1


def test_ten_layers_scroll_without_moving_the_fields(
    make_window: Callable[[TrainingConfig], Window], settings: SettingsPanel, qtbot: QtBot
) -> None:
    deep = make_window(TrainingConfig((784, *[16] * 10, 10))).settings
    column = deep.findChild(ScrollColumn)
    assert column is not None
    assert column.bar.isVisible()
    assert deep.training.seed.width() == settings.training.seed.width()
    turn_wheel(column.viewport(), -30)
    assert column.verticalScrollBar().value() == column.verticalScrollBar().maximum()
    assert column.bar.value() == column.bar.maximum() > 0


def test_scrolling_past_a_field_never_edits_it(make_window: Callable[[TrainingConfig], Window]) -> None:
    settings = make_window(TrainingConfig((784, *[16] * 10, 10))).settings
    column = settings.findChild(ScrollColumn)
    assert column is not None
    field = settings.layers.hidden_fields[3]
    QTest.mouseMove(field)
    turn_wheel(field, -1)
    assert field.value == 16
    assert column.verticalScrollBar().value() > 0


def test_a_field_being_typed_into_takes_the_wheel(settings: SettingsPanel, qtbot: QtBot) -> None:
    field = settings.training.batch_size
    QTest.mouseClick(field, LEFT)
    turn_wheel(field, 1)
    assert editor(field).text() == "20"
    with qtbot.waitSignal(settings.change_requested) as told:
        QTest.keyClick(editor(field), Qt.Key.Key_Return)
    assert told.args == [SetBatchSize(20)]


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_space_is_the_windows_again_once_typing_is_over(window: Window, end: Qt.Key) -> None:
    field = window.settings.training.seed
    QTest.mouseClick(field, LEFT)
    press_at_focus(window, Qt.Key.Key_5)
    assert window.keys == []
    press_at_focus(window, end)
    press_at_focus(window, Qt.Key.Key_Space)
    press_at_focus(window, Qt.Key.Key_Right)
    assert window.keys == [Qt.Key.Key_Space, Qt.Key.Key_Right]
    assert field.value == (5 if end == Qt.Key.Key_Return else 0)


def test_a_click_on_empty_ground_takes_what_was_typed_and_frees_the_keys(window: Window) -> None:
    field = window.settings.training.seed
    QTest.mouseClick(field, LEFT)
    QTest.keyClicks(editor(field), "42")
    QTest.mouseClick(window.windowHandle(), LEFT, pos=window.ground.mapTo(window, QPoint(100, 100)))
    assert window.settings.config.seed == 42
    press_at_focus(window, Qt.Key.Key_Space)
    assert window.keys == [Qt.Key.Key_Space]


def test_dragging_a_field_leaves_the_keys_to_the_window(window: Window) -> None:
    field = window.settings.training.seed
    QTest.mousePress(field, LEFT, pos=QPoint(20, 13))
    QTest.mouseMove(field, QPoint(60, 13))
    QTest.mouseRelease(field, LEFT, pos=QPoint(60, 13))
    before = field.value
    press_at_focus(window, Qt.Key.Key_Right)
    assert field.value == before
    assert window.keys == [Qt.Key.Key_Right]


def test_tab_goes_from_top_to_bottom(make_window: Callable[[TrainingConfig], Window]) -> None:
    window = make_window(replace(START, optimizer="momentum"))
    settings = window.settings
    QTest.mouseClick(settings.layers.add_layer, LEFT)
    layers, training, view = settings.layers, settings.training, settings.view
    (first, second), (first_remove, second_remove) = layers.hidden_fields, layers.hidden.removers
    expected: list[QWidget] = [first, first_remove, second, second_remove]
    expected += [layers.add_layer, layers.activation, layers.initializer]
    expected += [training.loss, training.optimizer, training.momentum, training.learning_rate]
    expected += [training.batch_size, training.l2, training.l1, training.seed, training.next_seed]
    expected += [settings.data.dataset, view.less_motion, view.edges, view.input_style, view.images]
    expected += [view.bias_nodes, view.sign_as_dashes]
    first.setFocus()
    seen = []
    for _ in expected:
        seen.append(QApplication.focusWidget())
        press_at_focus(window, Qt.Key.Key_Tab)
    assert seen == expected


def test_the_keyboard_stays_near_when_its_layer_goes(window: Window) -> None:
    layers = window.settings.layers
    layers.hidden.removers[0].setFocus()
    press_at_focus(window, Qt.Key.Key_Space)
    assert layers.hidden_fields == ()
    assert QApplication.focusWidget() is layers.add_layer


def test_every_field_and_button_has_a_name_of_its_own(
    make_window: Callable[[TrainingConfig], Window],
) -> None:
    settings = make_window(TrainingConfig((784, 30, 20, 10), optimizer="momentum")).settings
    named: list[QWidget] = [*settings.findChildren(NumberField), *settings.findChildren(ChoiceField)]
    named += settings.layers.hidden.removers
    names = [widget.accessibleName() for widget in named if widget.isVisible()]
    assert all(names)
    assert len(set(names)) == len(names)
    assert "Neurons of hidden 2 layer: 20" in names
