"""The phases of a drawing's own pass as a small row: jump to one, or play them again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.blame import BlameStage

_TIPS = {
    BlameStage.FORWARD: "What the network computes from the drawing",
    BlameStage.LOSS: "How far the outputs are from the label",
    BlameStage.BACKWARD: "Who is to blame: δ of every neuron, ∂L/∂w of every weight",
    BlameStage.PIXELS: "∂L/∂pixel: which pixels would lower the loss",
}


class PhasePlayerBar(QWidget):
    """Belongs to the GUI thread.

    Signals
    -------
    stage_chosen
        The user wants to see this `BlameStage`.
    replay_requested
        The user wants to see all of it again, layer by layer.
    """

    stage_chosen = Signal(object)
    replay_requested = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        segments = [Segment(stage.value, tip=_TIPS[stage]) for stage in BlameStage]
        self._stages = SegmentedControl(source, segments)
        self.replay = Button(source, icon="reset", tip="Play it again, layer by layer")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._stages)
        row.addStretch(1)
        row.addWidget(self.replay)
        self._stages.index_changed.connect(lambda index: self.stage_chosen.emit(tuple(BlameStage)[index]))
        self.replay.clicked.connect(self.replay_requested)

    @property
    def stage(self) -> BlameStage:
        """The stage shown as the present one."""
        return tuple(BlameStage)[self._stages.index]

    def show_stage(self, stage: BlameStage) -> None:
        """Show where the pass has come; emits nothing."""
        if stage is not self.stage:
            self._stages.set_index(tuple(BlameStage).index(stage))
