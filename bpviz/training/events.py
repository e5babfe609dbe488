"""What the worker and the helper answer."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from bpviz.data.samples import Dataset
from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.nn.switched_off import SwitchedOff
from bpviz.training.branches import BranchInfo
from bpviz.training.changes import Change
from bpviz.training.config import TrainingConfig


@dataclass(frozen=True, slots=True)
class Started:
    """A new run stands ready, untrained and paused."""

    run_id: int


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The worker began or stopped training."""

    run_id: int
    is_running: bool
    iteration: int


@dataclass(frozen=True, slots=True)
class TestMeasured:
    """The network was tried on test samples it is not trained on, after `iteration` iterations.

    `accuracy` is a fraction, NaN in a regression, and `r_squared` is NaN elsewhere; `is_whole` tells the
    whole test part from a fixed subset of it.
    """

    run_id: int
    iteration: int
    epoch: int
    loss: float
    accuracy: float
    n_samples: int
    is_whole: bool
    branch_id: int = 0
    r_squared: float = math.nan


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """Every training sample was used once more; `train_loss` is the mean over the epoch's samples.

    Where the loss was changed within the epoch, it is the mean over those used since, `n_samples`.
    """

    run_id: int
    epoch: int
    iteration: int
    train_loss: float
    train_accuracy: float
    branch_id: int = 0
    n_samples: int = 0


@dataclass(frozen=True, slots=True)
class Diverged:
    """The loss of this iteration was not finite; training paused, the update was not made."""

    run_id: int
    iteration: int
    learning_rate: float
    branch_id: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """The worker met an error; the sentence may be shown, the traceback is in the log."""

    run_id: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What was asked for cannot be done, and nothing changed; the sentence may be shown."""

    run_id: int
    sentence: str


@dataclass(frozen=True, slots=True)
class BranchAdded:
    """The run has a new branch; the first one is told when the run starts."""

    run_id: int
    branch: BranchInfo


@dataclass(frozen=True, slots=True)
class BranchChanged:
    """Something about a branch is new: how far it has come, its changes, whether it is shown."""

    run_id: int
    branch: BranchInfo


@dataclass(frozen=True, slots=True)
class BranchDropped:
    """The run has this branch no more."""

    run_id: int
    branch_id: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A change came into force after `iteration` iterations; `config` is what the next one trains with.

    Attributes
    ----------
    is_replayed
        True for a logged change made again while retracing.
    """

    run_id: int
    branch_id: int
    iteration: int
    change: Change
    config: TrainingConfig
    switched_off: SwitchedOff
    is_replayed: bool


@dataclass(frozen=True, slots=True)
class Rewinding:
    """A jump has begun that has to replay this many iterations."""

    run_id: int
    branch_id: int
    iteration: int
    n_replayed: int


@dataclass(frozen=True, slots=True)
class Rewound:
    """The run stands, paused, at another place; the snapshot of `iteration` is in the mailbox.

    Attributes
    ----------
    config, switched_off
        What the next iteration trains with.
    upcoming
        Changes made at this very place which running on makes again.
    """

    run_id: int
    branch_id: int
    iteration: int
    config: TrainingConfig
    switched_off: SwitchedOff
    upcoming: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class WeightHistory:
    """One parameter on its way: its value after each of these iterations, before changes made there.

    Attributes
    ----------
    iterations, values
        Ascending, shape (n,).
    is_every_iteration
        True where an interval was replayed; else these are the checkpoints there are.
    """

    run_id: int
    branch_id: int
    index: int
    iterations: IndexArray
    values: FloatArray
    is_every_iteration: bool


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """A download asked for is under way; `total` is None while it is not known."""

    done_bytes: int
    total_bytes: int | None


@dataclass(frozen=True, slots=True)
class DatasetReady:
    """The dataset asked for was loaded."""

    dataset: Dataset


@dataclass(frozen=True, slots=True)
class QuestionFailed:
    """The helper could not do what it was asked; the sentence may be shown."""

    question: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The helper has an answer, or news on the way to it; `deliver` hands it over in the window's thread."""

    deliver: Callable[[], None]


Event = (
    Started
    | StateChanged
    | TestMeasured
    | EpochEnded
    | Diverged
    | Failed
    | Refused
    | BranchAdded
    | BranchChanged
    | BranchDropped
    | Changed
    | Rewinding
    | Rewound
    | WeightHistory
    | DownloadProgress
    | DatasetReady
    | Answered
    | QuestionFailed
)
