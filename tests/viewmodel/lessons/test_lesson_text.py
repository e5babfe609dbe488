"""Sentences with numbers in them."""

import pytest

from bpviz.viewmodel.lessons.expression import Argument, ExpressionError
from bpviz.viewmodel.lessons.lesson_text import Span, parse_text


def measure(name: str, arguments: tuple[Argument, ...]) -> float:
    return {"loss": 0.1234, "count": 12345.0, "change": -0.5}[name]


def test_numbers_are_put_in_as_the_text_says() -> None:
    text = parse_text("L {loss:.2f}, {change:+.1f}, {loss:.3g}, {loss:.1%}, {count:d}, {loss + 1:.1f}")
    assert (
        text.plain(measure)
        == "L 0.12, −0.5, 0.123, 12.3\N{NO-BREAK SPACE}%, 12\N{NARROW NO-BREAK SPACE}345, 1.1"
    )


def test_a_number_wears_the_colour_of_what_it_is_and_a_blank_says_so() -> None:
    spans = parse_text("too **high by {loss:.1f|error}** {?count:d}").spans(measure)
    assert spans[2] == Span("0.1", "error_text", is_strong=True)
    assert spans[1] == Span("high by ", is_strong=True)
    assert spans[-1].is_blank


def test_doubled_braces_are_braces() -> None:
    assert parse_text("{{x}}").plain(measure) == "{x}"


@pytest.mark.parametrize("text", ["{loss}", "{loss:.2q}", "{loss:.2f|pink}", "}", "{", "**bold", "{a b:.1f}"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse_text(text)
