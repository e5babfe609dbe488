"""Has the loss around the run's path computed, over the plane of its two main directions."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from bpviz.app.parameter_path import ParameterPath
from bpviz.app.session import Session
from bpviz.training.snapshot import Snapshot
from bpviz.training.targets import targets_of
from bpviz.ui.inspector.inspector_map import MapSection
from bpviz.viewmodel.inspection.loss_surface import LossSurface, loss_surface, samples_for_surface

MAP = "the loss around the path"
_FEWEST_POINTS = 3


class LossMap(QObject):
    """Belongs to the GUI thread; the helper computes. `snapshot` gives what is shown now."""

    def __init__(
        self,
        session: Session,
        section: MapSection,
        snapshot: Callable[[], Snapshot | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._section = section
        self._snapshot = snapshot
        self.path = ParameterPath()
        section.map_requested.connect(self.compute)
        session.run_started.connect(self._on_run_started)
        session.snapshot_taken.connect(self._on_snapshot)

    def compute(self) -> None:
        """Compute the map of the path so far, unless it is still too short."""
        snapshot = self._snapshot()
        path = () if snapshot is None else self.path.up_to(snapshot)
        if snapshot is None or len(path) < _FEWEST_POINTS:
            return
        session, section = self._session, self._section
        layers, network = snapshot.architecture.layers, snapshot.network()
        samples = session.dataset.train.first(samples_for_surface(layers))
        section.show_progress(0)

        def question() -> LossSurface:
            pair = samples.scaled(slice(None)), targets_of(samples, layers[-1])
            return loss_surface(network, pair, [point for _, point in path], tell)

        def tell(row: int) -> None:
            session.post(lambda: section.show_progress(row))

        session.ask(MAP, question, lambda surface: section.show_map(surface, (path[0][0], path[-1][0])))

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self.path.note(snapshot)
        self._section.set_ready(len(self.path.up_to(snapshot)) >= _FEWEST_POINTS)

    def _on_run_started(self) -> None:
        self._session.forget(MAP)
        self._section.clear()
