import json

import numpy as np
import pytest

from bpviz.data.class_digits import class_digit, decode_digit, encode_digit, parse_entry, tidy_name
from bpviz.data.pen_strokes import PenStroke
from bpviz.errors import DataError
from tests.data.class_hand import drawn, same


def entry_of(**changes: object) -> dict[str, object]:
    entry = json.loads(encode_digit(drawn(7, who="Ada")))
    assert isinstance(entry, dict)
    return {**entry, **changes}


def decoded(**changes: object) -> object:
    return decode_digit(parse_entry(json.dumps(entry_of(**changes))))


def test_a_line_gives_back_the_digit_bit_for_bit() -> None:
    digit = drawn(4, variant=3, who="Zoë")
    back = decode_digit(parse_entry(encode_digit(digit)))
    assert same(back, digit)
    np.testing.assert_array_equal(back.image, digit.image)
    for mine, theirs in zip(digit.strokes, back.strokes, strict=True):
        np.testing.assert_array_equal(mine.points, theirs.points)
        assert mine.pen_width == theirs.pen_width


def test_a_line_is_open_to_any_program() -> None:
    digit = drawn(7)
    entry = json.loads(encode_digit(digit))
    assert entry["label"] == 7
    assert entry["strokes"][0]["points"][0] == [0.2, 0.2]
    pixels = [int(entry["image"][k : k + 2], 16) for k in range(0, len(entry["image"]), 2)]
    np.testing.assert_array_equal(np.reshape(pixels, (28, 28)), digit.image)


def test_the_key_is_the_drawings_own_and_not_the_labels() -> None:
    digit = drawn(3)
    assert digit.with_label(8).key == digit.key
    assert drawn(3, variant=1).key != digit.key


def test_a_name_is_made_one_short_line() -> None:
    assert tidy_name("  Ada\n\tLovelace\x00 ") == "Ada Lovelace"
    assert len(tidy_name("x" * 100)) == 40


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"bpviz_digit": 2}, "version 2; version 1 is needed"),
        ({"bpviz_digit": True}, "version True"),
        ({"label": 10}, "label 10; a whole number from 0 to 9"),
        ({"label": "7"}, "label 7; a whole number"),
        ({"label": True}, "label True"),
        ({"who": 5}, "'who' that is no text"),
        ({"strokes": {}}, "'strokes' that are no list"),
        ({"strokes": [[1, 2]]}, "a stroke that is no object"),
        ({"strokes": [{"pen": 0.1, "points": []}]}, "without 'points'"),
        ({"strokes": [{"pen": "0.1", "points": [[0, 0]]}]}, "without a 'pen' width"),
        ({"strokes": [{"pen": 7, "points": [[0, 0]]}]}, "a pen 7.0 wide"),
        ({"strokes": [{"pen": 0.1, "points": [[0, 0, 0]]}]}, "no pair of numbers"),
        ({"strokes": [{"pen": 0.1, "points": [[0, 10**400]]}]}, "no pair of numbers"),
        ({"strokes": [{"pen": 0.1, "points": [[0, 9]]}]}, "not on or near the canvas"),
        ({"strokes": [{"pen": 0.1, "points": [[0, float("nan")]]}]}, "no pair of numbers"),
        ({"strokes": [{"pen": 0.1, "points": [[0, 0]] * 20_001}]}, "at most 20,000"),
        ({"strokes": [{"pen": 0.1, "points": [[0, 0]] * 11_000}] * 2}, "more than 20,000 points"),
        ({"image": "ff"}, "'image' of 2 letters"),
        ({"image": "zz" * 784}, "no hexadecimal digits"),
        ({"image": " " * 1568}, "no hexadecimal digits"),
    ],
)
def test_a_wrong_line_is_refused_with_what_was_found(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(DataError, match=reason.replace("(", r"\(").replace("[", r"\[")):
        decoded(**changes)


@pytest.mark.parametrize("line", ["", "{", "[]", "7", "[" * 100_000, '{"label":3}', "1" * 5000])
def test_what_is_no_digit_at_all_is_refused(line: str) -> None:
    with pytest.raises(DataError, match=r"is not JSON|has no 'bpviz_digit'"):
        parse_entry(line)


def test_a_digit_in_the_making_is_checked() -> None:
    image = np.zeros((28, 28), np.uint8)
    with pytest.raises(DataError, match="label is 12"):
        class_digit(12, (), image)
    with pytest.raises(DataError, match="uint8"):
        class_digit(1, (), image[:20])
    with pytest.raises(DataError, match="shape"):
        class_digit(1, (PenStroke(np.zeros((0, 2), np.float32), 0.1),), image)
