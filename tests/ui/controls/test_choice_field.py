"""The drop-down field: list, keys, refusals."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.controls.choice_field import Choice, ChoiceField
from bpviz.ui.style.theme_source import ThemeSource

# The offscreen platform says this when a list opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CHOICES = (
    Choice("sgd", "SGD", "Plain gradient descent"),
    Choice("momentum", "Momentum", refusal="Not with this data"),
    Choice("adam", "Adam"),
)


@pytest.fixture
def field(qtbot: QtBot, source: ThemeSource) -> ChoiceField:
    field = ChoiceField(source, "Optimiser", CHOICES, "sgd")
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    return field


def test_click_opens_the_list_and_a_click_in_it_takes(qtbot: QtBot, field: ChoiceField) -> None:
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.menu.isVisible()
    adam = field.menu.actionGeometry(field.menu.actions()[2]).center()
    with qtbot.waitSignal(field.choice_changed) as told:
        QTest.mouseClick(field.menu, Qt.MouseButton.LeftButton, pos=adam)
    assert told.args == ["adam"]
    assert field.key == "adam"
    assert not field.menu.isVisible()
    assert field.accessibleName() == "Optimiser: Adam"


def test_list_opens_below_the_field_and_as_wide(qtbot: QtBot, field: ChoiceField) -> None:
    field.resize(180, field.height())
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.menu.width() >= 180
    field.menu.hide()


def test_refused_choice_cannot_be_taken_and_says_why(qtbot: QtBot, field: ChoiceField) -> None:
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    action = field.menu.actions()[1]
    assert action.toolTip() == "Not with this data"
    with qtbot.assertNotEmitted(field.choice_changed):
        QTest.mouseClick(
            field.menu, Qt.MouseButton.LeftButton, pos=field.menu.actionGeometry(action).center()
        )
    field.menu.hide()
    assert field.key == "sgd"


def test_arrow_keys_skip_what_is_refused(qtbot: QtBot, field: ChoiceField) -> None:
    field.setFocus()
    with qtbot.waitSignal(field.choice_changed) as told:
        QTest.keyClick(field, Qt.Key.Key_Down)
    assert told.args == ["adam"]
    with qtbot.assertNotEmitted(field.choice_changed):
        QTest.keyClick(field, Qt.Key.Key_Down)


def test_keyboard_opens_the_list_and_takes(qtbot: QtBot, field: ChoiceField) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.menu.isVisible()
    QTest.keyClick(field.menu, Qt.Key.Key_Down)
    QTest.keyClick(field.menu, Qt.Key.Key_Return)
    assert field.key == "adam"


def test_program_takes_silently_and_only_what_there_is(qtbot: QtBot, field: ChoiceField) -> None:
    with qtbot.assertNotEmitted(field.choice_changed):
        field.set_key("adam")
    with pytest.raises(ValueError, match="no choice 'rmsprop'"):
        field.set_key("rmsprop")
    assert field.key == "adam"


def test_new_choices_keep_or_replace_the_key(field: ChoiceField) -> None:
    field.set_choices([Choice("a", "A"), Choice("b", "B")], "b")
    assert field.key == "b"
    field.set_choices([Choice("c", "C")], "b")
    assert field.key == "c"


def test_longest_label_fits(field: ChoiceField, source: ThemeSource) -> None:
    narrow = field.sizeHint().width()
    field.set_choices([Choice("x", "Cross-entropy on softmax outputs")])
    assert field.sizeHint().width() > narrow + 80
