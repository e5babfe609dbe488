"""Which samples each iteration uses: every sample exactly once an epoch, in an order drawn from the seed.

The order of an epoch depends on the seed and the epoch's number alone, so any iteration's batch can be
named again later without replaying those before it.
"""

import numpy as np

from bpviz.nn.arrays import IndexArray

_ORDER_STREAM = 1
"""Separates these draws from the initial weights, which use the same seed."""


class BatchOrder:
    """Batches without replacement; the last one of an epoch is short if the numbers do not divide."""

    def __init__(self, n_samples: int, batch_size: int, seed: int) -> None:
        self.n_samples = n_samples
        self.batch_size = batch_size
        self._seed = seed
        self._epoch = 0
        self._order = np.empty(0, np.intp)

    @property
    def iterations_per_epoch(self) -> int:
        """Number of batches that use every sample once: ⌈n_samples / batch_size⌉."""
        return -(-self.n_samples // self.batch_size)

    def epoch_of(self, iteration: int) -> int:
        """Return the epoch, from 1, that the iteration (from 1) belongs to."""
        return (iteration - 1) // self.iterations_per_epoch + 1

    def place_of(self, iteration: int) -> int:
        """Return the iteration's place inside its epoch, from 1."""
        return (iteration - 1) % self.iterations_per_epoch + 1

    def indices(self, iteration: int) -> IndexArray:
        """Return the samples of this iteration (from 1), shape (B,)."""
        epoch = self.epoch_of(iteration)
        if epoch != self._epoch:
            rng = np.random.default_rng([self._seed, _ORDER_STREAM, epoch])
            self._order, self._epoch = rng.permutation(self.n_samples).astype(np.intp, copy=False), epoch
        start = (self.place_of(iteration) - 1) * self.batch_size
        return self._order[start : start + self.batch_size]
