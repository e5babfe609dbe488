"""Which network the canvas reads with: the bundled one, or the one in training."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from bpviz.nn.network import Network
from bpviz.training.snapshot import Snapshot
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.viewmodel.words.number_format import grouped

FOLLOW_INTERVAL_S = 0.1
"""The canvas takes over the weights in training ten times a second."""
_N_PIXELS = 784
_REFUSAL = (
    "The network in training takes {counted}, not the 784 pixels of a drawing: it cannot read the canvas."
)


class CanvasNetwork(QObject):
    """Belongs to the GUI thread.

    Attributes
    ----------
    has_reader
        Another page than the Draw page reads with the same network, and is seen.

    Signals
    -------
    network_taken
        The canvas reads with another network now: the `Network` and its name.
    refused
        Why the canvas cannot follow the run, in a sentence.
    """

    network_taken = Signal(object, str)
    refused = Signal(str)

    def __init__(self, draw: DrawPage, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draw = draw
        self._clock = clock
        self._bundled: tuple[Network, str] | None = None
        self._snapshot: Snapshot | None = None
        self._follows = False
        self._followed_at = 0.0
        self.has_reader = False
        draw.follow_training_changed.connect(self.follow)

    def use_bundled(self, network: Network, caption: str) -> None:
        """Read with this network until told to follow the run."""
        self._bundled = (network, caption)
        self._read_with(network, caption)

    def follow(self, follows: bool) -> None:
        """Read with the network in training, or with the bundled one again."""
        self._follows = follows
        if not follows and self._bundled is not None:
            self._read_with(*self._bundled)
        else:
            self.catch_up()

    def hold(self, network: Network, caption: str) -> None:
        """Read with this network and follow no other, until told to."""
        # The switch first: turning it off shows the bundled network.
        self._draw.set_following(False)
        self._follows = False
        self._read_with(network, caption)

    def catch_up(self) -> None:
        """Read with the newest iteration now, for example once the run has paused."""
        if self._follows and self._snapshot is not None:
            self._show(self._snapshot)

    def take(self, snapshot: Snapshot) -> None:
        """Note the newest iteration, and read with it if the canvas follows and is seen."""
        self._snapshot = snapshot
        is_due = self._clock() - self._followed_at >= FOLLOW_INTERVAL_S
        if self._follows and is_due and (self._draw.isVisible() or self.has_reader):
            self._show(snapshot)

    def _show(self, snapshot: Snapshot) -> None:
        n_inputs = snapshot.architecture.layers[0]
        if n_inputs != _N_PIXELS:
            # The switch goes off again, which brings the bundled network back.
            self._draw.set_following(False)
            self.refused.emit(_REFUSAL.format(counted="1 number" if n_inputs == 1 else f"{n_inputs} numbers"))
            return
        self._followed_at = self._clock()
        sizes = "–".join(map(str, snapshot.architecture.layers))
        caption = f"{sizes}, in training, iteration {grouped(snapshot.iteration)}"
        network = snapshot.network().with_parameters(snapshot.parameters_after)
        self._read_with(network, caption)

    def _read_with(self, network: Network, caption: str) -> None:
        self._draw.show_network(network, caption)
        self.network_taken.emit(network, caption)
