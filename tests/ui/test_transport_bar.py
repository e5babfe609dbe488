"""The top bar: real clicks become intents, figures never move anything, nothing is cut."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.ui.mode import Mode
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.style.type_scale import scale_factor
from bpviz.ui.transport_bar import TransportBar
from bpviz.viewmodel.run.play_clock import FASTEST_STEP, FULL_SPEED, Speed, SpeedUnit
from bpviz.viewmodel.run.run_place import RunPlace
from bpviz.viewmodel.run.steps import StepLevel
from tests.ui.hands import LEFT, cut_labels, press_at_focus

MNIST = RunPlace(12_212, 3, 212, 6_000, 10, 60_000)


@pytest.fixture
def bar(qtbot: QtBot, source: ThemeSource) -> TransportBar:
    bar = TransportBar(source)
    qtbot.addWidget(bar)
    bar.resize(1280, 56)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        ("reset", "reset_requested"),
        ("open", "open_requested"),
        ("save", "save_requested"),
        ("theme", "theme_toggled"),
        ("full_screen", "full_screen_toggled"),
    ],
)
def test_a_click_is_told_as_what_the_user_wants(
    bar: TransportBar, qtbot: QtBot, button: str, signal: str
) -> None:
    with qtbot.waitSignal(getattr(bar, signal)):
        QTest.mouseClick(getattr(bar, button), LEFT)


def test_the_run_button_pauses_while_it_runs(bar: TransportBar, qtbot: QtBot) -> None:
    assert bar.run.text() == "Run"
    with qtbot.waitSignal(bar.run_requested), qtbot.assertNotEmitted(bar.pause_requested):
        QTest.mouseClick(bar.run, LEFT)
    assert bar.run.text() == "Run", "it shows what is, not what was asked for"
    bar.show_running(True)
    assert bar.run.text() == "Pause"
    with qtbot.waitSignal(bar.pause_requested), qtbot.assertNotEmitted(bar.run_requested):
        QTest.mouseClick(bar.run, LEFT)


def test_run_and_pause_take_the_same_room(bar: TransportBar) -> None:
    before = bar.step.x()
    bar.show_running(True)
    QApplication.processEvents()
    assert bar.step.x() == before


def test_a_step_is_an_iteration_at_first(bar: TransportBar) -> None:
    assert bar.level is StepLevel.ITERATION


@pytest.mark.parametrize(("index", "level"), list(enumerate(StepLevel)))
def test_step_and_back_go_as_far_as_chosen(
    bar: TransportBar, qtbot: QtBot, index: int, level: StepLevel
) -> None:
    QTest.mouseClick(bar.steps.button(index), LEFT)
    assert bar.level is level
    with qtbot.waitSignal(bar.step_requested) as told, qtbot.assertNotEmitted(bar.back_requested):
        QTest.mouseClick(bar.step, LEFT)
    assert told.args == [level]
    with qtbot.waitSignal(bar.back_requested) as told, qtbot.assertNotEmitted(bar.step_requested):
        QTest.mouseClick(bar.back, LEFT)
    assert told.args == [level]


def test_the_ladder_is_told_when_clicked_and_shown_silently(bar: TransportBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.level_changed) as told:
        QTest.mouseClick(bar.steps.button(0), LEFT)
    assert told.args == [StepLevel.NEURON]
    with qtbot.assertNotEmitted(bar.level_changed):
        bar.set_level(StepLevel.EPOCH)
    assert bar.level is StepLevel.EPOCH
    assert bar.steps.button(4).isChecked()


def test_every_step_of_the_ladder_names_its_key(bar: TransportBar) -> None:
    labels = [bar.steps.button(index).text() for index in range(5)]
    assert labels == ["Neuron", "Layer", "Phase", "Iteration", "Epoch"]
    tips = [bar.steps.button(index).toolTip() for index in range(5)]
    assert [tip[-3:] for tip in tips] == ["(1)", "(2)", "(3)", "(4)", "(5)"]


def test_a_mode_is_taken_by_click_and_shown_silently(bar: TransportBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.mode_changed) as told:
        QTest.mouseClick(bar.modes.button(1), LEFT)
    assert told.args == [Mode.DRAW]
    with qtbot.assertNotEmitted(bar.mode_changed):
        bar.set_mode(Mode.LAB)
    assert bar.modes.index == 0


def test_the_slider_goes_from_one_neuron_a_second_to_flat_out(bar: TransportBar, qtbot: QtBot) -> None:
    slider = bar.speed_slider.slider
    assert bar.speed == FULL_SPEED
    with qtbot.waitSignal(bar.speed_changed) as told:
        QTest.mouseClick(slider, LEFT, pos=QPoint(0, slider.height() // 2))
    assert told.args == [Speed(SpeedUnit.NEURONS, 1)]
    assert bar.speed == Speed(SpeedUnit.NEURONS, 1)
    assert slider.accessibleName() == "Speed: 1 neuron/s"
    with qtbot.waitSignal(bar.speed_changed) as told:
        QTest.mouseClick(slider, LEFT, pos=QPoint(slider.width() - 1, slider.height() // 2))
    assert told.args == [FULL_SPEED]
    assert slider.accessibleName() == "Speed: Full"


def test_a_speed_is_told_once_however_far_the_slider_goes_within_it(bar: TransportBar) -> None:
    told: list[Speed] = []
    bar.speed_slider.slider.setValue(0)
    bar.speed_changed.connect(told.append)
    bar.activateWindow()
    bar.speed_slider.slider.setFocus()
    for _ in range(9):
        press_at_focus(bar, Qt.Key.Key_Right)
    assert bar.speed_slider.slider.value() == 9
    assert [speed.value for speed in told] == [2, 3]


def test_read_outs_show_where_the_run_stands(bar: TransportBar) -> None:
    bar.show_place(MNIST)
    assert bar.epoch.text == "Epoch 3"
    assert bar.iteration.text == "Iteration 212 of 6\u202f000"
    assert bar.samples.text == "Samples 2\u202f120 of 60\u202f000"


def test_counting_up_moves_nothing(bar: TransportBar) -> None:
    bar.resize(1920, 56)
    bar.show_place(RunPlace(0, 1, 0, 6_000, 10, 60_000))
    QApplication.processEvents()
    parts = (bar.epoch, bar.iteration, bar.samples, bar.save, bar.speed_slider)
    before = [part.geometry() for part in parts]
    bar.show_place(RunPlace(66_000, 11, 6_000, 6_000, 10, 60_000))
    QApplication.processEvents()
    assert [part.geometry() for part in parts] == before


@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.LIGHT])
@pytest.mark.parametrize("width", [1024, 1100, 1280, 1440, 1500, 1920, 2560])
def test_no_label_is_cut_at_any_width(
    bar: TransportBar, source: ThemeSource, choice: ThemeChoice, width: int
) -> None:
    source.set_choice(choice)
    source.set_factor(scale_factor(width))
    bar.show_place(MNIST)
    bar.resize(width, bar.height())
    for step in (0, 33, 34, 60, FASTEST_STEP - 1):
        bar.speed_slider.slider.setValue(step)
        QApplication.processEvents()
        assert cut_labels(bar) == []
        assert _squeezed(bar) == []
        assert _beyond(bar) == []


def _squeezed(bar: QWidget) -> list[str]:
    return [
        button.text()
        for button in bar.findChildren(QAbstractButton)
        if button.isVisible() and button.width() < button.sizeHint().width() - 1
    ]


def _beyond(bar: TransportBar) -> list[QWidget]:
    last = [part for part in (bar.epoch, bar.iteration, bar.samples) if part.isVisible()][-1]
    return [] if last.geometry().right() < bar.width() else [last]


def test_a_run_with_longer_epochs_is_made_room_for(bar: TransportBar) -> None:
    bar.resize(1024, 56)
    bar.show_place(RunPlace(0, 1, 0, 5, 10, 50))
    QApplication.processEvents()
    bar.show_place(MNIST)
    QApplication.processEvents()
    assert (_squeezed(bar), _beyond(bar)) == ([], [])


def test_what_matters_least_is_left_out_first(bar: TransportBar, source: ThemeSource) -> None:
    bar.show_place(MNIST)
    optional = (bar.samples, bar.full_screen, bar.logo, bar.epoch, bar.iteration)
    left_out: list[int] = []
    for width in range(1600, 850, -10):
        bar.resize(width, 56)
        QApplication.processEvents()
        left_out += [n for n, part in enumerate(optional) if not part.isVisible() and n not in left_out]
    assert left_out == [0, 1, 2, 3, 4]
    bar.resize(1600, 56)
    assert all(part.isVisible() for part in optional)


def test_the_smallest_window_still_shows_ladder_files_and_place(bar: TransportBar) -> None:
    bar.show_place(MNIST)
    bar.resize(1024, 56)
    QApplication.processEvents()
    kept: list[QWidget] = [bar.reset, bar.back, bar.run, bar.step, bar.steps, bar.speed_slider]
    kept += [bar.open, bar.save, bar.theme, bar.epoch, bar.iteration]
    assert all(part.isVisible() for part in kept)
    assert bar.iteration.text == "Iteration 212"
    assert [bar.modes.button(index).text() for index in range(2)] == ["", ""]


def test_the_usual_window_shows_all_but_samples_and_full_screen(bar: TransportBar) -> None:
    bar.show_place(MNIST)
    QApplication.processEvents()
    assert bar.logo.isVisible()
    assert bar.epoch.isVisible()
    assert bar.iteration.text == "Iteration 212 of 6\u202f000"
    assert bar.modes.button(1).text() == "Draw"


def test_samples_stay_out_where_they_are_not_wanted(bar: TransportBar) -> None:
    bar.resize(1920, 56)
    assert bar.samples.isVisible()
    bar.set_samples_visible(False)
    assert not bar.samples.isVisible()


def test_tab_goes_from_left_to_right(bar: TransportBar) -> None:
    bar.activateWindow()
    bar.resize(1600, 56)
    expected: list[QWidget] = [bar.modes.button(0), bar.reset, bar.back, bar.run, bar.step]
    expected += [bar.steps.button(3), bar.speed_slider.slider, bar.open, bar.save, bar.theme, bar.full_screen]
    expected[0].setFocus()
    seen = []
    for _ in expected:
        seen.append(QApplication.focusWidget())
        press_at_focus(bar, Qt.Key.Key_Tab)
    assert seen == expected


def test_buttons_without_text_have_names(bar: TransportBar) -> None:
    buttons = (bar.reset, bar.back, bar.step, bar.open, bar.save, bar.theme, bar.full_screen)
    names = [button.accessibleName() for button in buttons]
    assert all(names)
    assert len(set(names)) == len(names)
