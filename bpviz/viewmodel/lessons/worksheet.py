"""What a worksheet of one step holds: on its first page with blanks, on its second with the key."""

import math
from dataclasses import dataclass

from bpviz.viewmodel.lessons.expression import Measure
from bpviz.viewmodel.lessons.lesson_text import Span
from bpviz.viewmodel.lessons.playing import Outcome, Playing, judged

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One step of a lesson, to be printed.

    Attributes
    ----------
    title, subtitle
        The lesson's.
    place
        Which step of how many, in words.
    said
        What the step says; empty where it only asks.
    question, choices
        What it asks, and the answers to choose from; empty where it asks nothing.
    right
        The right one of `choices`; None while only the experiment can tell.
    lines
        What is to be worked out: spans that are blanks are left open on the first page.
    """

    title: str
    subtitle: str
    place: str
    said: Spans
    question: Spans
    choices: tuple[str, ...]
    right: int | None
    lines: tuple[Spans, ...]

    @property
    def file_name(self) -> str:
        """A name for its file, without an ending."""
        kept = "".join(letter if letter.isalnum() else " " for letter in f"{self.title} {self.place}")
        return "-".join(kept.lower().split())


def worksheet_of(playing: Playing, measure: Measure) -> Worksheet:
    """Return the worksheet of the step on screen, its numbers as they are now.

    Raises
    ------
    BpvizError
        If a text asks for a number there is not.
    """
    lesson, step, prediction = playing.lesson, playing.step, playing.step.prediction
    outcome = _outcome(playing, measure)
    joined = outcome.joined(measure)
    return Worksheet(
        title=lesson.title,
        subtitle=lesson.subtitle,
        place=f"Step {playing.index + 1} of {len(lesson.steps)}",
        said=step.say.spans(measure),
        question=prediction.question.spans(measure) if prediction else (),
        choices=tuple(choice.text.plain(joined) for choice in prediction.choices) if prediction else (),
        right=outcome.right if outcome.right >= 0 else None,
        lines=tuple(line.spans(joined) for line in step.worksheet),
    )


def _outcome(playing: Playing, measure: Measure) -> Outcome:
    """Return what the question turned out to be, or is: one that needs no experiment is judged at once."""
    prediction = playing.step.prediction
    if playing.outcome is not None:
        return playing.outcome
    unknown = Outcome(-1, math.nan, math.nan)
    if prediction is None or prediction.reveal:
        return unknown
    now = math.nan if prediction.of is None else prediction.of.value(measure)
    return judged(prediction, Outcome(-1, now, now), measure)
