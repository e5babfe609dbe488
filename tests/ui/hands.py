"""Real clicks, keys and wheel turns on controls, shared by the tests of what is made of them."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from bpviz.ui.controls.choice_field import ChoiceField
from bpviz.ui.controls.number_field import NumberField

LEFT = Qt.MouseButton.LeftButton
NOTCH = 120


def take(field: ChoiceField, label: str) -> None:
    """Open a drop-down field and click the entry with this label."""
    QTest.mouseClick(field, LEFT)
    action = next(action for action in field.menu.actions() if action.text() == label)
    QTest.mouseClick(field.menu, LEFT, pos=field.menu.actionGeometry(action).center())


def editor(field: NumberField) -> QLineEdit:
    """Return the line a number field is typed into."""
    found = field.findChild(QLineEdit)
    assert found is not None
    return found


def type_number(field: NumberField, text: str) -> None:
    """Click a number field, type, press Enter."""
    QTest.mouseClick(field, LEFT)
    QTest.keyClicks(editor(field), text)
    QTest.keyClick(editor(field), Qt.Key.Key_Return)


def turn_wheel(widget: QWidget, notches: int) -> None:
    """Turn the wheel over the middle of a widget; the window system gives it to whoever takes it."""
    window = widget.window()
    place = widget.mapTo(window, QPointF(widget.rect().center()))
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, NOTCH * notches))


def press_at_focus(window: QWidget, key: Qt.Key) -> None:
    """Press a key where the keyboard is now, as the window system would."""
    QTest.keyClick(QApplication.focusWidget() or window, key)


def cut_labels(window: QWidget) -> list[str]:
    """Return the texts of all labels shown that are wider than their place."""
    return [
        label.text()
        for label in window.findChildren(QLabel)
        if label.isVisible()
        and label.text()
        and QFontMetricsF(label.font()).horizontalAdvance(label.text()) > label.width() + 1
    ]
