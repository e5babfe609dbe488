"""Numbers and conditions of lessons."""

import math

import pytest

from bpviz.viewmodel.lessons.expression import Argument, Call, ExpressionError, parse_expression


def measure(name: str, arguments: tuple[Argument, ...]) -> float:
    return {"loss": 0.5, "zero": 0.0, "nothing": math.nan}.get(
        name, float(arguments[-1]) if arguments else 2.0
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * -3", -9.0),
        ("loss / 2 - 1", -0.75),
        ("output(4) - loss", 3.5),
        ("loss < 1 and loss > 0.4", 1.0),
        ("loss < 0.1 or not loss > 0.6", 1.0),
        ("loss == 0.5", 1.0),
        ("loss != 0.5", 0.0),
        ("2 >= 3", 0.0),
        ("3 <= 3", 1.0),
    ],
)
def test_value_is_what_arithmetic_gives(text: str, value: float) -> None:
    assert parse_expression(text).value(measure) == value


def test_dividing_by_zero_gives_no_number_and_no_number_never_holds() -> None:
    assert math.isnan(parse_expression("1 / zero").value(measure))
    assert not parse_expression("1 / zero").holds(measure)
    assert not parse_expression("nothing").holds(measure)


def test_measures_are_known_with_their_arguments() -> None:
    expression = parse_expression('weight("w[1][3,4]") > 0 and gap(2, "up") < loss')
    assert expression.calls == (Call("weight", ("w[1][3,4]",)), Call("gap", (2.0, "up")), Call("loss", ()))


@pytest.mark.parametrize(
    "text",
    ["a.b", "f(x)", "f(a=1)", "1 < 2 < 3", "lambda: 1", "[1]", "True", "'a'", "2 ** 3", "7 // 2", "~1", "(",
     "", "x if y else z", "f()()", "__import__('os')[0]", "1 in 2", "9" * 400, "f(True)", "f(-1)"],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text)
    assert "\n" not in str(caught.value)
