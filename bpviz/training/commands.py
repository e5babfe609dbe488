"""What the window asks of the worker."""

from dataclasses import dataclass
from enum import Enum

from bpviz.data.samples import Dataset
from bpviz.nn.arrays import FloatArray
from bpviz.training.changes import Change, SetLearningRate, SetOptimizer
from bpviz.training.config import TrainingConfig


class StepSize(Enum):
    """How far one step goes."""

    ITERATION = "iteration"
    EPOCH = "epoch"


@dataclass(frozen=True, slots=True)
class Run:
    """Train until told otherwise."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop after the current iteration."""


@dataclass(frozen=True, slots=True)
class Step:
    """Train one iteration, or to the end of the epoch, then pause."""

    size: StepSize


@dataclass(frozen=True, slots=True)
class RunTo:
    """Train until this iteration is done, counted over the whole run, then pause."""

    iteration: int


@dataclass(frozen=True, slots=True)
class StartRun:
    """Begin a new run, paused; `parameters` replaces the drawn initial weights (a loaded network)."""

    run_id: int
    config: TrainingConfig
    dataset: Dataset
    parameters: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class ApplyChange:
    """Make a change from the next iteration on; where the branch has a future already, it forks."""

    change: Change


@dataclass(frozen=True, slots=True)
class GoTo:
    """Go back, or forward, to an iteration the current branch has done, and show it; pauses.

    A number past the furthest iteration done leads to that one.
    """

    iteration: int


@dataclass(frozen=True, slots=True)
class StepBack:
    """Go back one iteration, or to the end of the epoch before, as often as it is sent; pauses."""

    size: StepSize


@dataclass(frozen=True, slots=True)
class ForkHere:
    """Begin a new branch where the run stands, with these changes; None names it by what differs."""

    changes: tuple[Change, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class SwitchBranch:
    """Show another branch where it was left; pauses, but for a race, which goes on."""

    branch_id: int


@dataclass(frozen=True, slots=True)
class DropBranch:
    """Forget a branch that is not shown; branches that forked from it stay whole."""

    branch_id: int


@dataclass(frozen=True, slots=True)
class Race:
    """Train these branches in turn from their ends, always the one behind, until paused or all are there."""

    branch_ids: tuple[int, ...]
    until: int | None = None


@dataclass(frozen=True, slots=True)
class AskWeightHistory:
    """Ask how one parameter went on the current branch; answered by `WeightHistory`.

    Attributes
    ----------
    index
        Its place in the flat parameters (`bpviz.nn.parameter_index`).
    first, last
        Replay these iterations for every value between; without them the checkpoints are read.
    """

    index: int
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class SetPace:
    """Train at most this many iterations a second; None for as fast as it goes."""

    iterations_per_s: float | None


@dataclass(frozen=True, slots=True)
class Watch:
    """Show this row of the training set in every snapshot; None for the batch's largest loss."""

    index: int | None


Command = (
    Run
    | Pause
    | Step
    | RunTo
    | StartRun
    | SetLearningRate
    | SetOptimizer
    | SetPace
    | Watch
    | ApplyChange
    | GoTo
    | StepBack
    | ForkHere
    | SwitchBranch
    | DropBranch
    | Race
    | AskWeightHistory
)
