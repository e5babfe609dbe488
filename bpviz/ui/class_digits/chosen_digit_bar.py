"""What can be done with one collected digit: give it another label, or take it away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.data.class_digits import N_CLASSES, ClassDigit
from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource


class ChosenDigitBar(QWidget):
    """`label_chosen(int)` and `removal_requested()` tell what the user wants done with the digit shown."""

    label_chosen = Signal(int)
    removal_requested = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._caption = TextLabel(source, "Label", FontRole.BODY, "secondary")
        self.labels = SegmentedControl(source, [Segment(str(label)) for label in range(N_CLASSES)])
        self.remove = Button(source, "Remove", icon="trash", tip="Take this digit out of the collection")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._caption, self.labels, self.remove):
            self._row.addWidget(widget)
        self.labels.index_changed.connect(self.label_chosen)
        self.remove.clicked.connect(self.removal_requested)
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_digit(self, digit: ClassDigit) -> None:
        """Show the label a digit has and who drew it."""
        self.labels.set_index(digit.label)
        self._caption.setText(f"By {digit.who}" if digit.who else "Label")

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._source.px(8))
