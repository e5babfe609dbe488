"""Branches of a made-up run, for the tests of what shows them."""

from bpviz.training.batches import BatchSchedule
from bpviz.training.branches import BranchInfo

PER_EPOCH = 100
SCHEDULE = BatchSchedule.constant(PER_EPOCH, 1)


def branch(
    number: int,
    parent: int | None = None,
    fork: int = 0,
    name: str = "",
    *,
    is_current: bool = False,
    furthest: int = 0,
    schedule: BatchSchedule = SCHEDULE,
) -> BranchInfo:
    """Return a branch that left its parent after iteration `fork`."""
    return BranchInfo(
        number, name or f"branch {number}", parent, fork, max(fork, furthest), is_current, (), schedule
    )
