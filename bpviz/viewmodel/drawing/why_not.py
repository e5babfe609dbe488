"""Sentences on why the network reads a drawing as it does, and why not as another digit."""

from bpviz.training.snapshot import SamplePass
from bpviz.viewmodel.drawing.answer import Answer, share_text
from bpviz.viewmodel.words.sentence_text import Sentence

NOTHING_DRAWN = Sentence("Draw a digit: the network reads along with every point of the pen.")
DOUBTED = Sentence("The network knows nothing but single digits:", "it names one for any ink.")
NO_NUMBERS = Sentence("Outputs that are not numbers have no reasons.")


def why_sentence(answer: Answer, sample: SamplePass, asked: int | None, *, is_tinted: bool) -> Sentence:
    """Return why the drawing is, or is not, read as the digit asked about, with that digit's true output.

    Parameters
    ----------
    asked
        The digit the user asked about; None for nobody asked.
    is_tinted
        Whether the ink is coloured by what counts.
    """
    if asked is None:
        hint = "Click a digit, or press its key, to ask: why not that one?"
        return Sentence(_ink(answer.digit, is_for_first=True) if is_tinted else hint)
    is_answer = asked == answer.digit
    share = share_text(float(sample.output[asked]), answer.is_probability)
    statement = f"Why {'' if is_answer else 'not '}{asked}? Its output is {share}."
    reason = _ink(asked, is_for_first=is_answer) if is_tinted else "“What counts” shows which ink."
    return Sentence(statement, reason)


def with_article(digit: int) -> str:
    """Return ``"a 7"``, ``"an 8"``."""
    return f"{'an' if digit == 8 else 'a'} {digit}"


def _ink(digit: int, *, is_for_first: bool) -> str:
    if is_for_first:
        return f"Purple ink speaks for {with_article(digit)}, green against it."
    return f"Green ink speaks against {with_article(digit)}, purple for it."
