"""A bounded log of every iteration's figures, filled by the worker and drained once a frame."""

import threading
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bpviz.nn.arrays import FloatArray

CAPACITY = 65_536
"""Rows kept undrained; beyond that pairs of rows are merged to their smaller and larger loss."""


@dataclass(frozen=True, slots=True)
class MetricsRows:
    """Figures of consecutive iterations, oldest first.

    Attributes
    ----------
    run_id
        The run they belong to.
    iteration
        Iteration numbers, shape (n,).
    loss, accuracy
        Mean loss and fraction right of each iteration's batch, before its update, shape (n,); NaN where
        nothing can be right or wrong.
    norm_iteration
        Iterations at which the gradient was measured, shape (m,); only every tenth is.
    gradient_norm
        ‖∂L/∂W‖₂ of each weight layer at those iterations, shape (m, depth).
    branch_id
        The branch of the run they belong to; the first one is 0.
    """

    run_id: int
    iteration: npt.NDArray[np.int64]
    loss: FloatArray
    accuracy: FloatArray
    norm_iteration: npt.NDArray[np.int64]
    gradient_norm: FloatArray
    branch_id: int = 0


@dataclass(slots=True)
class _Undrained:
    """What one branch logged since the last drain."""

    rows: list[tuple[int, float, float]] = field(default_factory=list)
    norms: list[tuple[int, tuple[float, ...]]] = field(default_factory=list)


class MetricsLog:
    """Bounded log between the worker (appends) and the window (drains)."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self.begin(0)

    def begin(self, run_id: int) -> None:
        """Forget everything and log for the first branch of a new run."""
        with self._lock:
            self._run_id = run_id
            self._branches: dict[int, _Undrained] = {}
            self._set_branch(0, 0)

    def follow(self, branch_id: int, done: int) -> None:
        """Log for this branch from now on; its first `done` iterations were logged before."""
        with self._lock:
            self._set_branch(branch_id, done)

    def append(self, iteration: int, loss: float, accuracy: float) -> None:
        """Log one iteration, unless it was logged before."""
        if iteration <= self._done:
            return
        with self._lock:
            rows = self._current.rows
            rows.append((iteration, loss, accuracy))
            if len(rows) >= self._capacity:
                self._current.rows = _halved(rows)

    def append_norms(self, iteration: int, norms: tuple[float, ...]) -> None:
        """Log the gradient norms of one iteration, unless they were logged before."""
        if iteration <= self._done:
            return
        with self._lock:
            self._current.norms.append((iteration, norms))
            if len(self._current.norms) >= self._capacity:
                self._current.norms = self._current.norms[::2]

    def drain(self) -> MetricsRows:
        """Return what one branch logged since the last call; ask again until there is nothing."""
        with self._lock:
            logged = [branch_id for branch_id, found in self._branches.items() if found.rows or found.norms]
            branch_id = logged[0] if logged else self._branch_id
            found = self._branches.pop(branch_id)
            self._set_branch(self._branch_id, self._done)
            return _table(self._run_id, branch_id, found)

    def drain_all(self) -> list[MetricsRows]:
        """Return what was logged since the last call, branch by branch; empty if nothing was."""
        found = []
        while len((rows := self.drain()).iteration) or len(rows.norm_iteration):
            found.append(rows)
        return found

    def _set_branch(self, branch_id: int, done: int) -> None:
        self._branch_id, self._done = branch_id, done
        self._current = self._branches.setdefault(branch_id, _Undrained())


def _table(run_id: int, branch_id: int, found: _Undrained) -> MetricsRows:
    table = np.array(found.rows, dtype=np.float64).reshape(-1, 3)
    return MetricsRows(
        run_id=run_id,
        iteration=table[:, 0].astype(np.int64),
        loss=table[:, 1],
        accuracy=table[:, 2],
        norm_iteration=np.array([n[0] for n in found.norms], dtype=np.int64),
        gradient_norm=np.array([n[1] for n in found.norms], dtype=np.float64),
        branch_id=branch_id,
    )


def _halved(rows: list[tuple[int, float, float]]) -> list[tuple[int, float, float]]:
    """Return half the rows: of every four, the one with the smallest and the one with the largest loss."""
    kept = []
    for start in range(0, len(rows), 4):
        group = rows[start : start + 4]
        low = min(group, key=lambda row: row[1])
        high = max(group, key=lambda row: row[1])
        kept.extend(sorted({low, high}))
    return kept
