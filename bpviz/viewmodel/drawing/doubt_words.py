"""What is said where a drawing is probably no single digit."""

from bpviz.data.drawing_check import Doubt
from bpviz.viewmodel.drawing.answer import Answer

_HEADLINES = {Doubt.DOT: "A dot?", Doubt.SCRIBBLE: "A scribble?", Doubt.SEVERAL_DIGITS: "Two digits?"}


def doubt_headline(doubt: Doubt) -> str:
    """Return the doubt as a question, short enough to be read from afar."""
    return _HEADLINES[doubt]


def doubt_second(answer: Answer) -> str:
    """Return what the network would call it all the same."""
    return f"It would say {answer.digit}, {answer.share_text}."
