"""Commands the window sends to the worker, and events it answers with."""

from dataclasses import dataclass
from enum import Enum

from bpviz.data.samples import Dataset
from bpviz.nn.arrays import FloatArray
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
class SetLearningRate:
    """Use this learning rate from the next iteration on."""

    learning_rate: float


@dataclass(frozen=True, slots=True)
class SetOptimizer:
    """Use this optimiser, its state fresh, from the next iteration on."""

    optimizer: str
    momentum: float


@dataclass(frozen=True, slots=True)
class SetPace:
    """Train at most this many iterations a second; None for as fast as it goes."""

    iterations_per_s: float | None


@dataclass(frozen=True, slots=True)
class Watch:
    """Show this row of the training set in every snapshot; None for the batch's largest loss."""

    index: int | None


Command = Run | Pause | Step | RunTo | StartRun | SetLearningRate | SetOptimizer | SetPace | Watch


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

    `accuracy` is a fraction; `is_whole` tells the whole test part from a fixed subset of it.
    """

    run_id: int
    iteration: int
    epoch: int
    loss: float
    accuracy: float
    n_samples: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """Every training sample was used once more; `train_loss` is the mean over the epoch's samples."""

    run_id: int
    epoch: int
    iteration: int
    train_loss: float
    train_accuracy: float


@dataclass(frozen=True, slots=True)
class Diverged:
    """The loss of this iteration was not finite; training paused, the update was not made."""

    run_id: int
    iteration: int
    learning_rate: float


@dataclass(frozen=True, slots=True)
class Failed:
    """The worker met an error; the sentence may be shown, the traceback is in the log."""

    run_id: int
    sentence: str


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


Event = (
    Started
    | StateChanged
    | TestMeasured
    | EpochEnded
    | Diverged
    | Failed
    | DownloadProgress
    | DatasetReady
    | QuestionFailed
)
