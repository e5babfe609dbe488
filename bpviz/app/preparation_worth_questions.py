"""Has measured what each step on the way into the network is worth to the one the canvas reads with."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject

from bpviz.app.session import Session
from bpviz.nn.network import Network
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.viewmodel.drawing.preparation_worth import (
    N_DRAWINGS,
    PreparationWorth,
    StepSamples,
    draw_step_samples,
    joined_step_samples,
    measure_worth,
)

INTERVAL_S = 3.0
"""A network in training is measured anew no sooner than this."""
QUIET_S = 0.5
"""Nothing is asked until the canvas has been left alone for so long: drawing must not be slowed."""

_QUESTION = "preparation worth"
_SEED = 20_000
# Drawn in parts of an eighth of a second, so that other questions are not kept waiting.
_PART = 25
_LAYER_ENDS = (784, 10)


class PreparationWorthQuestions(QObject):
    """Asks while the canvas is seen and nobody draws; belongs to the GUI thread.

    The drawings are made once, the same ones at every start.
    """

    def __init__(
        self,
        session: Session,
        draw: DrawPage,
        clock: Callable[[], float],
        n_drawings: int = N_DRAWINGS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._draw = draw
        self._clock = clock
        self._n_parts = max(n_drawings // _PART, 1)
        self._parts: list[StepSamples] = []
        self._samples: StepSamples | None = None
        self._measured: Network | None = None
        self._asked_at = self._touched_at = -INTERVAL_S
        session.frame_pulled.connect(self._on_frame)
        draw.drawing_changed.connect(self._on_drawing_changed)

    @property
    def is_current(self) -> bool:
        """Whether the steps show their worth to the network the canvas reads with, if that reads digits."""
        network = None if self._draw.reading is None else self._draw.reading.network
        return network is None or network is self._measured or not _reads_digits(network)

    def _on_drawing_changed(self) -> None:
        self._touched_at = self._clock()

    def _on_frame(self) -> None:
        if self._draw.reading is None or self.is_current or not self._is_time:
            return
        network = self._draw.reading.network
        if self._samples is None:
            self._session.ask(_QUESTION, partial(_draw_part, len(self._parts)), self._on_part)
        elif self._clock() - self._asked_at >= INTERVAL_S:
            self._asked_at = self._clock()
            measure = partial(measure_worth, network, self._samples)
            self._session.ask(_QUESTION, measure, partial(self._on_measured, network))

    @property
    def _is_time(self) -> bool:
        is_quiet = self._clock() - self._touched_at >= QUIET_S
        return is_quiet and self._draw.isVisible() and not self._session.is_asked(_QUESTION)

    def _on_part(self, part: StepSamples) -> None:
        self._parts.append(part)
        if len(self._parts) == self._n_parts:
            self._samples = joined_step_samples(self._parts)
            self._parts.clear()

    def _on_measured(self, network: Network, worth: PreparationWorth) -> None:
        self._measured = network
        self._draw.panel.strip.show_worth(worth)


def _draw_part(index: int) -> StepSamples:
    return draw_step_samples(_PART, np.random.default_rng([_SEED, index]))


def _reads_digits(network: Network) -> bool:
    layers = network.architecture.layers
    return (layers[0], layers[-1]) == _LAYER_ENDS
