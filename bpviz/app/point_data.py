"""Points as a dataset of the Lab: made anew as the settings say, or put down by the user."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from bpviz.app.file_actions import FileActions
from bpviz.app.session import Session
from bpviz.data.own_points import OWN_CURVE, OWN_PLANE, OwnPoint, own_dataset, points_of, with_point
from bpviz.data.point_options import DEFAULT_OPTIONS, PointOptions
from bpviz.data.points import POINT_DATASETS, load_points
from bpviz.data.samples import Dataset, Samples, Task
from bpviz.nn.arrays import FloatArray
from bpviz.training import messages
from bpviz.ui.lab.lab_page import LabPage
from bpviz.viewmodel.network.plane import plane_of


class PointData(QObject):
    """Belongs to the GUI thread.

    Parameters
    ----------
    parameters
        Gives the parameters of the network as it stands; None before there is one.
    """

    def __init__(
        self,
        session: Session,
        lab: LabPage,
        files: FileActions,
        parameters: Callable[[], FloatArray | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._lab = lab
        self._files = files
        self._parameters = parameters
        self._own: tuple[OwnPoint, ...] = ()
        settings, clicks = lab.settings.data.points, lab.stage.network.plane_clicks
        settings.options_changed.connect(self._on_options_changed)
        settings.drawing_toggled.connect(self._on_drawing_toggled)
        settings.label_chosen.connect(self._on_label_chosen)
        settings.undo_requested.connect(self._on_undo_requested)
        settings.clear_requested.connect(self._on_clear_requested)
        clicks.point_drawn.connect(self._on_point_drawn)
        session.run_started.connect(self._on_run_started)

    def _on_run_started(self) -> None:
        dataset = self._session.dataset
        # Points that were made anew, or another task, are what is drawn on from now on.
        if dataset.name not in (OWN_PLANE, OWN_CURVE) and dataset.task is not Task.MANY_CLASSES:
            self._own = points_of(dataset)

    def _on_options_changed(self, options: PointOptions) -> None:
        name = self._session.dataset.name
        if name in POINT_DATASETS:
            self._files.use_dataset(load_points(name, options))

    def _on_drawing_toggled(self, draws: bool) -> None:
        self._lab.stage.network.plane_clicks.draws = draws

    def _on_label_chosen(self, label: int) -> None:
        self._lab.stage.network.plane_clicks.label = label

    def _on_point_drawn(self, x: float, y: float, label: int) -> None:
        made_with = self._session.dataset.made_with or DEFAULT_OPTIONS
        is_curve = self._session.dataset.task is Task.REGRESSION
        point = OwnPoint(x, y, 0 if is_curve else label)
        self._use(with_point(self._own, point, made_with.test_share))

    def _on_undo_requested(self) -> None:
        if self._own:
            self._use(self._own[:-1])

    def _on_clear_requested(self) -> None:
        self._use(())

    def _use(self, points: tuple[OwnPoint, ...]) -> None:
        """Go on with the same network on these points; without any, wait for the first."""
        self._own = points
        dataset, is_running = self._session.dataset, self._session.is_running
        if not any(not point.is_test for point in points):
            self._session.send(messages.Pause())
            self._lab.stage.network.renderer.set_plane(plane_of(without_samples(dataset)))
            return
        own = own_dataset(points, is_curve=dataset.task is Task.REGRESSION)
        self._session.start_run(self._session.config, own, self._parameters())
        if is_running:
            self._session.send(messages.Run())


def without_samples(dataset: Dataset) -> Dataset:
    """Return the dataset with no sample left."""

    def none(samples: Samples) -> Samples:
        return samples.at(slice(0, 0))

    return Dataset(dataset.name, dataset.title, none(dataset.train), none(dataset.test), dataset.n_classes)
