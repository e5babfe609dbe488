"""A run under control, without a thread."""

from collections.abc import Callable
from queue import SimpleQueue
from typing import TypeVar

import numpy as np

from bpviz.training import messages
from bpviz.training.branches import BranchInfo
from bpviz.training.config import TrainingConfig
from bpviz.training.mailbox import Mailbox
from bpviz.training.messages import (
    Command,
    Event,
    Step,
    StepBack,
    StepSize,
)
from bpviz.training.metrics import MetricsLog
from bpviz.training.pace import Pace
from bpviz.training.publisher import Publisher
from bpviz.training.run_control import RunControl
from bpviz.training.snapshot import Snapshot
from bpviz.training.track import Track
from bpviz.training.trainer import Trainer
from tests.training.plain_runs import CONFIG, DATA

EventT = TypeVar("EventT", bound=Event)
BACK = StepBack(StepSize.ITERATION)
ON = Step(StepSize.ITERATION)


class Desk:
    """A run under control, without a thread: what was asked for is done when `settle` is called."""

    def __init__(self, config: TrainingConfig = CONFIG, clock: Callable[[], float] | None = None) -> None:
        self.trainer = Trainer(config, DATA)
        self.metrics = MetricsLog()
        self.mailbox: Mailbox[Snapshot] = Mailbox()
        self.queue: SimpleQueue[Event] = SimpleQueue()
        self.clock = clock or (lambda: self.trainer.iteration / 100)
        self.track = Track(self.trainer, self.metrics, clock=self.clock)
        publisher = Publisher(1, self.track, self.mailbox, self.queue)
        self.control = RunControl(self.track, publisher, Pace(self.clock), self.clock)
        publisher.started()
        self.events: list[Event] = []

    def do(self, *commands: Command) -> "Desk":
        """Obey these at once, then do all that follows from them."""
        for command in commands:
            self.control.obey(command)
        return self.settle()

    def settle(self, n_advances: int = 10_000) -> "Desk":
        for _ in range(n_advances):
            if not self.control.is_busy:
                break
            self.control.advance()
        while not self.queue.empty():
            self.events.append(self.queue.get())
        return self

    def told(self, kind: type[EventT]) -> list[EventT]:
        return [event for event in self.events if isinstance(event, kind)]

    def branches(self) -> dict[int, BranchInfo]:
        infos = {}
        for event in self.events:
            if isinstance(event, messages.BranchAdded | messages.BranchChanged):
                infos[event.branch.id] = event.branch
            elif isinstance(event, messages.BranchDropped):
                del infos[event.branch_id]
        return infos

    def shown(self) -> Snapshot:
        snapshot = self.mailbox.take()
        assert snapshot is not None
        return snapshot


def assert_same_iteration(found: Snapshot, expected: Snapshot) -> None:
    """Fail unless both show the same iteration, every number of it equal to the last bit."""
    assert (found.iteration, found.epoch, found.iteration_in_epoch) == (
        expected.iteration,
        expected.epoch,
        expected.iteration_in_epoch,
    )
    np.testing.assert_array_equal(found.batch.indices, expected.batch.indices)
    pairs = [(found.parameters, expected.parameters), (found.parameters_after, expected.parameters_after)]
    pairs += [(found.batch.losses, expected.batch.losses)]
    pairs += list(zip(found.batch.forward.z, expected.batch.forward.z, strict=True))
    pairs += list(zip(found.batch.delta, expected.batch.delta, strict=True))
    pairs += [(found.sample.x, expected.sample.x)]
    for one, other in pairs:
        np.testing.assert_array_equal(one, other)
