"""The top bar: real clicks become intents, figures never move anything, nothing is cut."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.training.messages import StepSize
from bpviz.ui.mode import Mode
from bpviz.ui.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.transport_bar import TransportBar
from bpviz.ui.type_scale import scale_factor
from bpviz.viewmodel.pace import FASTEST_STEP
from bpviz.viewmodel.run_place import RunPlace
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


def test_the_step_button_goes_as_far_as_chosen(bar: TransportBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.step_requested) as told:
        QTest.mouseClick(bar.step, LEFT)
    assert told.args == [StepSize.ITERATION]
    QTest.mouseClick(bar.steps.button(1), LEFT)
    with qtbot.waitSignal(bar.step_requested) as told:
        QTest.mouseClick(bar.step, LEFT)
    assert told.args == [StepSize.EPOCH]


def test_a_mode_is_taken_by_click_and_shown_silently(bar: TransportBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.mode_changed) as told:
        QTest.mouseClick(bar.modes.button(1), LEFT)
    assert told.args == [Mode.DRAW]
    with qtbot.assertNotEmitted(bar.mode_changed):
        bar.set_mode(Mode.LAB)
    assert bar.modes.index == 0


def test_the_slider_gives_a_pace_and_at_its_end_none(bar: TransportBar, qtbot: QtBot) -> None:
    slider = bar.speed.slider
    with qtbot.waitSignal(bar.pace_changed) as told:
        QTest.mouseClick(slider, LEFT, pos=QPoint(0, slider.height() // 2))
    assert told.args == [1.0]
    assert slider.accessibleName() == "Speed: 1 it/s"
    with qtbot.waitSignal(bar.pace_changed) as told:
        QTest.mouseClick(slider, LEFT, pos=QPoint(slider.width() - 1, slider.height() // 2))
    assert told.args == [None]
    assert slider.accessibleName() == "Speed: Full"


def test_read_outs_show_where_the_run_stands(bar: TransportBar) -> None:
    bar.show_place(MNIST)
    assert bar.epoch.text == "Epoch 3"
    assert bar.iteration.text == "Iteration 212 of 6\u202f000"
    assert bar.samples.text == "Samples 2\u202f120 of 60\u202f000"


def test_counting_up_moves_nothing(bar: TransportBar) -> None:
    bar.resize(1920, 56)
    bar.show_place(RunPlace(0, 1, 0, 6_000, 10, 60_000))
    QApplication.processEvents()
    parts = (bar.epoch, bar.iteration, bar.samples, bar.save, bar.speed)
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
    for step in (0, 60, FASTEST_STEP - 1):
        bar.speed.slider.setValue(step)
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
    optional = (bar.samples, bar.full_screen, bar.iteration)
    seen = []
    for width in (1600, 1100, 1024, 900):
        bar.resize(width, 56)
        QApplication.processEvents()
        seen.append([part.isVisible() for part in optional])
    assert seen == [
        [True, True, True],
        [False, True, True],
        [False, False, True],
        [False, False, False],
    ]
    bar.resize(1600, 56)
    assert all(part.isVisible() for part in optional)


def test_samples_stay_out_where_they_are_not_wanted(bar: TransportBar) -> None:
    bar.resize(1920, 56)
    assert bar.samples.isVisible()
    bar.set_samples_visible(False)
    assert not bar.samples.isVisible()


def test_tab_goes_from_left_to_right(bar: TransportBar) -> None:
    bar.activateWindow()
    expected: list[QWidget] = [bar.modes.button(0), bar.reset, bar.run, bar.step, bar.steps.button(0)]
    expected += [bar.speed.slider, bar.open, bar.save, bar.theme, bar.full_screen]
    expected[0].setFocus()
    seen = []
    for _ in expected:
        seen.append(QApplication.focusWidget())
        press_at_focus(bar, Qt.Key.Key_Tab)
    assert seen == expected


def test_buttons_without_text_have_names(bar: TransportBar) -> None:
    buttons = (bar.reset, bar.step, bar.open, bar.save, bar.theme, bar.full_screen)
    names = [button.accessibleName() for button in buttons]
    assert all(names)
    assert len(set(names)) == len(names)
