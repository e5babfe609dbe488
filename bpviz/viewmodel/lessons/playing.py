"""How far a learner has come in a lesson: the step, the question, the score. No Qt, no clock."""

from dataclasses import dataclass
from enum import Enum

from bpviz.viewmodel.lessons.expression import Argument, Measure
from bpviz.viewmodel.lessons.lesson import Action, Lesson, Prediction, Step

MOST_HANDS = 999


class StepState(Enum):
    """What a step waits for."""

    READY = "ready"
    WAITING = "waiting"
    ASKING = "asking"
    REVEALING = "revealing"
    REVEALED = "revealed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question turned out to be.

    Attributes
    ----------
    right
        The choice that is right.
    before, after
        The measured number around the reveal; nan where the question measures none.
    """

    right: int
    before: float
    after: float

    @property
    def change(self) -> float:
        """How far the number moved."""
        return self.after - self.before

    def joined(self, measure: Measure) -> Measure:
        """Return measures that also know `before`, `after` and `change`."""
        own = {"before": self.before, "after": self.after, "change": self.change}

        def joint(name: str, arguments: tuple[Argument, ...]) -> float:
            return own[name] if name in own else measure(name, arguments)

        return joint


@dataclass(slots=True)
class _Asked:
    """What became of the question of one step; the first prediction is the one that counts."""

    chosen: int | None = None
    outcome: Outcome | None = None
    hands: tuple[int, ...] = ()
    was_right: bool | None = None


class Playing:
    """One learner, or one class, on the way through one lesson."""

    def __init__(self, lesson: Lesson, step: int = 0) -> None:
        self.lesson = lesson
        self.index = min(max(step, 0), len(lesson.steps) - 1)
        self._asked: dict[int, _Asked] = {}
        self._state = StepState.READY
        self._enter()

    @property
    def step(self) -> Step:
        """The step on screen."""
        return self.lesson.steps[self.index]

    @property
    def state(self) -> StepState:
        """What the step waits for; READY and REVEALED let the learner go on."""
        return self._state

    @property
    def can_go_on(self) -> bool:
        """Whether the next step may be taken."""
        return self._state in (StepState.READY, StepState.REVEALED) and not self.is_last

    @property
    def is_last(self) -> bool:
        """Whether this is the last step."""
        return self.index == len(self.lesson.steps) - 1

    @property
    def chosen(self) -> int | None:
        """The choice predicted at this step, None before there is one."""
        return self._here.chosen

    @property
    def outcome(self) -> Outcome | None:
        """What the question of this step turned out to be, None before it is revealed."""
        return self._here.outcome

    @property
    def hands(self) -> tuple[int, ...]:
        """Hands shown for each choice of this step."""
        prediction = self.step.prediction
        return self._here.hands or (0,) * (len(prediction.choices) if prediction else 0)

    @property
    def score(self) -> tuple[int, int]:
        """Predictions that were right, and all that were made before their reveal."""
        told = [asked.was_right for asked in self._asked.values() if asked.was_right is not None]
        return sum(told), len(told)

    def choose(self, index: int) -> None:
        """Predict this choice; another one may be taken until the reveal."""
        if self._state is StepState.ASKING and 0 <= index < len(self._prediction.choices):
            self._here.chosen = index

    def show_hands(self, index: int, count: int) -> None:
        """Note how many hands a class shows for a choice."""
        hands = list(self.hands)
        if 0 <= index < len(hands):
            hands[index] = min(max(count, 0), MOST_HANDS)
            self._here.hands = tuple(hands)

    def begin_reveal(self) -> tuple[Action, ...]:
        """Return what is to be done to find out the answer; `end_reveal` follows when it is done."""
        if self._state is not StepState.ASKING:
            return ()
        self._state = StepState.REVEALING
        return self._prediction.reveal

    def end_reveal(self, before: float, after: float, measure: Measure) -> None:
        """Judge the question by the numbers around the reveal."""
        if self._state is StepState.REVEALING:
            here = self._here
            here.outcome = judged(self._prediction, Outcome(-1, before, after), measure)
            if here.chosen is not None and here.was_right is None:
                here.was_right = here.chosen == here.outcome.right
            self._state = StepState.REVEALED

    def act(self, name: str) -> bool:
        """Note something the learner did; return whether the step waited for it."""
        wait = self.step.wait
        return self._meet(wait is not None and wait.act == name)

    def check(self, measure: Measure) -> bool:
        """Look whether the condition waited for holds now; return True when it does for the first time."""
        wait = self.step.wait
        return self._meet(wait is not None and wait.until is not None and wait.until.holds(measure))

    def next(self) -> bool:
        """Take the next step; return False where that is not possible yet, or there is none."""
        if not self.can_go_on:
            return False
        self.index += 1
        self._enter()
        return True

    def back(self) -> bool:
        """Go back one step; return False at the first."""
        if self.index == 0:
            return False
        self.index -= 1
        self._enter()
        return True

    @property
    def _here(self) -> _Asked:
        return self._asked.setdefault(self.index, _Asked())

    @property
    def _prediction(self) -> Prediction:
        prediction = self.step.prediction
        if prediction is None:
            raise ValueError(f"step {self.index + 1} of '{self.lesson.id}' asks nothing")
        return prediction

    def _enter(self) -> None:
        # Gone back to, it is asked again, as the experiment is where it was.
        self._here.chosen = self._here.outcome = None
        if self.step.wait is not None:
            self._state = StepState.WAITING
        elif self.step.prediction is not None:
            self._state = StepState.ASKING
        else:
            self._state = StepState.READY

    def _meet(self, is_met: bool) -> bool:
        if not is_met or self._state is not StepState.WAITING:
            return False
        self._state = StepState.ASKING if self.step.prediction is not None else StepState.READY
        return True


def judged(prediction: Prediction, outcome: Outcome, measure: Measure) -> Outcome:
    """Return the outcome with the choice that is right by these numbers."""
    joined = outcome.joined(measure)
    otherwise = next(i for i, choice in enumerate(prediction.choices) if choice.when is None)
    right = next(
        (i for i, choice in enumerate(prediction.choices) if choice.when and choice.when.holds(joined)),
        otherwise,
    )
    return Outcome(right, outcome.before, outcome.after)
