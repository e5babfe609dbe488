"""The digit to draw next, large enough for the last row, and how long the pen may rest."""

from PySide6.QtCore import QPropertyAnimation, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import DISPLAY, FontRole, make_font
from bpviz.ui.style.theme_source import ThemeSource

_LEAD, _LEAD_BEFORE_8 = "Draw a", "Draw an"
_DIGIT_PX, _SMALL_DIGIT_PX = 168, 112
_BAR_STEPS, _BAR_PX = 1000, 6


class PromptView(QWidget):
    """Shows what to draw, what was kept last, and a bar that runs out while the pen rests."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._is_small = False
        self._create()
        self._lay_out()
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def digit_text(self) -> str:
        """The digit as it stands there."""
        return self._digit.text()

    @property
    def status_text(self) -> str:
        """What is said below the prompt."""
        return self._status.text()

    @property
    def is_running_out(self) -> bool:
        """Whether the bar of the pause is moving."""
        return self._run_out.state() is QPropertyAnimation.State.Running

    def show_digit(self, digit: int) -> None:
        """Ask for this digit."""
        self._digit.setText(str(digit))
        self._lead.setText(_LEAD_BEFORE_8 if digit == 8 else _LEAD)
        self.setAccessibleName(f"{self._lead.text()} {digit}")

    def show_status(self, sentence: str) -> None:
        """Say what happened last."""
        self._status.setText(sentence)

    def start_pause(self, pause_ms: int) -> None:
        """Let the bar run out."""
        self._run_out.stop()
        self._run_out.setDuration(pause_ms)
        self._run_out.start()

    def stop_pause(self) -> None:
        """Empty the bar."""
        self._run_out.stop()
        self._bar.setValue(0)

    def set_small(self, is_small: bool) -> None:
        """Take less room, for small windows."""
        if is_small != self._is_small:
            self._is_small = is_small
            self._on_theme_changed()

    def _create(self) -> None:
        self._lead = TextLabel(self._source, _LEAD, FontRole.ANSWER_SHARE, "secondary")
        self._digit = QLabel()
        self._status = TextLabel(self._source, "", FontRole.SUBTITLE, "secondary")
        self._status.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, _BAR_STEPS)
        self._bar.setTextVisible(False)
        self._bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._bar.setAccessibleName("Time until the digit is kept")
        self._run_out = QPropertyAnimation(self._bar, b"value", self)
        self._run_out.setStartValue(_BAR_STEPS)
        self._run_out.setEndValue(0)

    def _lay_out(self) -> None:
        self._words = QVBoxLayout()
        self._words.addStretch(1)
        self._words.addWidget(self._status)
        self._words.addWidget(self._bar)
        self._words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._lead)
        self._row.addWidget(self._digit)
        self._row.addLayout(self._words, 1)
        self._status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._digit.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _on_theme_changed(self) -> None:
        px = self._source.px
        size = px(_SMALL_DIGIT_PX if self._is_small else _DIGIT_PX)
        font = make_font(DISPLAY, size, QFont.Weight.Bold)
        self._digit.setFont(font)
        # A label keeps room for accents and tails, which no digit has.
        self._digit.setFixedSize(round(size * 0.72), round(size * 0.9))
        self._digit.setStyleSheet(f"color: {self._source.theme.text.name()}")
        # As wide as its widest words: the digit stays where it is.
        self._lead.setFixedWidth(self._lead.fontMetrics().horizontalAdvance(_LEAD_BEFORE_8))
        self._bar.setFixedHeight(px(_BAR_PX))
        self._row.setSpacing(px(14))
        self._words.setSpacing(px(12))
