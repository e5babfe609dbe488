"""The way a run has taken through its parameters, as far as it was seen: a few points, evenly apart."""

from bpviz.nn.arrays import FloatArray
from bpviz.training.snapshot import Snapshot

MOST_POINTS = 60
_MOST_BYTES = 64_000_000
_FEWEST_POINTS = 8


class ParameterPath:
    """Notes parameters of snapshots; when there are too many, every second one is let go.

    Only one branch of one run is kept: another begins the path anew.
    """

    def __init__(self) -> None:
        self._run: tuple[int, int, int] | None = None
        self._points: list[tuple[int, FloatArray]] = []
        self._least_gap = 1

    def up_to(self, snapshot: Snapshot) -> tuple[tuple[int, FloatArray], ...]:
        """Return after which iterations the network stood where, the oldest first, this snapshot last."""
        here = (snapshot.iteration, snapshot.parameters_after)
        return (*(point for point in self._points if point[0] < snapshot.iteration), here)

    def note(self, snapshot: Snapshot) -> None:
        """Take in where the run stands; gone back, what lies ahead is forgotten."""
        run = (snapshot.run_id, snapshot.branch_id, len(snapshot.parameters))
        if run != self._run:
            self._run, self._points, self._least_gap = run, [], 1
        iteration = snapshot.iteration
        self._points = [point for point in self._points if point[0] < iteration]
        if self._points and iteration - self._points[-1][0] < self._least_gap:
            return
        self._points.append((iteration, snapshot.parameters_after))
        if len(self._points) > self._most(snapshot.parameters_after.nbytes):
            # The first and the newest stay.
            self._points = [*self._points[:-1:2], self._points[-1]]
            self._least_gap *= 2

    @staticmethod
    def _most(n_bytes: int) -> int:
        return max(_FEWEST_POINTS, min(MOST_POINTS, _MOST_BYTES // n_bytes))
