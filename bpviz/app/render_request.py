"""What a picture of the window is to show; no Qt."""

from dataclasses import dataclass
from pathlib import Path

from bpviz.data.samples import Dataset
from bpviz.training.config import TrainingConfig
from bpviz.viewmodel.network.parts import Part
from bpviz.viewmodel.run.steps import Position

SIDES = ("charts", "inspector", "results")
"""The pages of the Lab's right panel."""


@dataclass(frozen=True, slots=True)
class LessonRequest:
    """A step of a lesson.

    Attributes
    ----------
    step
        Counted from 1.
    is_revealed
        Whether its question is answered, or what it waits for is done.
    """

    id: str
    step: int = 1
    is_revealed: bool = False


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One picture of the window.

    Attributes
    ----------
    out
        The PNG file to write.
    side
        One of `SIDES`; None for the one that suits the rest.
    iterations
        Updates made before the picture is taken.
    blas_threads
        Threads the matrix products may use.
    drawn_digit
        The digit drawn on the canvas, 0 to 9; None leaves the canvas empty.
    asked_digit
        The digit asked about on the canvas.
    error_stage
        How far the error of the drawing, labelled as the digit asked about, is shown: the value of a
        `BlameStage`.
    place
        If given, iteration `iterations` + 1 is shown up to this place; else iteration `iterations`, whole.
    selected
        The part of the network that is selected and inspected.
    lesson
        The step of a lesson to show, in place of all that concerns Lab and Draw.
    """

    out: Path
    dataset: Dataset
    config: TrainingConfig
    width_px: int = 1280
    height_px: int = 800
    mode: str = "lab"
    theme: str = "dark"
    side: str | None = None
    iterations: int = 500
    blas_threads: int = 1
    drawn_digit: int | None = None
    asked_digit: int | None = None
    error_stage: str | None = None
    place: Position | None = None
    selected: Part | None = None
    lesson: LessonRequest | None = None
