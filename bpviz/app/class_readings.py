"""What the canvas's network reads the class's digits as, kept current while they are seen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from bpviz.app.collecting import Collecting
from bpviz.app.session import Session
from bpviz.data.class_dataset import class_samples
from bpviz.data.class_digits import N_CLASSES, ClassDigit
from bpviz.data.class_file import MAX_DIGITS
from bpviz.nn.network import Network
from bpviz.ui.class_digits.class_page import ClassPage
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.ui.results.results_panel import ResultsPanel
from bpviz.viewmodel.run.results import DataPart, Results, accuracy_text, measure_results
from bpviz.viewmodel.words.number_format import grouped

QUESTION = "class readings"
INTERVAL_S = 1.0
"""While the canvas follows the training the digits are read anew this often."""
NO_DIGITS = "Your class has no digits yet."
_N_PIXELS = 784


class ClassReadings(QObject):
    """Belongs to the GUI thread; reads in the helper."""

    def __init__(
        self,
        session: Session,
        page: ClassPage,
        results: ResultsPanel,
        collecting: Collecting,
        draw: DrawPage,
        clock: Callable[[], float],
    ) -> None:
        super().__init__(collecting)
        self._session = session
        self._page = page
        self._results = results
        self._collecting = collecting
        self._draw = draw
        self._clock = clock
        self._read_by: Network | None = None
        self._read_at = 0.0
        self._has_new_digits = True
        results.show_nothing(NO_DIGITS)
        session.frame_pulled.connect(self._on_frame)
        collecting.digits_changed.connect(self._on_digits_changed)

    def _on_digits_changed(self) -> None:
        self._has_new_digits = True

    def _on_frame(self) -> None:
        if not self._page.isVisible() or self._session.is_asked(QUESTION):
            return
        network = canvas_network(self._draw)
        is_due = network is not self._read_by and self._clock() - self._read_at >= INTERVAL_S
        if network is not None and (self._has_new_digits or self._read_by is None or is_due):
            self._read(network)

    def _read(self, network: Network) -> None:
        digits = self._collecting.store.digits
        self._read_by, self._read_at, self._has_new_digits = network, self._clock(), False
        if not digits:
            self._page.show_readings({}, "")
            self._results.show_nothing(NO_DIGITS)
            return

        def read() -> Results:
            return measure_results(network, DataPart.CLASS, class_samples(digits), most=MAX_DIGITS)

        self._session.ask(QUESTION, read, lambda results: self._show(digits, results))

    def _show(self, digits: Sequence[ClassDigit], results: Results) -> None:
        answers = results.predictions.predicted.tolist()
        readings = dict(zip((digit.key for digit in digits), answers, strict=True))
        n_right = len(digits) - results.confusion.n_wrong
        share = accuracy_text(results)
        self._page.show_readings(readings, f"The network reads {grouped(n_right)} right ({share}).")
        self._results.show_results(results)


def canvas_network(draw: DrawPage) -> Network | None:
    """Return the network the canvas reads with, if it can read digits."""
    if draw.reading is None:
        return None
    layers = draw.reading.network.architecture.layers
    return draw.reading.network if (layers[0], layers[-1]) == (_N_PIXELS, N_CLASSES) else None
