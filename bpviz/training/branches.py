"""The futures of one run: a tree of branches, each with the changes that made it."""

import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count, takewhile

from bpviz.errors import HistoryError
from bpviz.training.batches import BatchSchedule
from bpviz.training.changes import Change

MAX_BRANCHES = 5
FIRST_BRANCH = 0
FIRST_NAME = "original"


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A change by the user, and the iterations done when it was made."""

    iteration: int
    change: Change


@dataclass(frozen=True, slots=True)
class Position:
    """A place on a branch: iterations done, and how many changes of its log are made."""

    iteration: int
    applied: int


@dataclass(frozen=True, slots=True)
class BranchInfo:
    """What the window is told of a branch.

    Attributes
    ----------
    parent_id
        The branch it forked from; None for the first.
    fork_iteration
        Iterations both have in common.
    furthest
        The furthest iteration done on it.
    is_current
        Whether it is the one shown.
    changes
        Every change by the user from the run's start to this branch's end, in order.
    schedule
        Its epochs, with every change of the batch size.
    diverged_at
        The iteration whose loss was not finite, where one was met.
    """

    id: int
    name: str
    parent_id: int | None
    fork_iteration: int
    furthest: int
    is_current: bool
    changes: tuple[LoggedChange, ...]
    schedule: BatchSchedule
    diverged_at: int | None = None


@dataclass(slots=True)
class Branch:
    """One future of the run. `log` holds the changes it shares with its parent too."""

    id: int
    name: str
    parent_id: int | None
    fork_iteration: int
    furthest: int
    schedule: BatchSchedule
    log: list[LoggedChange] = field(default_factory=list)
    rest: Position | None = None
    """Where it was left; None for its end."""
    diverged_at: int | None = None

    def canonical(self, iteration: int) -> Position:
        """Return the position right after an iteration, before any change made there."""
        return Position(iteration, bisect_left(self.log, iteration, key=lambda logged: logged.iteration))

    @property
    def end(self) -> Position:
        """The position after everything done on it."""
        return Position(self.furthest, len(self.log))

    def upcoming(self, position: Position) -> tuple[Change, ...]:
        """Return the changes made at this very iteration that running on from here will make again."""
        later = self.log[position.applied :]
        return tuple(
            logged.change for logged in takewhile(lambda x: x.iteration == position.iteration, later)
        )


class BranchTree:
    """The branches of one run, at most five. One of them is current: the one shown."""

    def __init__(self, schedule: BatchSchedule) -> None:
        self._ids = count(FIRST_BRANCH)
        first = Branch(next(self._ids), FIRST_NAME, None, 0, 0, schedule)
        self._branches = {first.id: first}
        self.current_id = first.id

    def __iter__(self) -> Iterator[Branch]:
        return iter(self._branches.values())

    def __contains__(self, branch_id: int) -> bool:
        return branch_id in self._branches

    def __getitem__(self, branch_id: int) -> Branch:
        if branch_id not in self._branches:
            raise HistoryError(f"there is no branch {branch_id}; there are {sorted(self._branches)}")
        return self._branches[branch_id]

    @property
    def current(self) -> Branch:
        """The branch shown."""
        return self._branches[self.current_id]

    def check_known(self, branch_ids: Iterable[int]) -> None:
        """Raise `HistoryError` if one of these branches is not there."""
        for branch_id in branch_ids:
            _ = self[branch_id]

    def check_room(self) -> None:
        """Raise `HistoryError` if there are as many branches as there may be."""
        if len(self._branches) >= MAX_BRANCHES:
            raise HistoryError(f"there are {MAX_BRANCHES} branches already; drop one to fork again")

    def fork(self, source: Branch, at: Position, name: str) -> Branch:
        """Return a new branch that shares the past of `source` up to a position."""
        self.check_room()
        # Far back, or where `source` has done nothing yet, it is one of its ancestors.
        parent = self.owner_of(source, at.iteration)
        new = Branch(
            id=next(self._ids),
            name=self._unused(name),
            parent_id=parent.id,
            fork_iteration=at.iteration,
            furthest=at.iteration,
            schedule=source.schedule,
            log=source.log[: at.applied],
        )
        self._branches[new.id] = new
        return new

    def chain(self, branch: Branch) -> list[tuple[int, int]]:
        """Return the branch and its ancestors, each with the last iteration of it that is theirs too."""
        found, last = [], sys.maxsize
        while True:
            found.append((branch.id, last))
            if branch.parent_id is None:
                return found
            last = min(last, branch.fork_iteration)
            branch = self._branches[branch.parent_id]

    def owner_of(self, branch: Branch, iteration: int) -> Branch:
        """Return the branch of this one's past on which an iteration was first done."""
        while branch.parent_id is not None and iteration <= branch.fork_iteration:
            branch = self._branches[branch.parent_id]
        return branch

    def drop(self, branch_id: int) -> tuple[int | None, int]:
        """Remove a branch; the child that forked last takes its place in the tree.

        Returns
        -------
        heir, last
            That child, if there is one, and the last iteration it shares.
        """
        gone = self[branch_id]
        if branch_id == self.current_id:
            raise HistoryError(f"'{gone.name}' is shown; switch to another branch to drop it")
        del self._branches[branch_id]
        children = [branch for branch in self if branch.parent_id == branch_id]
        if not children:
            return None, 0
        heir = max(children, key=lambda child: child.fork_iteration)
        last = heir.fork_iteration
        for child in children:
            child.parent_id = heir.id
        heir.parent_id, heir.fork_iteration = gone.parent_id, gone.fork_iteration
        return heir.id, last

    def info(self, branch: Branch) -> BranchInfo:
        """Return what the window is told of a branch."""
        return BranchInfo(
            id=branch.id,
            name=branch.name,
            parent_id=branch.parent_id,
            fork_iteration=branch.fork_iteration,
            furthest=branch.furthest,
            is_current=branch.id == self.current_id,
            changes=tuple(branch.log),
            schedule=branch.schedule,
            diverged_at=branch.diverged_at,
        )

    def _unused(self, name: str) -> str:
        taken = {branch.name for branch in self}
        if name not in taken:
            return name
        return next(f"{name} ({n})" for n in count(2) if f"{name} ({n})" not in taken)
