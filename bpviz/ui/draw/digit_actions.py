"""What can be done once a digit is asked about: see its error, teach it to the network, take that back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.number_range import NumberRange
from bpviz.ui.style.theme_source import ThemeSource

DEFAULT_RATE = 0.005
_RATES = NumberRange(0.0001, 1.0, is_log=True)
_FIELD_PX = 60
_ERROR_HIDDEN, _ERROR_SHOWN = "Show the error", "Hide the error"


class DigitActions(QWidget):
    """A row of buttons; belongs to the GUI thread.

    Signals
    -------
    error_toggled
        Whether the drawing's own backward pass is to be shown, with the digit as its label.
    teach_requested
        One step of gradient descent on the drawing is wanted, at this learning rate.
    undo_requested
        The last such step is to be taken back.
    """

    error_toggled = Signal(bool)
    teach_requested = Signal(float)
    undo_requested = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.error = Button(source, _ERROR_HIDDEN)
        self.error.setCheckable(True)
        self.teach = Button(source, "Teach once")
        self.rate = NumberField(source, "Learning rate", _RATES, DEFAULT_RATE)
        self.rate.setToolTip("The learning rate of the one step.")
        self.undo = Button(source, icon="undo", tip="Take the last lesson back")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.error)
        self._row.addStretch(1)
        for widget in (self.teach, self.rate, self.undo):
            self._row.addWidget(widget)
        self.error.clicked.connect(self.error_toggled)
        self.teach.clicked.connect(lambda: self.teach_requested.emit(self.rate.value))
        self.undo.clicked.connect(self.undo_requested)
        self.show_lessons(0)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_asked(self, digit: int) -> None:
        """Say on the buttons which digit they are about."""
        self.error.set_tip(f"Give the drawing the label {digit} and watch its own backward pass.")
        self.teach.set_tip(
            f"One step of gradient descent on this drawing with the label {digit}, on a copy of the network."
        )

    def show_lessons(self, count: int) -> None:
        """Tell how many steps can be taken back."""
        self.undo.setEnabled(count > 0)
        self.undo.set_tip(f"Take the last lesson back ({count} so far)" if count else "Nothing taught yet")

    def set_error_shown(self, is_shown: bool) -> None:
        """Show the button pressed or not; emits nothing."""
        self.error.setChecked(is_shown)
        self.error.setText(_ERROR_SHOWN if is_shown else _ERROR_HIDDEN)

    def _on_look_changed(self) -> None:
        self._row.setSpacing(self._source.px(6))
        self.rate.setFixedWidth(self._source.px(_FIELD_PX))
