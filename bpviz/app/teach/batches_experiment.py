"""A network in training seen through its batches: which samples each uses, and how its loss jumps."""

from dataclasses import replace

import numpy as np

from bpviz.app.teach.lesson_settings import whole
from bpviz.app.teach.network_experiment import NetworkExperiment
from bpviz.errors import ConfigError
from bpviz.training.batches import BatchOrder
from bpviz.training.metrics import MetricsRows
from bpviz.training.snapshot import Snapshot
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.batches_stage import PARTS, BatchesStage
from bpviz.ui.teach.epoch_wall import EpochPlace
from bpviz.ui.teach.network_stage import NetworkStage
from bpviz.viewmodel.lessons.batch_course import BatchCourse, BatchCurves, with_course
from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.lesson import Settings

MOST_SAMPLES = 400
"""More would be too small on the wall to be told apart."""
_USUAL_EPOCHS = 10
_MOST_EPOCHS = 1000
_BASE = NetworkExperiment.vocabulary


class BatchesExperiment(NetworkExperiment):
    """Runs of several batch sizes one after the other: a restart keeps the curve of the run before it.

    Its own measures: `used` samples of the epoch so far, `wobble` from one batch's loss to the next, and
    `kept_loss` and `kept_wobble` of the earlier run with a batch size.
    """

    vocabulary = replace(
        _BASE,
        # The network itself is not on this stage, and nothing of it can be shown or selected.
        run=_BASE.run - {"view", "pixels", "phases"},
        show=frozenset({"epochs", "digit", "sample"}),
        acts=frozenset(),
        # The order of an epoch is told from its beginning: another batch size needs a new run.
        actions={**_BASE.actions, "set": _BASE.actions["set"] - {"batch_size"}},
        measures={**_BASE.measures, "used": 0, "wobble": 0, "kept_loss": 1, "kept_wobble": 1},
        parts=PARTS,
    )

    def make_stage(self, source: ThemeSource) -> NetworkStage:
        self._batches = BatchesStage(source)
        self._losses: list[float] = []
        self._batch_size = 1
        self._kept: tuple[BatchCourse, ...] = ()
        self._epochs = _USUAL_EPOCHS
        return self._batches

    def begin(self, run: Settings) -> None:
        super().begin(run)
        n_samples = len(self.run.dataset.train)
        if n_samples > MOST_SAMPLES:
            raise ConfigError(f"there are {n_samples} training samples; the wall has room for {MOST_SAMPLES}")
        self._batch_size = self.run.config.batch_size
        self._batches.wall.show_images(self.run.dataset.train.inputs)

    def show_step(self, show: Settings) -> None:
        self._epochs = whole(show, "epochs", _USUAL_EPOCHS)
        if not 1 <= self._epochs <= _MOST_EPOCHS:
            raise ConfigError(f"'epochs' is {self._epochs}; 1 to {_MOST_EPOCHS} are needed")
        super().show_step(show)
        self._show_curves()

    def measure(self, name: str, arguments: tuple[Argument, ...]) -> float:
        match name:
            case "used":
                place = self._batches.wall.place
                return 0.0 if place is None else float(len(place.used) + len(place.batch))
            case "wobble":
                return self._course().wobble
            case "kept_loss":
                return self._kept_run(arguments).final_loss
            case "kept_wobble":
                return self._kept_run(arguments).wobble
        return super().measure(name, arguments)

    def restore(self, mark: object) -> None:
        # All runs are done again, and their curves with them.
        self._losses, self._kept = [], ()
        super().restore(mark)

    def _kept_run(self, arguments: tuple[Argument, ...]) -> BatchCourse:
        for course in self._kept:
            if course.batch_size == arguments[0]:
                return course
        raise ConfigError(f"no run with batch size {arguments[0]} was kept")

    def _course(self) -> BatchCourse:
        dataset = self.run.dataset
        return BatchCourse(self._batch_size, len(dataset.train), np.array(self._losses, np.float64))

    def _finished_course(self) -> BatchCourse:
        """Return the run with its loss over all samples."""
        return replace(self._course(), final_loss=super().measure("train_loss", ()))

    def _on_settled(self) -> None:
        if self._losses:
            # Noted here: when the next run begins, this one's network is gone.
            self._kept = with_course(self._kept, self._finished_course())
        super()._on_settled()
        self._show_curves()

    def _on_began(self) -> None:
        super()._on_began()
        self._losses, self._batch_size = [], self.run.config.batch_size

    def _on_rows(self, rows: MetricsRows) -> None:
        super()._on_rows(rows)
        if len(rows.loss):
            self._losses += rows.loss.tolist()
            self._show_curves()

    def _show_curves(self) -> None:
        current = self._course()
        known = next((run for run in self._kept if run.batch_size == self._batch_size), None)
        if known is not None and len(known.losses) == len(current.losses):
            current = known
        earlier = tuple(run for run in self._kept if run.batch_size != self._batch_size)
        self._batches.curve.show_curves(BatchCurves(current, earlier, self._epochs))

    def _show_state(self) -> None:
        snapshot = self.run.snapshot
        if snapshot is not None:
            self._batches.wall.show_place(self._place(snapshot))

    def _place(self, snapshot: Snapshot) -> EpochPlace:
        per_epoch = snapshot.iterations_per_epoch
        if not snapshot.iteration:
            return EpochPlace(0, 0, per_epoch, (), ())
        order = BatchOrder(len(self.run.dataset.train), self._batch_size, self.run.config.seed)
        first = snapshot.iteration - snapshot.iteration_in_epoch + 1
        used = [order.indices(iteration) for iteration in range(first, snapshot.iteration)]
        return EpochPlace(
            epoch=snapshot.epoch,
            iteration_in_epoch=snapshot.iteration_in_epoch,
            iterations_per_epoch=per_epoch,
            used=tuple(int(row) for rows in used for row in rows),
            batch=tuple(snapshot.batch.indices.tolist()),
        )
