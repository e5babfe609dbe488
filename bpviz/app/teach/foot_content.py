"""Puts into words what a lesson says, asks and lets the learner do at the moment."""

from bpviz.ui.teach.choice_button import ChoiceLook
from bpviz.ui.teach.lesson_foot import ChoiceContent, FootContent
from bpviz.viewmodel.lessons.expression import Measure
from bpviz.viewmodel.lessons.lesson import Choice, Prediction
from bpviz.viewmodel.lessons.lesson_text import Span
from bpviz.viewmodel.lessons.playing import Playing, StepState

_SPACE = {
    StepState.READY: "goes on",
    StepState.REVEALED: "goes on",
    StepState.WAITING: "does it for you",
    StepState.ASKING: "reveals the answer",
    StepState.REVEALING: "",
}
_END = "ends the lesson"


def foot_content(playing: Playing, measure: Measure, counts_hands: bool, is_busy: bool) -> FootContent:
    """Return what stands under the stage.

    Raises
    ------
    BpvizError
        If a text asks for a number there is not.
    """
    step, state = playing.step, playing.state
    is_over = playing.is_last and state in (StepState.READY, StepState.REVEALED)
    hint = step.wait.hint.spans(measure) if step.wait is not None and state is StepState.WAITING else ()
    right, asked = playing.score
    return FootContent(
        text=_text(playing, measure),
        choices=_choices(playing, measure, counts_hands),
        hint=hint,
        space="" if is_busy else _END if is_over else _SPACE[state],
        can_go_back=playing.index > 0 and not is_busy,
        can_count_hands=step.prediction is not None,
        score=f"{right} of {asked} right" if asked else "",
    )


def _text(playing: Playing, measure: Measure) -> tuple[Span, ...]:
    step, outcome = playing.step, playing.outcome
    prediction = step.prediction
    if prediction is None or playing.state in (StepState.READY, StepState.WAITING):
        return step.say.spans(measure)
    if outcome is None:
        return prediction.question.spans(measure)
    right = prediction.choices[outcome.right]
    said = right.revealed if not right.revealed.is_empty else prediction.revealed
    spans = said.spans(outcome.joined(measure))
    verdict = _verdict(playing, right)
    return (Span(f"{verdict} ", is_strong=True), *spans) if verdict else spans


def _verdict(playing: Playing, right: Choice) -> str:
    if playing.chosen is None or playing.outcome is None:
        return ""
    return "Right." if playing.chosen == playing.outcome.right else "Not so."


def _choices(playing: Playing, measure: Measure, counts_hands: bool) -> tuple[ChoiceContent, ...]:
    prediction = playing.step.prediction
    if prediction is None or playing.state is StepState.WAITING:
        return ()
    return tuple(
        ChoiceContent(
            text=_choice_text(playing, prediction, place, measure),
            look=_look(playing, place),
            hands=playing.hands[place] if counts_hands else None,
        )
        for place in range(len(prediction.choices))
    )


def _choice_text(playing: Playing, prediction: Prediction, place: int, measure: Measure) -> str:
    outcome = playing.outcome
    return prediction.choices[place].text.plain(measure if outcome is None else outcome.joined(measure))


def _look(playing: Playing, place: int) -> ChoiceLook:
    if playing.outcome is None:
        return ChoiceLook.CHOSEN if playing.chosen == place else ChoiceLook.OPEN
    if playing.outcome.right == place:
        return ChoiceLook.RIGHT
    return ChoiceLook.WRONG if playing.chosen == place else ChoiceLook.PASSED
