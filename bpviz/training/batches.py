"""Which samples each iteration uses: every sample exactly once an epoch, in an order drawn from the seed.

The order of an epoch depends on the seed and the epoch's number alone, so any iteration's batch can be
named again later without replaying those before it. A new batch size takes over the rest of the order of
the epoch under way.
"""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import IndexArray

_ORDER_STREAM = 1
"""Separates these draws from the initial weights, which use the same seed."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where an iteration stands in its epoch, and the batch size from there on.

    Attributes
    ----------
    iteration
        Number of the iteration, from 1.
    epoch, place
        Its epoch and its place inside it, both from 1.
    sample
        Samples of the epoch used before it, from 0 and below the number of samples.
    """

    iteration: int
    epoch: int
    place: int
    sample: int
    batch_size: int


@dataclass(frozen=True, slots=True)
class BatchSchedule:
    """Which epoch each iteration belongs to, with every change of the batch size so far.

    Attributes
    ----------
    stretches
        The first iteration and each one from which another batch size was in force, ascending.
    """

    n_samples: int
    stretches: tuple[Stretch, ...]

    @classmethod
    def constant(cls, n_samples: int, batch_size: int) -> "BatchSchedule":
        """Return the schedule of a run whose batch size never changes."""
        return cls(n_samples, (Stretch(1, 1, 1, 0, batch_size),))

    @property
    def batch_size(self) -> int:
        """The batch size in force at the end."""
        return self.stretches[-1].batch_size

    def changed(self, iterations_done: int, batch_size: int) -> "BatchSchedule":
        """Return the schedule with another batch size from the iteration after these on."""
        at = self.place(iterations_done + 1)
        kept = tuple(s for s in self.stretches if s.iteration < at.iteration)
        if kept and kept[-1].batch_size == batch_size:
            return BatchSchedule(self.n_samples, kept)
        new = Stretch(at.iteration, at.epoch, at.place, at.sample, batch_size)
        return BatchSchedule(self.n_samples, (*kept, new))

    def place(self, iteration: int) -> Stretch:
        """Return where this iteration (from 1) stands."""
        base = self._base(iteration)
        ahead = iteration - base.iteration
        in_first_epoch = self._left_in_epoch(base)
        if ahead < in_first_epoch:
            sample = base.sample + ahead * base.batch_size
            return Stretch(iteration, base.epoch, base.place + ahead, sample, base.batch_size)
        epochs, place = divmod(ahead - in_first_epoch, -(-self.n_samples // base.batch_size))
        sample = place * base.batch_size
        return Stretch(iteration, base.epoch + 1 + epochs, place + 1, sample, base.batch_size)

    def epoch_of(self, iteration: int) -> int:
        """Return the epoch, from 1, that the iteration (from 1) belongs to."""
        return self.place(iteration).epoch

    def place_of(self, iteration: int) -> int:
        """Return the iteration's place inside its epoch, from 1."""
        return self.place(iteration).place

    def last_iteration_of(self, epoch: int) -> int:
        """Return the iteration that ends this epoch (from 1; 0 gives 0), were no more sizes to change."""
        if epoch < 1:
            return 0
        base = max((s for s in self.stretches if s.epoch <= epoch), key=lambda s: s.iteration)
        whole_epochs = epoch - base.epoch
        last = base.iteration + self._left_in_epoch(base) - 1
        return last + whole_epochs * -(-self.n_samples // base.batch_size)

    def iterations_in(self, epoch: int) -> int:
        """Return the number of iterations this epoch (from 1) has."""
        return self.last_iteration_of(epoch) - self.last_iteration_of(epoch - 1)

    def epochs_done(self, iterations_done: int) -> int:
        """Return how many epochs are complete after this many iterations."""
        return self.epoch_of(iterations_done + 1) - 1

    def ends_epoch(self, iteration: int) -> bool:
        """Tell whether this iteration (from 1) uses the last samples of its epoch."""
        return self.place_of(iteration + 1) == 1

    def _base(self, iteration: int) -> Stretch:
        at = bisect_right(self.stretches, iteration, key=lambda s: s.iteration) - 1
        return self.stretches[max(at, 0)]

    def _left_in_epoch(self, base: Stretch) -> int:
        return -(-(self.n_samples - base.sample) // base.batch_size)


class BatchOrder:
    """Batches without replacement; the last one of an epoch is short if the numbers do not divide."""

    def __init__(self, n_samples: int, batch_size: int, seed: int) -> None:
        self._seed = seed
        self._shuffled_epoch = 0
        self._order = np.empty(0, np.intp)
        self.schedule = BatchSchedule.constant(n_samples, batch_size)

    @property
    def schedule(self) -> BatchSchedule:
        """The epochs and their batch sizes; may be set."""
        return self._schedule

    @schedule.setter
    def schedule(self, schedule: BatchSchedule) -> None:
        self._schedule = schedule
        # An empty range: the next look-up finds its place anew.
        self._begin = Stretch(0, 0, 0, 0, schedule.batch_size)
        self._end = self._epoch_end = 0

    @property
    def batch_size(self) -> int:
        """The batch size in force."""
        return self._schedule.batch_size

    def change_batch_size(self, iterations_done: int, batch_size: int) -> None:
        """Use another batch size from the iteration after these on."""
        self.schedule = self._schedule.changed(iterations_done, batch_size)

    def epoch_of(self, iteration: int) -> int:
        """Return the epoch, from 1, that the iteration (from 1) belongs to."""
        return self._schedule.epoch_of(iteration)

    def place_of(self, iteration: int) -> int:
        """Return the iteration's place inside its epoch, from 1."""
        begin = self._begin
        if begin.iteration <= iteration < self._end:
            return iteration - begin.iteration + begin.place
        return self._schedule.place_of(iteration)

    def ends_epoch(self, iteration: int) -> bool:
        """Tell whether this iteration (from 1) uses the last samples of its epoch."""
        if self._begin.iteration <= iteration < self._end:
            return iteration + 1 == self._epoch_end
        return self._schedule.ends_epoch(iteration)

    def indices(self, iteration: int) -> IndexArray:
        """Return the samples of this iteration (from 1), shape (B,)."""
        begin = self._begin
        if not begin.iteration <= iteration < self._end:
            begin = self._enter(iteration)
        start = begin.sample + (iteration - begin.iteration) * begin.batch_size
        return self._order[start : start + begin.batch_size]

    def _enter(self, iteration: int) -> Stretch:
        """Remember the part of the schedule from this iteration to where its epoch or batch size ends."""
        begin = self._schedule.place(iteration)
        self._epoch_end = iteration + -(-(self._schedule.n_samples - begin.sample) // begin.batch_size)
        later = [s.iteration for s in self._schedule.stretches if s.iteration > iteration]
        self._begin, self._end = begin, min([self._epoch_end, *later])
        if begin.epoch != self._shuffled_epoch:
            rng = np.random.default_rng([self._seed, _ORDER_STREAM, begin.epoch])
            order = rng.permutation(self._schedule.n_samples)
            self._order, self._shuffled_epoch = order.astype(np.intp, copy=False), begin.epoch
        return begin
