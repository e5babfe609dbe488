"""The number field is dragged, turned and typed into."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.number_range import NumberRange
from bpviz.ui.style.theme_source import ThemeSource

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def field(qtbot: QtBot, source: ThemeSource) -> NumberField:
    field = NumberField(source, "Learning rate", NumberRange(0.0, 1.0, step=0.01), 0.5)
    qtbot.addWidget(field)
    field.resize(116, 26)
    with qtbot.waitExposed(field):
        field.show()
    return field


def editor(field: NumberField) -> QLineEdit:
    found = field.findChild(QLineEdit)
    assert found is not None
    return found


def drag(qtbot: QtBot, field: NumberField, *xs: int, shift: bool = False) -> None:
    keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.mousePress(field, LEFT, keys, QPoint(xs[0], 13))
    for x in xs[1:]:
        place = QPointF(x, 13)
        # qtbot.mouseMove knows no modifier keys.
        move = QMouseEvent(
            QEvent.Type.MouseMove, place, field.mapToGlobal(place), Qt.MouseButton.NoButton, LEFT, keys
        )
        QApplication.sendEvent(field, move)


def wheel(field: NumberField, delta: int) -> None:
    point = QPointF(field.rect().center())
    event = QWheelEvent(
        point,
        field.mapToGlobal(point),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)


def test_dragging_follows_the_track_and_commits_once(qtbot: QtBot, field: NumberField) -> None:
    changes: list[float] = []
    commits: list[float] = []
    field.value_changed.connect(changes.append)
    field.value_committed.connect(commits.append)
    drag(qtbot, field, 50, 60, 70)
    # The track is 100 px for 0…1: 20 px are 0.2.
    assert changes == [0.6, 0.7]
    assert commits == []
    QTest.mouseRelease(field, LEFT, pos=QPoint(70, 13))
    assert commits == [0.7]
    assert not field.is_editing


def test_shift_drags_ten_times_finer(qtbot: QtBot, field: NumberField) -> None:
    drag(qtbot, field, 50, 80, shift=True)
    assert field.value == 0.53


def test_drag_ends_at_the_limits(qtbot: QtBot, field: NumberField) -> None:
    drag(qtbot, field, 50, 900)
    assert field.value == 1.0


def test_escape_brings_back_what_was_before_the_drag(qtbot: QtBot, field: NumberField) -> None:
    commits: list[float] = []
    field.value_committed.connect(commits.append)
    drag(qtbot, field, 50, 80)
    assert field.value == 0.8
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.value == 0.5
    QTest.mouseRelease(field, LEFT, pos=QPoint(80, 13))
    assert commits == []


def test_click_and_typing_takes_the_value_on_enter(qtbot: QtBot, field: NumberField) -> None:
    field.setFocus()
    QTest.mouseClick(field, LEFT)
    assert field.is_editing
    assert editor(field).selectedText() == "0.50"
    QTest.keyClicks(editor(field), "0,25")
    with qtbot.waitSignals([field.value_changed, field.value_committed]):
        QTest.keyClick(editor(field), Qt.Key.Key_Return)
    assert field.value == 0.25
    assert editor(field).isHidden()
    assert field.hasFocus()


def test_escape_drops_what_was_typed(qtbot: QtBot, field: NumberField) -> None:
    QTest.mouseClick(field, LEFT)
    QTest.keyClicks(editor(field), "0.9")
    with qtbot.assertNotEmitted(field.value_changed), qtbot.assertNotEmitted(field.value_committed):
        QTest.keyClick(editor(field), Qt.Key.Key_Escape)
    assert field.value == 0.5
    assert not field.is_editing


def test_nonsense_typed_changes_nothing(qtbot: QtBot, field: NumberField) -> None:
    QTest.mouseClick(field, LEFT)
    QTest.keyClicks(editor(field), "fast")
    with qtbot.assertNotEmitted(field.value_changed):
        QTest.keyClick(editor(field), Qt.Key.Key_Return)
    assert field.value == 0.5


def test_typing_a_digit_on_the_focused_field_starts_editing(qtbot: QtBot, field: NumberField) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_0)
    assert editor(field).text() == "0"
    QTest.keyClicks(editor(field), ".3")
    QTest.keyClick(editor(field), Qt.Key.Key_Return)
    assert field.value == 0.3


@pytest.mark.parametrize(
    ("key", "value"),
    [(Qt.Key.Key_Up, 0.51), (Qt.Key.Key_Down, 0.49), (Qt.Key.Key_PageUp, 0.6), (Qt.Key.Key_PageDown, 0.4)],
)
def test_arrow_keys_step_and_commit(qtbot: QtBot, field: NumberField, key: Qt.Key, value: float) -> None:
    field.setFocus()
    with qtbot.waitSignal(field.value_committed) as told:
        QTest.keyClick(field, key)
    assert told.args == [value]


def test_wheel_steps_at_once_and_commits_when_it_rests(qtbot: QtBot, field: NumberField) -> None:
    field.setFocus()
    commits: list[float] = []
    field.value_committed.connect(commits.append)
    wheel(field, 120)
    wheel(field, 120)
    assert field.value == 0.52
    assert commits == []
    qtbot.waitUntil(lambda: commits == [0.52], timeout=2000)


def test_wheel_over_a_field_not_in_use_edits_nothing(field: NumberField) -> None:
    field.clearFocus()
    wheel(field, 120)
    assert field.value == 0.5


def test_wheel_goes_on_from_a_drag_until_the_pointer_leaves(qtbot: QtBot, field: NumberField) -> None:
    commits: list[float] = []
    field.value_committed.connect(commits.append)
    field.clearFocus()
    drag(qtbot, field, 50, 60)
    QTest.mouseRelease(field, LEFT, pos=QPoint(60, 13))
    wheel(field, 120)
    assert field.value == 0.61
    QApplication.sendEvent(field, QEvent(QEvent.Type.Leave))
    wheel(field, 120)
    assert field.value == 0.61
    # The second commit is the wheel's, once it rests.
    qtbot.waitUntil(lambda: commits == [0.6, 0.61], timeout=2000)


def test_wheel_while_typing_steps_from_what_was_typed(qtbot: QtBot, field: NumberField) -> None:
    QTest.mouseClick(field, LEFT)
    QTest.keyClicks(editor(field), "0.7")
    wheel(field, 120)
    assert field.value == 0.71
    assert editor(field).text() == "0.71"
    with qtbot.waitSignal(field.value_committed) as told:
        QTest.keyClick(editor(field), Qt.Key.Key_Escape)
    assert told.args == [0.5], "Escape brings back what was there before the wheel too"
    assert field.value == 0.5


def test_home_and_end_take_the_limits(qtbot: QtBot, field: NumberField) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    assert field.value == 1.0
    with qtbot.waitSignal(field.value_committed) as told:
        QTest.keyClick(field, Qt.Key.Key_Home)
    assert told.args == [0.0]


def test_a_key_at_the_limit_tells_nobody(qtbot: QtBot, field: NumberField) -> None:
    field.set_value(1.0)
    field.setFocus()
    with qtbot.assertNotEmitted(field.value_committed):
        QTest.keyClick(field, Qt.Key.Key_Up)


def test_typing_begun_by_a_click_gives_the_keys_back_to_the_window(field: NumberField) -> None:
    field.clearFocus()
    QTest.mouseClick(field, LEFT)
    QTest.keyClick(editor(field), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is None


def test_escape_leaves_the_field(field: NumberField) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.hasFocus()


def test_range_widens_for_what_must_be_shown(field: NumberField) -> None:
    field.set_limits(field.limits.holding(3.0))
    field.set_value(3.0)
    assert field.value == 3.0
    assert field.limits.minimum == 0.0


def test_a_new_label_names_field_and_editor(field: NumberField) -> None:
    field.set_label("Momentum")
    assert field.accessibleName() == "Momentum: 0.50"
    assert editor(field).accessibleName() == "Momentum"


def test_a_number_too_long_for_the_field_ends_in_dots(field: NumberField) -> None:
    field.set_limits(NumberRange(0, 2**53, is_integer=True))
    field.set_value(2**53)
    image = field.grab().toImage()
    ground = image.pixelColor(field.width() - 4, 8)
    last_letter = range(field.width() - 19, field.width() - 8)
    above, below = (
        [image.pixelColor(x, y) != ground for x in last_letter for y in rows]
        for rows in (range(5, 12), range(12, 18))
    )
    assert not any(above)
    assert any(below)


def test_parts_of_a_wheel_notch_add_up(field: NumberField) -> None:
    field.setFocus()
    for _ in range(4):
        wheel(field, -30)
    assert field.value == 0.49


def test_program_sets_the_value_silently_and_within_limits(qtbot: QtBot, field: NumberField) -> None:
    with qtbot.assertNotEmitted(field.value_changed):
        field.set_value(7.0)
    assert field.value == 1.0
    assert field.accessibleName() == "Learning rate: 1.00"


def test_new_limits_bring_the_value_inside(field: NumberField) -> None:
    field.set_limits(NumberRange(0.0, 0.25))
    assert field.value == 0.25


def test_arrow_keys_do_not_step_while_typing(qtbot: QtBot, field: NumberField) -> None:
    QTest.mouseClick(field, LEFT)
    with qtbot.assertNotEmitted(field.value_changed):
        QTest.keyClick(editor(field), Qt.Key.Key_Up)


def test_leaving_the_field_takes_what_was_typed(qtbot: QtBot, field: NumberField) -> None:
    QTest.mouseClick(field, LEFT)
    QTest.keyClicks(editor(field), "0.7")
    with qtbot.waitSignal(field.value_committed) as told:
        editor(field).clearFocus()
    assert told.args == [0.7]
    assert not field.is_editing


@pytest.mark.qt_log_ignore("not accepted by receiving widget", extend=True)
def test_disabled_field_takes_nothing(qtbot: QtBot, field: NumberField) -> None:
    field.setEnabled(False)
    QTest.mouseClick(field, LEFT)
    assert not field.is_editing


def test_track_is_as_long_as_the_value_lies(field: NumberField, source: ThemeSource) -> None:
    field.set_value(0.75)
    image = field.grab().toImage()
    ink = source.theme.secondary
    row = [image.pixelColor(x, 22) == ink for x in range(field.width())]
    assert abs(sum(row) - 75) <= 2
