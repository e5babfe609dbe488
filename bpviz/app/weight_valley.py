"""Keeps the loss along the inspected weight, and how it was in the iterations looked at before."""

from PySide6.QtCore import QObject, Signal

from bpviz.app.session import Session
from bpviz.training.snapshot import Snapshot
from bpviz.training.targets import targets_of
from bpviz.viewmodel.inspection.gradient_check import flat_index as place_in_flat
from bpviz.viewmodel.inspection.loss_curve import LossCurve, loss_curve, reach_around, samples_for
from bpviz.viewmodel.network.parts import WeightPart

CURVE = "the loss along a weight"
MOST_CURVES = 9


class WeightValley(QObject):
    """Belongs to the GUI thread; the helper computes.

    Signals
    -------
    changed
        `curves` are others now.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._weight: tuple[int, WeightPart] | None = None
        self._asked: Snapshot | None = None
        self.curves: tuple[LossCurve, ...] = ()

    def look(self, snapshot: Snapshot, part: WeightPart) -> None:
        """Have the curve of this weight in this iteration computed, unless that was asked for already."""
        weight = (snapshot.run_id, part)
        if weight != self._weight:
            self._weight, self._asked, self.curves = weight, None, ()
            self.changed.emit()
        if snapshot is self._asked:
            return
        self._asked = snapshot
        index = flat_index(part, snapshot)
        layers, dataset = snapshot.architecture.layers, self._session.dataset
        samples = dataset.train.first(samples_for(layers))
        reach = self._reach(float(snapshot.parameters[index]))

        def question() -> LossCurve:
            pair = samples.scaled(slice(None)), targets_of(samples, layers[-1])
            return loss_curve(snapshot.network(), pair, index, reach, snapshot.iteration)

        self._session.ask(CURVE, question, lambda curve: self._take(weight, curve))

    def _reach(self, at: float) -> tuple[float, float]:
        """Return the stretch of the curves before, while the weight lies well inside it."""
        fitting = reach_around(at)
        if not self.curves:
            return fitting
        low, high = float(self.curves[-1].values[0]), float(self.curves[-1].values[-1])
        return (low, high) if high >= fitting[1] else fitting

    def _take(self, weight: tuple[int, WeightPart], curve: LossCurve) -> None:
        if weight != self._weight:
            return
        # Gone back, or changed by hand: what came later, or stood here, is no earlier curve.
        earlier = [known for known in self.curves if known.iteration < curve.iteration]
        self.curves = (*earlier, curve)[-MOST_CURVES:]
        self.changed.emit()


def flat_index(part: WeightPart, snapshot: Snapshot) -> int:
    """Return the place of a weight or bias in the flat parameters."""
    return place_in_flat(snapshot.architecture.layers, part.layer, part.source, part.target)
