"""Branches are chips to click, name and drop; five are the most; one alone takes no room."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from bpviz.training.branches import BranchInfo
from bpviz.ui.lab.branch_bar import FULL_SENTENCE, BranchBar
from bpviz.ui.lab.run_foot import RunFoot
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.curves import RunCurves
from tests.viewmodel.branching import branch
from tests.viewmodel.measured_rows import rows

LEFT = Qt.MouseButton.LeftButton


def futures(n: int, current: int = 0) -> tuple[BranchInfo, ...]:
    first = branch(0, name="original", is_current=current == 0)
    others = (branch(i, 0, 100 * i, f"η 0.5 → {i}", is_current=current == i) for i in range(1, n))
    return (first, *others)


@pytest.fixture
def curves() -> RunCurves:
    curves = RunCurves(100, 1)
    curves.add(rows(1, [0.5] * 600))
    return curves


@pytest.fixture
def foot(qtbot: QtBot, source: ThemeSource, curves: RunCurves) -> RunFoot:
    foot = RunFoot(source, curves)
    qtbot.addWidget(foot)
    foot.resize(1280, foot.sizeHint().height())
    foot.show()
    return foot


def show(foot: RunFoot, curves: RunCurves, branches: tuple[BranchInfo, ...]) -> BranchBar:
    curves.set_branches(branches)
    foot.show_branches()
    foot.resize(1280, foot.sizeHint().height())
    return foot.branches


def test_one_branch_takes_no_height(foot: RunFoot, curves: RunCurves) -> None:
    alone = foot.sizeHint().height()
    assert alone == foot.recording.height()
    assert not foot.branches.isVisible()
    bar = show(foot, curves, futures(2))
    assert bar.isVisible()
    assert foot.sizeHint().height() == alone + 36


def test_current_branch_is_marked(foot: RunFoot, curves: RunCurves) -> None:
    bar = show(foot, curves, futures(3, current=2))
    assert [bar.chip(i).is_current for i in range(3)] == [False, False, True]
    assert "shown" in bar.chip(2).accessibleName()


def test_a_click_selects_another_branch_and_not_the_current_one(
    qtbot: QtBot, foot: RunFoot, curves: RunCurves
) -> None:
    bar = show(foot, curves, futures(3, current=2))
    with qtbot.waitSignal(foot.branch_selected) as chosen:
        QTest.mouseClick(bar.chip(1), LEFT)
    assert chosen.args == [1]
    with qtbot.assertNotEmitted(foot.branch_selected):
        QTest.mouseClick(bar.chip(2), LEFT)


def test_a_chip_can_be_chosen_by_key(qtbot: QtBot, foot: RunFoot, curves: RunCurves) -> None:
    bar = show(foot, curves, futures(2))
    with qtbot.waitSignal(foot.branch_selected) as chosen:
        QTest.keyClick(bar.chip(1), Qt.Key.Key_Space)
    assert chosen.args == [1]


def test_double_click_names_a_branch(qtbot: QtBot, foot: RunFoot, curves: RunCurves) -> None:
    chip = show(foot, curves, futures(2)).chip(1)
    QTest.mouseDClick(chip, LEFT)
    editor = chip.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "  faster   one ")
    with qtbot.waitSignal(foot.branch_renamed) as named:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert named.args == [1, "faster one"]
    assert not editor.isVisible()


@pytest.mark.parametrize(("typed", "key"), [("other", Qt.Key.Key_Escape), (" ", Qt.Key.Key_Return)])
def test_naming_can_be_given_up(
    qtbot: QtBot, foot: RunFoot, curves: RunCurves, typed: str, key: Qt.Key
) -> None:
    chip = show(foot, curves, futures(2)).chip(1)
    QTest.keyClick(chip, Qt.Key.Key_F2)
    editor = chip.findChild(QLineEdit)
    assert editor is not None
    assert editor.isVisible()
    with qtbot.assertNotEmitted(foot.branch_renamed):
        QTest.keyClicks(editor, typed)
        QTest.keyClick(editor, key)


def test_the_cross_drops_a_branch_and_does_not_show_it(
    qtbot: QtBot, foot: RunFoot, curves: RunCurves
) -> None:
    chip = show(foot, curves, futures(3)).chip(2)
    with (
        qtbot.assertNotEmitted(foot.branch_selected),
        qtbot.waitSignal(foot.branch_drop_requested) as dropped,
    ):
        QTest.mouseClick(chip, LEFT, pos=chip.cross_rect.center().toPoint())
    assert dropped.args == [2]


def test_the_branch_shown_cannot_be_dropped(qtbot: QtBot, foot: RunFoot, curves: RunCurves) -> None:
    chip = show(foot, curves, futures(2)).chip(0)
    assert chip.cross_rect.isEmpty()
    with qtbot.assertNotEmitted(foot.branch_drop_requested):
        QTest.keyClick(chip, Qt.Key.Key_Delete)


def test_delete_drops_another_branch(qtbot: QtBot, foot: RunFoot, curves: RunCurves) -> None:
    bar = show(foot, curves, futures(2))
    with qtbot.waitSignal(foot.branch_drop_requested) as dropped:
        QTest.keyClick(bar.chip(1), Qt.Key.Key_Delete)
    assert dropped.args == [1]


def test_the_switch_asks_for_a_race(qtbot: QtBot, foot: RunFoot, curves: RunCurves) -> None:
    bar = show(foot, curves, futures(2))
    with qtbot.waitSignal(foot.race_requested) as asked:
        QTest.mouseClick(bar.race, LEFT)
    assert asked.args == [True]
    with qtbot.assertNotEmitted(foot.race_requested):
        foot.set_racing(False)
    assert not bar.race.isChecked()


def test_the_button_asks_for_a_fork(qtbot: QtBot, foot: RunFoot) -> None:
    with qtbot.waitSignal(foot.fork_requested):
        QTest.mouseClick(foot.fork, LEFT)


def test_five_branches_are_the_most_and_that_is_said(foot: RunFoot, curves: RunCurves) -> None:
    def said() -> bool:
        return any(label.isVisible() and label.text() == FULL_SENTENCE for label in foot.findChildren(QLabel))

    show(foot, curves, futures(4))
    assert foot.fork.isEnabled()
    assert not said()
    show(foot, curves, futures(5))
    assert not foot.fork.isEnabled()
    assert foot.fork.toolTip() == FULL_SENTENCE
    assert said()


def test_nothing_can_be_forked_before_training(foot: RunFoot, curves: RunCurves) -> None:
    curves.begin(100, 1)
    foot.begin_run()
    assert not foot.fork.isEnabled()
    curves.add(rows(1, [0.5] * 10))
    foot.refresh()
    assert foot.fork.isEnabled()


@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_five_long_names_fit_beside_each_other(
    qapp: QApplication, foot: RunFoot, curves: RunCurves, width: int
) -> None:
    long = tuple(branch(i, 0, i, f"momentum → adam, η 0.5 → 0.0{i}") for i in range(1, 5))
    bar = show(foot, curves, (branch(0, name="original", is_current=True), *long))
    foot.resize(width, foot.height())
    qapp.processEvents()
    rights = [bar.chip(i).geometry().right() for i in range(5)]
    lefts = [bar.chip(i).geometry().left() for i in range(5)]
    assert all(left > right for left, right in zip(lefts[1:], rights[:-1], strict=True))
    assert bar.race.geometry().right() <= width
    # Names are cut with an ellipsis, not by the layout.
    assert all(bar.chip(i).width() >= bar.chip(i).sizeHint().width() for i in range(5))
    assert bar.chip(0).width() >= bar.chip(0).whole_width - 1


def test_chips_of_dropped_branches_are_gone(foot: RunFoot, curves: RunCurves) -> None:
    bar = show(foot, curves, futures(3))
    third = bar.chip(2)
    show(foot, curves, futures(2))
    assert not third.isVisible()
