"""Plays a labelled drawing's own pass on a network view, layer by layer, and stays at any place of it."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from bpviz.nn.network import Network
from bpviz.training.snapshot import SamplePass
from bpviz.ui.network.network_view import NetworkView
from bpviz.viewmodel.drawing.blame import (
    BlamePlace,
    BlameStage,
    blame_places,
    blame_sentence,
    blame_state,
    last_place_of,
)
from bpviz.viewmodel.run.play_clock import PlayClock, Speed, SpeedUnit
from bpviz.viewmodel.run.steps import StepLevel
from bpviz.viewmodel.words.sentence_text import Sentence

_SPEED = Speed(SpeedUnit.LAYERS, 900)
"""Slow enough to read the sentence of each place."""


class BlamePlayer(QObject):
    """Owns the place in the pass; belongs to the GUI thread.

    Signals
    -------
    place_changed
        Another place is shown.
    """

    place_changed = Signal()

    def __init__(
        self,
        view: NetworkView,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._clock = PlayClock(clock)
        self._pass: tuple[Network, SamplePass] | None = None
        self._at = 0
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._on_due)

    @property
    def is_active(self) -> bool:
        """Whether a pass is shown."""
        return self._pass is not None

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._clock.is_playing

    @property
    def place(self) -> BlamePlace:
        """How far the pass shown has come."""
        return self._places[self._at]

    @property
    def sentence(self) -> Sentence:
        """What is seen at this place, in its true numbers."""
        assert self._pass is not None
        return blame_sentence(blame_state(*self._pass, self.place))

    def begin(self, network: Network, sample: SamplePass) -> None:
        """Play the pass of a labelled drawing from its start."""
        self._pass = (network, sample)
        self.replay()

    def take(self, network: Network, sample: SamplePass) -> None:
        """Show the same place of another network's pass."""
        is_same = self._pass is not None and self._pass[0].architecture == network.architecture
        self._pass = (network, sample)
        if is_same:
            self._show()
        else:
            self.replay()

    def replay(self) -> None:
        """Play from the start."""
        if self._pass is None:
            return
        self._at = 0
        self._show()
        architecture = self._pass[0].architecture
        self._clock.start(_SPEED, StepLevel.LAYER, self.place.position, architecture)
        self._wait()

    def go_to(self, stage: BlameStage) -> None:
        """Stand where all of a stage is known, and stay there."""
        if self._pass is not None:
            self._halt()
            self._at = last_place_of(stage, self._pass[0].architecture)
            self._show()

    def stop(self) -> None:
        """Let go of the view; what it shows next is the caller's."""
        self._halt()
        self._pass = None

    @property
    def _places(self) -> tuple[BlamePlace, ...]:
        assert self._pass is not None
        return blame_places(self._pass[0].architecture)

    def _on_due(self) -> None:
        if self._pass is None:
            return
        if self._clock.is_due():
            self._at += 1
            self._show()
            if self._at == len(self._places) - 1:
                self._halt()
                return
            self._clock.moved_to(self.place.position, self._pass[0].architecture)
        self._wait()

    def _wait(self) -> None:
        seconds = self._clock.seconds_to_next()
        if seconds is not None:
            self._next.start(round(1000 * seconds) + 1)

    def _halt(self) -> None:
        self._clock.stop()
        self._next.stop()

    def _show(self) -> None:
        assert self._pass is not None
        self._view.show_state(blame_state(*self._pass, self.place))
        self.place_changed.emit()
