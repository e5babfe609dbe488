"""A bounded log of every iteration's figures, filled by the worker and drained once a frame."""

import threading
from dataclasses import dataclass

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
        Mean loss and fraction right of each iteration's batch, before its update, shape (n,).
    norm_iteration
        Iterations at which the gradient was measured, shape (m,); only every tenth is.
    gradient_norm
        ‖∂L/∂W‖₂ of each weight layer at those iterations, shape (m, depth).
    """

    run_id: int
    iteration: npt.NDArray[np.int64]
    loss: FloatArray
    accuracy: FloatArray
    norm_iteration: npt.NDArray[np.int64]
    gradient_norm: FloatArray


class MetricsLog:
    """Bounded log between the worker (appends) and the window (drains)."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._run_id = 0
        self._rows: list[tuple[int, float, float]] = []
        self._norms: list[tuple[int, tuple[float, ...]]] = []

    def begin(self, run_id: int) -> None:
        """Forget everything and log for a new run."""
        with self._lock:
            self._run_id = run_id
            self._rows, self._norms = [], []

    def append(self, iteration: int, loss: float, accuracy: float) -> None:
        """Log one iteration."""
        with self._lock:
            self._rows.append((iteration, loss, accuracy))
            if len(self._rows) >= self._capacity:
                self._rows = _halved(self._rows)

    def append_norms(self, iteration: int, norms: tuple[float, ...]) -> None:
        """Log the gradient norms of one iteration."""
        with self._lock:
            self._norms.append((iteration, norms))
            if len(self._norms) >= self._capacity:
                self._norms = self._norms[::2]

    def drain(self) -> MetricsRows:
        """Return what was logged since the last call and empty the log."""
        with self._lock:
            rows, self._rows = self._rows, []
            norms, self._norms = self._norms, []
            run_id = self._run_id
        table = np.array(rows, dtype=np.float64).reshape(-1, 3)
        return MetricsRows(
            run_id=run_id,
            iteration=table[:, 0].astype(np.int64),
            loss=table[:, 1],
            accuracy=table[:, 2],
            norm_iteration=np.array([n[0] for n in norms], dtype=np.int64),
            gradient_norm=np.array([n[1] for n in norms], dtype=np.float64),
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
