"""Weight images are composed right: colours by weight, smooth, in their places, corners left out."""

import numpy as np

from bpviz.ui.network.weight_tiles import rounded_mask, smoothing_matrix, weight_colors

COLORS = np.arange(256, dtype=np.uint32)
MIDDLE = 127


def test_smoothing_keeps_an_even_picture_even() -> None:
    for target in (9, 28, 41, 100):
        matrix = smoothing_matrix(28, target)
        assert matrix.shape == (target, 28)
        np.testing.assert_allclose(matrix.sum(axis=1), 1.0, atol=1e-6)


def test_same_size_is_left_as_it_is() -> None:
    np.testing.assert_allclose(smoothing_matrix(28, 28), np.eye(28), atol=1e-6)


def test_colour_follows_the_weight_and_stops_at_the_limit() -> None:
    W = np.zeros((4, 1), np.float32)
    W[:, 0] = [-2.0, 0.0, 0.25, 9.0]
    picture = weight_colors(W, 2, 0.5, COLORS, smoothing_matrix(2, 2))
    np.testing.assert_array_equal(picture[0], [[0, MIDDLE], [191, 255]])


def test_weights_that_are_no_numbers_are_drawn_as_zero() -> None:
    W = np.array([[np.nan], [np.inf], [-np.inf], [0.0]], np.float32)
    picture = weight_colors(W, 2, 0.5, COLORS, smoothing_matrix(2, 2))
    np.testing.assert_array_equal(picture[0], [[MIDDLE, 255], [0, MIDDLE]])


def test_corners_are_outside_and_everything_else_is_inside() -> None:
    mask = rounded_mask(30, 4)
    assert not mask[0, 0]
    assert not mask[-1, -1]
    assert mask[0, 15]
    assert mask[15, 0]
    assert mask[4:-4, :].all()
