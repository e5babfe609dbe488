"""A lesson as it was read from its file: what stands on the stage, and the steps taken there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bpviz.viewmodel.lessons.expression import Expression
from bpviz.viewmodel.lessons.lesson_text import LessonText

Value = str | int | float | bool | list[int] | list[float] | list[str]
Settings = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a kind of stage understands; what a lesson says beyond it is an error with file, step and key.

    Attributes
    ----------
    run
        Keys of [run]: what the experiment begins with.
    show
        Keys of [step.show]: how it is looked at.
    actions
        What it can do, with the keys each action takes beside `do`.
    measures
        Numbers it can be asked for, with how many arguments each takes.
    parts
        What a spotlight can point at.
    acts
        What a learner can do on it that a step may wait for.
    """

    run: frozenset[str] = frozenset()
    show: frozenset[str] = frozenset()
    actions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    measures: Mapping[str, int] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Action:
    """Something done with the experiment: ``{ do = "train", iterations = 1 }``."""

    name: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question.

    Attributes
    ----------
    when
        It is the right one when this holds; None for the one that is right when no other is.
    text
        What stands on its button.
    revealed
        What is said when it turns out to be right; empty where the question's own words do.
    """

    id: str
    when: Expression | None
    text: LessonText
    revealed: LessonText


@dataclass(frozen=True, slots=True)
class Prediction:
    """A question asked before the experiment answers it.

    Attributes
    ----------
    of
        Measured before and after, as `before`, `after` and `change` in the choices' conditions.
    reveal
        What is done to find out.
    choices
        Tried in order: the first whose condition holds is right.
    """

    question: LessonText
    of: Expression | None
    reveal: tuple[Action, ...]
    choices: tuple[Choice, ...]
    revealed: LessonText


@dataclass(frozen=True, slots=True)
class Wait:
    """What must happen before the next step: something the learner does, or a condition; one is None.

    Attributes
    ----------
    hint
        Tells the learner what to do.
    help
        Does it for a learner who would rather look on.
    """

    act: str | None
    until: Expression | None
    hint: LessonText
    help: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing said, with what is done and looked at for it.

    Attributes
    ----------
    do
        Done when the step is entered.
    show
        How the experiment is looked at, in the stage's own keys; what is not named is as it begins.
    spotlight
        Parts that are meant; the rest is dimmed. Empty: nothing is.
    worksheet
        Lines printed on the sheet for this step, with blanks.
    """

    id: str
    say: LessonText
    do: tuple[Action, ...] = ()
    show: Settings = field(default_factory=dict)
    spotlight: tuple[str, ...] = ()
    prediction: Prediction | None = None
    wait: Wait | None = None
    worksheet: tuple[LessonText, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson.

    Attributes
    ----------
    number
        Its place in the list.
    stage
        The kind of experiment it plays with.
    run
        What the experiment begins with.
    """

    id: str
    number: int
    stage: str
    title: str
    subtitle: str
    run: Settings
    steps: tuple[Step, ...]
