"""How one parameter went: read from the checkpoints of a branch, refined by replay."""

from contextlib import ExitStack

import numpy as np
import numpy.typing as npt

from bpviz.nn.arrays import FloatArray
from bpviz.training.track import Track

MAX_REPLAYED = 10_000
"""Iterations of one refinement; a longer wish is cut to its last ones."""

Values = tuple[npt.NDArray[np.int64], FloatArray]
"""Iterations, ascending, and the parameter after each; both of shape (n,)."""


def recorded_values(track: Track, index: int) -> Values:
    """Return what the checkpoints of the branch and its ancestors hold of parameter `index`."""
    states = list(track.store.states(track.tree.chain(track.tree.current)))
    states.sort(key=lambda state: state.iteration)
    iterations = np.array([state.iteration for state in states], np.int64)
    return iterations, np.array([state.parameters[index] for state in states], np.float32)


class WeightReplay:
    """Replays an interval of the branch the trainer is on, one iteration at a time; then all is as before.

    Attributes
    ----------
    is_done
        Whether the whole interval was replayed.
    """

    def __init__(self, track: Track, index: int, first: int, last: int) -> None:
        track.sync()
        self._track = track
        self._index = index
        self._last = min(last, track.branch.furthest)
        self._first = max(first, self._last - MAX_REPLAYED, 0)
        self._found: list[tuple[int, float]] = []
        self._stack = ExitStack()
        self._stack.enter_context(track.excursion(self._first))
        self._note()

    @property
    def is_done(self) -> bool:
        return self._track.trainer.iteration >= self._last

    def advance(self) -> None:
        """Replay one iteration."""
        self._track.prepare()
        self._track.trainer.train_iteration()
        self._note()

    def end(self) -> Values:
        """Put the run back as it stood and return the values found so far."""
        self._stack.close()
        iterations = np.array([iteration for iteration, _ in self._found], np.int64)
        return iterations, np.array([value for _, value in self._found], np.float32)

    def _note(self) -> None:
        trainer = self._track.trainer
        if trainer.iteration >= self._first:
            self._found.append((trainer.iteration, float(trainer.network.parameters[self._index])))
