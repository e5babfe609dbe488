"""What a learner steers a ball with: rate, one step, play, back to the start, and the rule."""

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.nn.optimizers import OPTIMIZERS
from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.controls.slider import Slider
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.optimizer_step import RULE_NAMES
from bpviz.viewmodel.words.number_format import significant

_NOTCHES = 200
SMALLEST_RATE, LARGEST_RATE = 0.001, 3.0
_DECADES = math.log10(LARGEST_RATE / SMALLEST_RATE)
RULES = tuple(OPTIMIZERS)


class ValleyControls(QWidget):
    """Lives in the GUI thread.

    Signals
    -------
    rate_changed
        The learner set this learning rate.
    step_requested, play_toggled, restart_requested
        Clicks on the buttons.
    rule_chosen
        The name of an update rule, as in `nn.optimizers`.
    """

    rate_changed = Signal(float)
    step_requested = Signal()
    play_toggled = Signal()
    restart_requested = Signal()
    rule_chosen = Signal(str)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.slider = Slider(source, "Learning rate", _NOTCHES)
        self._name = TextLabel(source, "Learning rate η", FontRole.BODY, "secondary")
        self._rate = TextLabel(source, "", FontRole.NUMBER)
        self.step = Button(source, "Step")
        self.play = Button(source, "Play", icon="play", kind=ButtonKind.PLAIN)
        self.restart = Button(source, "Start again", icon="reset", kind=ButtonKind.QUIET)
        self.rules = SegmentedControl(source, [Segment(RULE_NAMES[rule]) for rule in RULES])
        self._lay_out()
        self.slider.valueChanged.connect(lambda notch: self.rate_changed.emit(rate_at(notch)))
        self.step.clicked.connect(self.step_requested)
        self.play.clicked.connect(self.play_toggled)
        self.restart.clicked.connect(self.restart_requested)
        self.rules.index_changed.connect(lambda index: self.rule_chosen.emit(RULES[index]))
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_rate(self, rate: float) -> None:
        """Show the rate that holds; silent."""
        self._rate.setText(significant(rate, 2))
        self.slider.blockSignals(True)
        self.slider.setValue(notch_of(rate))
        self.slider.blockSignals(False)

    def show_playing(self, is_playing: bool) -> None:
        """Show whether the ball is moving by itself."""
        self.play.setText("Pause" if is_playing else "Play")
        self.play.set_icon_name("pause" if is_playing else "play")

    def show_rule(self, rule: str, is_offered: bool) -> None:
        """Show the rule that moves the ball, and whether another may be chosen."""
        self.rules.setVisible(is_offered)
        if rule in RULES:
            self.rules.set_index(RULES.index(rule))

    def _lay_out(self) -> None:
        rate = QVBoxLayout()
        rate.setSpacing(0)
        line = QHBoxLayout()
        line.addWidget(self._name)
        line.addStretch(1)
        line.addWidget(self._rate)
        rate.addLayout(line)
        rate.addWidget(self.slider)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(rate, 1)
        self._row.addWidget(self.step)
        self._row.addWidget(self.play)
        self._row.addWidget(self.restart)
        self._row.addWidget(self.rules)

    def _on_look_changed(self) -> None:
        px = self._source.px
        self._row.setSpacing(px(12))
        self._row.setContentsMargins(px(4), px(4), px(4), 0)


def rate_at(notch: int) -> float:
    """Return the rate at a notch of the slider: equal ways are equal ratios; two significant digits."""
    return float(f"{SMALLEST_RATE * 10.0 ** (notch / _NOTCHES * _DECADES):.2g}")


def notch_of(rate: float) -> int:
    """Return the notch of the slider for a rate."""
    held = min(max(rate, SMALLEST_RATE), LARGEST_RATE)
    return round(math.log10(held / SMALLEST_RATE) / _DECADES * _NOTCHES)
