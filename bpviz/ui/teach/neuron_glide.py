"""Leads the eye from one neuron to the next: what a lesson changes moves there, and all else follows."""

from dataclasses import replace

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

from bpviz.viewmodel.lessons.neuron import between
from bpviz.viewmodel.lessons.neuron_picture import NeuronPicture

GLIDE_MS = 700


class NeuronGlide(QObject):
    """Shows true neurons all the way: each is computed from the numbers it shows.

    Signals
    -------
    came
        Another picture is to be shown; the last is the one asked for.
    """

    came = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ends: tuple[NeuronPicture, NeuronPicture] | None = None
        self._motion = QVariantAnimation(self)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setDuration(GLIDE_MS)
        self._motion.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._motion.valueChanged.connect(self._on_moved)

    def start(self, first: NeuronPicture, last: NeuronPicture) -> None:
        """Begin on the way from one picture to another with as many inputs."""
        self.stop()
        self._ends = first, last
        self._motion.start()

    def stop(self) -> None:
        """Stay where it is."""
        self._ends = None
        self._motion.stop()

    def _on_moved(self, share: float) -> None:
        if self._ends is None:
            return
        first, last = self._ends
        if share >= 1.0:
            self.came.emit(last)
            return
        neuron = between(first.neuron, last.neuron, share)
        # One axis all the way, or it would jump under the bars.
        reach = max(first.reach, last.reach)
        self.came.emit(replace(last, neuron=neuron, least_reach=reach))
