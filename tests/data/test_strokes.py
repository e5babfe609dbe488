from dataclasses import replace

import numpy as np
import pytest

from bpviz.data.stroke_templates import StrokeForm, styles_of
from bpviz.data.strokes import ORDINARY_HANDS, HandVariation, draw_digit, smooth_stroke

STILL = HandVariation(
    wobble_sd=0.0,
    tremor_sd=0.0,
    drift_sd=0.0,
    reach_sd=0.0,
    balance_sd=0.0,
    bend_sd=0.0,
    tilt_sd_deg=0.0,
    slant_mean=0.0,
    slant_sd=0.0,
    breadth_mean=0.0,
    breadth_sd=0.0,
)


def total_turn_deg(curve: np.ndarray) -> float:
    """Largest change of direction between neighbouring pieces of a polyline."""
    way = np.diff(curve, axis=0)
    angle = np.unwrap(np.arctan2(way[:, 1], way[:, 0]))
    return float(np.degrees(np.abs(np.diff(angle)).max()))


def test_the_same_generator_state_draws_the_same_digit() -> None:
    first = draw_digit(8, np.random.default_rng(5))
    second = draw_digit(8, np.random.default_rng(5))
    assert len(first) == len(second)
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_is_finite_and_about_one_unit_high(digit: int) -> None:
    rng = np.random.default_rng(digit)
    heights = []
    for _ in range(60):
        points = np.concatenate(draw_digit(digit, rng))
        assert np.isfinite(points).all()
        heights.append(np.ptp(points[:, 1]))
    assert 0.8 < np.median(heights) < 1.25
    assert min(heights) > 0.4


def test_two_hands_never_write_alike() -> None:
    rng = np.random.default_rng(0)
    starts = {tuple(np.round(draw_digit(2, rng)[0][0], 6)) for _ in range(50)}
    assert len(starts) == 50


def test_all_styles_of_a_digit_occur_by_their_weight() -> None:
    rng = np.random.default_rng(1)
    strokes_in_seven = [len(draw_digit(7, rng)) for _ in range(600)]
    styles = styles_of(7)
    crossed = sum(s.weight for s in styles if len(s.forms[0]) == 2) / sum(s.weight for s in styles)
    assert np.mean(np.array(strokes_in_seven) == 2) == pytest.approx(crossed, abs=0.06)


def test_without_variation_a_digit_passes_through_a_blend_of_its_forms() -> None:
    rng = np.random.default_rng(2)
    straight = draw_digit(1, rng, STILL)
    xs, ys = np.concatenate(straight).T
    assert ys.min() == pytest.approx(0.0, abs=0.02)
    assert ys.max() == pytest.approx(1.0, abs=0.02)
    assert xs.max() - xs.min() < 0.7


def test_a_positive_slant_leans_to_the_right() -> None:
    upright = draw_digit(4, np.random.default_rng(3), STILL)
    leaning = draw_digit(4, np.random.default_rng(3), replace(STILL, slant_mean=0.5))
    for before, after in zip(upright, leaning, strict=True):
        np.testing.assert_allclose(after[:, 1], before[:, 1], atol=1e-12)
        np.testing.assert_allclose(after[:, 0], before[:, 0] - 0.5 * before[:, 1], atol=1e-12)


def test_a_smooth_stroke_meets_its_points_and_turns_sharply_only_at_corners() -> None:
    bow = np.array([[0.0, 0.0], [0.5, 0.2], [0.6, 0.6], [0.2, 1.0]])
    smooth = smooth_stroke(StrokeForm(bow, ()))
    for point in bow:
        assert np.linalg.norm(smooth - point, axis=1).min() < 1e-9
    assert total_turn_deg(smooth) < 25.0
    assert total_turn_deg(smooth_stroke(StrokeForm(bow, (1,)))) > 25.0


def test_ordinary_hands_keep_closed_loops_round() -> None:
    rng = np.random.default_rng(4)
    turns = [total_turn_deg(draw_digit(0, rng, ORDINARY_HANDS)[0]) for _ in range(40)]
    assert np.median(turns) < 35.0
