"""Keeps results current: the helper is asked for them about once a second while they are seen."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject

from bpviz.app.session import Session
from bpviz.data.rasterize import INK_SIZE
from bpviz.data.samples import Samples
from bpviz.errors import BpvizError, DataError
from bpviz.nn.arrays import ByteArray
from bpviz.training import messages
from bpviz.training.predictions import misfit
from bpviz.training.snapshot import Snapshot
from bpviz.ui.controls.notice_bar import Notice
from bpviz.ui.main_window import MainWindow
from bpviz.ui.mode import Mode
from bpviz.ui.results.results_panel import ResultsPanel
from bpviz.viewmodel.run.confusion import Confusion, confusion_csv
from bpviz.viewmodel.run.results import DataPart, measure_results
from bpviz.viewmodel.words.number_format import grouped

REFRESH_INTERVAL_S = 1.0
"""While training runs; every answer takes tens of milliseconds of a processor the trainer may want."""
QUESTION = "results"


class ResultsKeeper(QObject):
    """Belongs to the GUI thread. `snapshot` gives the iteration shown now."""

    def __init__(
        self,
        session: Session,
        panel: ResultsPanel,
        snapshot: Callable[[], Snapshot | None],
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._panel = panel
        self._snapshot = snapshot
        self._clock = clock
        self._class_samples: Samples | None = None
        self._asked_about: object = None
        self._asked_at = 0.0
        session.frame_pulled.connect(self._on_frame)
        session.run_started.connect(self._on_run_started)
        session.event_came.connect(self._on_event)
        panel.part_chosen.connect(lambda _: self._ask_anew())

    @property
    def is_current(self) -> bool:
        """Whether all there is to be known of the iteration shown now is on show."""
        snapshot = self._snapshot()
        is_asked_about = snapshot is not None and self._asked_about is snapshot.parameters_after
        return is_asked_about and not self._session.is_asked(QUESTION)

    def set_class_samples(self, samples: Samples | None) -> None:
        """Offer the class's own digits; None or none of them takes the offer back."""
        self._class_samples = samples if samples is not None and len(samples) else None
        self._panel.set_class_offered(self._class_samples is not None)
        if self._panel.part is DataPart.CLASS:
            self._ask_anew()

    def _on_run_started(self) -> None:
        self._panel.show_nothing("One moment …")
        self._ask_anew()

    def _on_event(self, event: object) -> None:
        if isinstance(event, messages.QuestionFailed) and event.question == QUESTION:
            self._panel.show_nothing(event.sentence)

    def _ask_anew(self) -> None:
        self._session.forget(QUESTION)
        self._asked_about = None

    def _on_frame(self) -> None:
        snapshot = self._snapshot()
        if snapshot is None or not self._panel.isVisible() or self._session.is_asked(QUESTION):
            return
        # A copy is made with every snapshot: the same object is the same network.
        if self._asked_about is snapshot.parameters_after:
            return
        is_first = self._asked_about is None
        is_due = self._clock() - self._asked_at >= REFRESH_INTERVAL_S
        if is_first or is_due or not self._session.is_running:
            self._ask(snapshot)

    def _ask(self, snapshot: Snapshot) -> None:
        self._asked_about, self._asked_at = snapshot.parameters_after, self._clock()
        part = self._panel.part
        samples = self._samples_of(part)
        network = snapshot.network().with_parameters(snapshot.parameters_after)
        if (reason := misfit(network, samples)) is not None:
            self._panel.show_nothing(f"These cannot be tried: {reason}.")
            return
        name = f"iteration {grouped(snapshot.iteration)}"
        self._session.ask(
            QUESTION, lambda: measure_results(network, part, samples, name), self._panel.show_results
        )

    def _samples_of(self, part: DataPart) -> Samples:
        dataset = self._session.dataset
        if part is DataPart.CLASS and self._class_samples is not None:
            return self._class_samples
        return dataset.train if part is DataPart.TRAINING else dataset.test


class ResultsActions(QObject):
    """Does what a results panel asks for. Belongs to the GUI thread; failures are told in the window."""

    def __init__(
        self,
        window: MainWindow,
        panel: ResultsPanel,
        tell: Callable[[Notice], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._tell = tell
        panel.canvas_requested.connect(self.put_on_canvas)
        panel.export_requested.connect(self._ask_and_save)

    def put_on_canvas(self, image: ByteArray) -> None:
        """Bring a picture, 28 × 28 grey levels, onto the canvas and show the page it is on."""
        side = INK_SIZE // len(image)
        # Pixel for pixel: it is in the frame of the network's input already, white on black.
        ink = np.kron(image, np.ones((side, side), np.uint8))
        self._window.draw.show_class_page(False)
        self._window.set_mode(Mode.DRAW)
        self._window.draw.panel.canvas.show_picture(ink)

    def _ask_and_save(self, confusion: Confusion) -> None:
        path = self._window.ask_table_path()
        if path is None:
            return
        try:
            save_confusion(path, confusion)
        except BpvizError as error:
            self._tell(Notice("error", str(error)))
        else:
            self._tell(Notice("info", f"The confusion matrix was saved to {path.name}."))


def save_confusion(path: Path, confusion: Confusion) -> None:
    """Write the matrix as comma-separated values.

    Raises
    ------
    DataError
        If the file cannot be written.
    """
    try:
        path.write_text(confusion_csv(confusion), encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path.name} could not be written: {error.strerror or error}") from error
