"""Which network reads the drawing, and the switch to read with the one in training."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.switch import Switch
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.sentence_line import shortened
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource


class ReaderLine(QWidget):
    """Names the network; a name too long for the line is shortened by whole words.

    Signals
    -------
    follow_training_changed
        Whether the drawing is to be read by the network in training, as it learns.
    undo_requested
        The last lesson is to be taken back.
    """

    follow_training_changed = Signal(bool)
    undo_requested = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._caption = ""
        self._layers = TextLabel(source, "", FontRole.VALUE)
        self._origin = TextLabel(source, "", FontRole.BODY, "secondary")
        # The origin takes what is left: its own length must not move the switch.
        self._origin.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._follow = Switch(source, "Follow training", role=FontRole.LABEL)
        self._follow.setToolTip("Read the drawing with the network that is being trained, as it learns.")
        self._follow.toggled.connect(self.follow_training_changed)
        self._undo = Button(source, icon="undo", tip="Take the last lesson back")
        self._undo.clicked.connect(self.undo_requested)
        self._undo.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._layers)
        self._row.addWidget(self._origin, 1)
        self._row.addWidget(self._undo)
        self._row.addWidget(self._follow)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def text(self) -> str:
        """The network's whole name."""
        return self._caption

    @property
    def is_following(self) -> bool:
        """Whether the switch is on."""
        return self._follow.isChecked()

    def show_network(self, caption: str) -> None:
        """Name the network, for example ``"784–128–10, bundled, 98.1 % on MNIST test"``."""
        if caption != self._caption:
            self._caption = caption
            self._layers.setText(caption.partition(", ")[0])
            self.setToolTip(caption)
            self._fit()

    def show_lessons(self, count: int) -> None:
        """Offer to take lessons back while there are any."""
        self._undo.setVisible(count > 0)
        self._fit()

    def set_following(self, is_following: bool) -> None:
        """Put the switch on or off, which is told as if the user had done it."""
        self._follow.setChecked(is_following)

    def set_follow_available(self, is_available: bool) -> None:
        """Allow following only while there is a network in training."""
        self._follow.setEnabled(is_available)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetricsF(self._source.font(FontRole.BODY))
        beside = [self._layers, self._follow, *([] if self._undo.isHidden() else [self._undo])]
        taken = sum(widget.sizeHint().width() + self._row.spacing() for widget in beside)
        self._origin.setText(shortened(self._caption.partition(", ")[2], metrics, self.width() - taken))

    def _on_look_changed(self) -> None:
        self._row.setSpacing(self._source.px(8))
        self._fit()
