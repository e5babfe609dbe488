"""The answer as a stand says it: one sign in huge type, two lines beside it."""

from dataclasses import dataclass

from bpviz.viewmodel.drawing.doubt_words import doubt_headline, doubt_second
from bpviz.viewmodel.drawing.reading import Reading


@dataclass(frozen=True, slots=True)
class KioskWords:
    """What stands in huge, large and smaller type; the sign stands back where it is not sure."""

    sign: str
    headline: str
    more: str
    is_sure: bool


def kiosk_words(reading: Reading) -> KioskWords:
    """Return the words for a reading: the same values and thresholds as everywhere in bpviz."""
    answer = reading.answer
    if reading.prepared.is_empty:
        return KioskWords("?", "Draw a digit", "The network reads along.", is_sure=False)
    if answer is None:
        return KioskWords("?", "No answer", "Its outputs are not numbers.", is_sure=False)
    if reading.doubt is not None:
        return KioskWords("?", doubt_headline(reading.doubt), doubt_second(answer), is_sure=False)
    return KioskWords(str(answer.digit), answer.share_text, answer.runner_up_text, answer.is_sure)
