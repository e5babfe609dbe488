import numpy as np
import pytest

from bpviz.data.stroke_templates import parse_styles, styles_of
from bpviz.errors import DataError

DIGITS = range(10)


@pytest.mark.parametrize("digit", DIGITS)
def test_every_digit_has_several_styles_with_different_names(digit: int) -> None:
    names = [style.name for style in styles_of(digit)]
    assert len(names) >= 3
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("digit", DIGITS)
def test_every_form_is_one_digit_high_and_no_wider_than_that(digit: int) -> None:
    for style in styles_of(digit):
        for form in style.forms:
            width, height = np.ptp(np.concatenate([stroke.points for stroke in form]), axis=0)
            assert 0.85 <= height <= 1.15, style.name
            assert width <= 1.05, style.name


@pytest.mark.parametrize("digit", DIGITS)
def test_corners_lie_inside_their_stroke(digit: int) -> None:
    for style in styles_of(digit):
        for stroke in style.forms[0]:
            assert all(0 < corner < len(stroke.points) - 1 for corner in stroke.corners), style.name


def test_templates_cannot_be_changed_by_a_user_of_them() -> None:
    points = styles_of(3)[0].forms[0][0].points
    with pytest.raises(ValueError, match="read-only"):
        points[0, 0] = 9.0


def test_the_pen_path_is_read_with_its_corners_and_lifts() -> None:
    lines = ["# seven", "", "7 crossed, weight 1.5", "  0,0 50,0! 20,100 / 10,50 40,50"]
    (style,) = parse_styles(lines)
    assert (style.digit, style.name, style.weight) == (7, "crossed", 1.5)
    first, second = style.forms[0]
    assert first.points.tolist() == [[0.0, 0.0], [0.5, 0.0], [0.2, 1.0]]
    assert first.corners == (1,)
    assert second.points.tolist() == [[0.1, 0.5], [0.4, 0.5]]
    assert second.corners == ()


@pytest.mark.parametrize("other", ["0,0 50,0 20,100", "0,0 50,0! 20,100 30,90", "0,0 50,0! 20,100 / 0,0 1,1"])
def test_forms_that_cannot_be_blended_are_refused(other: str) -> None:
    with pytest.raises(DataError, match="'7 plain, weight 1' differ"):
        parse_styles(["7 plain, weight 1", "  0,0 50,0! 20,100", f"  {other}"])


@pytest.mark.parametrize(
    "lines",
    [["  0,0 1,1"], ["7 plain"], ["7 plain, weight -1", "  0,0 1,1"], ["7 plain, weight 1"], []],
)
def test_a_style_needs_a_header_and_a_form(lines: list[str]) -> None:
    with pytest.raises(DataError, match="is no style"):
        parse_styles(lines)


@pytest.mark.parametrize("path", ["0,0 1,x", "0,0 1", "0,0 1,1 /", "5,5"])
def test_a_path_that_is_none_is_refused(path: str) -> None:
    with pytest.raises(DataError, match=r"is no path|at least 2"):
        parse_styles(["7 plain, weight 1", f"  {path}"])
