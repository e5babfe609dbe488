"""The segmented control takes exactly one choice, by mouse or keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.style.theme_source import ThemeSource


@pytest.fixture
def steps(qtbot: QtBot, source: ThemeSource) -> SegmentedControl:
    control = SegmentedControl(
        source, [Segment("Layer"), Segment("Phase"), Segment("Epoch", "clock", "One epoch")]
    )
    qtbot.addWidget(control)
    with qtbot.waitExposed(control):
        control.show()
    return control


def test_first_choice_is_taken_at_the_start(steps: SegmentedControl) -> None:
    assert steps.index == 0


def test_click_takes_a_choice_and_tells_it_once(qtbot: QtBot, steps: SegmentedControl) -> None:
    told: list[int] = []
    steps.index_changed.connect(told.append)
    for _ in range(2):
        QTest.mouseClick(steps.button(2), Qt.MouseButton.LeftButton)
    assert told == [2]
    assert [steps.button(index).isChecked() for index in range(3)] == [False, False, True]


def test_arrow_keys_move_the_choice(qtbot: QtBot, steps: SegmentedControl) -> None:
    steps.button(0).setFocus()
    with qtbot.waitSignal(steps.index_changed) as told:
        QTest.keyClick(steps.button(0), Qt.Key.Key_Right)
    assert told.args == [1]
    with qtbot.waitSignal(steps.index_changed) as told:
        QTest.keyClick(steps.button(1), Qt.Key.Key_Left)
    assert told.args == [0]


def test_program_takes_a_choice_silently(qtbot: QtBot, steps: SegmentedControl) -> None:
    with qtbot.assertNotEmitted(steps.index_changed):
        steps.set_index(1)
    assert steps.index == 1


def test_refused_choice_says_why_and_cannot_be_taken(qtbot: QtBot, steps: SegmentedControl) -> None:
    steps.set_segment_enabled(2, False, "Only while paused")
    QTest.mouseClick(steps.button(2), Qt.MouseButton.LeftButton)
    assert steps.index == 0
    assert steps.button(2).toolTip() == "Only while paused"
    steps.set_segment_enabled(2, True)
    assert steps.button(2).toolTip() == "One epoch"


def test_taking_a_choice_moves_nothing(qtbot: QtBot, steps: SegmentedControl) -> None:
    before = [steps.button(index).sizeHint() for index in range(3)]
    QTest.mouseClick(steps.button(1), Qt.MouseButton.LeftButton)
    assert [steps.button(index).sizeHint() for index in range(3)] == before


def test_height_follows_the_scale(steps: SegmentedControl, source: ThemeSource) -> None:
    assert steps.height() == 32
    source.set_factor(1.15)
    assert steps.height() == 37


def test_icons_stand_alone_where_words_are_left_out(steps: SegmentedControl) -> None:
    wide = steps.minimumSizeHint().width()
    steps.set_labels_visible(False)
    assert [steps.button(index).text() for index in range(3)] == ["Layer", "Phase", ""]
    assert steps.button(2).accessibleName() == "Epoch"
    assert steps.minimumSizeHint().width() < wide
    steps.set_labels_visible(True)
    assert steps.button(2).text() == "Epoch"
    assert steps.minimumSizeHint().width() == wide


def test_an_icon_alone_tells_its_name_on_hover(qtbot: QtBot, source: ThemeSource) -> None:
    control = SegmentedControl(source, [Segment("Lab", "lab"), Segment("Draw", "draw")])
    qtbot.addWidget(control)
    assert control.button(1).toolTip() == ""
    control.set_labels_visible(False)
    assert control.button(1).toolTip() == "Draw"
    control.set_labels_visible(True)
    assert control.button(1).toolTip() == ""
