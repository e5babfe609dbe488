"""What a lesson says: plain sentences with numbers of the running experiment in them.

``The output for 0 is {output(0):.2f|error}, and **too low**.`` A number in braces is an expression, then how
it is written (``.2f`` decimals, ``+.2f`` with its sign, ``.3g`` significant digits, ``.1%`` per cent, ``d`` a
whole number), then, after a bar, the colour of what it is. ``{?…}`` is a blank on a worksheet's first page.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bpviz.viewmodel.lessons.expression import Expression, ExpressionError, Measure, parse_expression
from bpviz.viewmodel.words.number_format import fixed, grouped, percent, signed, significant

TONES = (
    "activation_text",
    "error_text",
    "gradient_negative_text",
    "gradient_positive_text",
    "secondary",
    "weight_negative_text",
    "weight_positive_text",
)
"""Theme tokens a number may wear; a lesson writes them without ``_text``."""

_PIECES = re.compile(r"\{\{|\}\}|\*\*|\{([^{}]*)\}")
_FORMAT = re.compile(r"(\+?)\.(\d)([fg%])|d")
_TONE_OF = {tone.removesuffix("_text"): tone for tone in TONES}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one look; `tone` is a theme token, "" for that of the words around it."""

    text: str
    tone: str = ""
    is_strong: bool = False
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    expression: Expression
    written: Callable[[float], str]
    tone: str
    is_blank: bool


@dataclass(frozen=True, slots=True)
class LessonText:
    """A text whose numbers are put in when it is shown."""

    source: str = ""
    _pieces: tuple[tuple[str | _Number, bool], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self.source

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The numbers it needs."""
        return tuple(piece.expression for piece, _ in self._pieces if isinstance(piece, _Number))

    def spans(self, measure: Measure) -> tuple[Span, ...]:
        """Return the text with its numbers as they are now."""
        return tuple(_span(piece, is_strong, measure) for piece, is_strong in self._pieces)

    def plain(self, measure: Measure) -> str:
        """Return the same as one string."""
        return "".join(span.text for span in self.spans(measure))


def parse_text(source: str) -> LessonText:
    """Return the text a lesson holds.

    Raises
    ------
    ExpressionError
        If a number in braces cannot be read, or a brace or ** stands alone.
    """
    pieces: list[tuple[str | _Number, bool]] = []
    is_strong, end = False, 0
    for match in _PIECES.finditer(source):
        _add_words(pieces, source[end : match.start()], is_strong)
        end = match.end()
        if match[0] == "**":
            is_strong = not is_strong
        elif match[0] in ("{{", "}}"):
            _add_words(pieces, match[0][0], is_strong, is_checked=True)
        else:
            pieces.append((_number(match[1]), is_strong))
    _add_words(pieces, source[end:], is_strong)
    if is_strong:
        raise ExpressionError(f"'{source}' opens ** and does not close it")
    return LessonText(source, tuple(pieces))


def _add_words(
    pieces: list[tuple[str | _Number, bool]], words: str, is_strong: bool, is_checked: bool = False
) -> None:
    if not is_checked and ("{" in words or "}" in words):
        raise ExpressionError(f"'{words}' holds a brace that stands alone; write {{{{ or }}}} for one")
    if words:
        pieces.append((words, is_strong))


def _number(source: str) -> _Number:
    body, _, tone = source.partition("|")
    expression, _, form = body.rpartition(":")
    if not expression:
        raise ExpressionError(f"'{source}' does not say how the number is written; add for example ':.2f'")
    if tone and tone not in _TONE_OF:
        raise ExpressionError(f"'{tone}' is no colour of a number; choose one of {', '.join(_TONE_OF)}")
    is_blank = expression.startswith("?")
    return _Number(
        parse_expression(expression.removeprefix("?")), _writer(form), _TONE_OF.get(tone, ""), is_blank
    )


def _writer(form: str) -> Callable[[float], str]:
    match = _FORMAT.fullmatch(form)
    if match is None:
        raise ExpressionError(f"'{form}' is no way to write a number; use .2f, +.2f, .3g, .1% or d")
    if form == "d":
        return lambda value: grouped(round(value)) if abs(value) < 1e15 else fixed(value, 0)
    has_sign, digits, kind = match[1] == "+", int(match[2]), match[3]
    if kind == "%":
        return lambda value: percent(value, digits)
    if kind == "g":
        return lambda value: significant(value, max(digits, 1))
    return lambda value: signed(value, digits) if has_sign else fixed(value, digits)


def _span(piece: str | _Number, is_strong: bool, measure: Measure) -> Span:
    if isinstance(piece, str):
        return Span(piece, is_strong=is_strong)
    return Span(piece.written(piece.expression.value(measure)), piece.tone, is_strong, piece.is_blank)
