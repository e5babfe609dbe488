"""Epochs of a few iterations are many a second: not all of them are told."""

from itertools import pairwise
from queue import SimpleQueue

from bpviz.data.points import load_points
from bpviz.training import messages
from bpviz.training.events import Event
from bpviz.training.mailbox import Mailbox
from bpviz.training.metrics import MetricsLog
from bpviz.training.publisher import LARGEST_SPACING, TRIAL_SPACING, Publisher
from bpviz.training.snapshot import Snapshot
from bpviz.training.track import Track
from bpviz.training.trainer import Trainer
from bpviz.training.usual_config import usual_config


def told_epochs(iterations: int) -> list[int]:
    """Return the iterations at whose end of an epoch the window was told."""
    metrics = MetricsLog()
    track = Track(Trainer(usual_config("spiral"), load_points("spiral"), metrics=metrics), metrics)
    queue: SimpleQueue[Event] = SimpleQueue()
    mailbox: Mailbox[Snapshot] = Mailbox()
    publisher = Publisher(1, track, mailbox, queue)
    for _ in range(iterations):
        track.trainer.train_iteration()
        publisher.measure_when_due()
    events = [queue.get() for _ in range(queue.qsize())]
    return [event.iteration for event in events if isinstance(event, messages.EpochEnded)]


def test_every_epoch_of_a_young_run_is_told_and_fewer_of_an_old_one() -> None:
    told = told_epochs(4000)
    assert told[:10] == [7 * epoch for epoch in range(1, 11)]
    gaps = [second - first for first, second in pairwise(told)]
    assert gaps[-1] >= told[-1] // TRIAL_SPACING - 7
    assert len(told) < 400
    assert max(gaps) <= LARGEST_SPACING
