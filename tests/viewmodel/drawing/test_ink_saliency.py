"""How strongly each pixel of a drawing counts, and where it lies on the canvas."""

import numpy as np
import pytest

from bpviz.data.digit_image import PreparedDigit, prepare_ink
from bpviz.data.rasterize import INK_SIZE, rasterize_strokes
from bpviz.nn.network import Architecture, Network
from bpviz.viewmodel.drawing.answer import classify_drawing
from bpviz.viewmodel.drawing.ink_saliency import InkSaliency, drawing_saliency, image_box, placement
from bpviz.viewmodel.network.color_scale import ramp

SEVEN = np.array([[0.25, 0.25], [0.75, 0.24], [0.45, 0.8]], np.float32)


def prepared(points: np.ndarray = SEVEN, pen_width: float = 0.07) -> PreparedDigit:
    return prepare_ink(rasterize_strokes([points], pen_width))


def network_of(layers: tuple[int, ...]) -> Network:
    architecture = Architecture(layers, "sigmoid")
    rng = np.random.default_rng(5)
    return Network(architecture, rng.normal(0, 0.1, architecture.n_parameters).astype(np.float32))


def overlap(digit: PreparedDigit, shift_x: int, shift_y: int) -> float:
    """Share of the ink that the image covers, laid where it came from and then shifted by its own pixels."""
    left, top, width, height = image_box(digit)
    rows, columns = np.indices((INK_SIZE, INK_SIZE))
    row = np.floor((rows + 0.5 - top) / height * 28).astype(int) + shift_y
    column = np.floor((columns + 0.5 - left) / width * 28).astype(int) + shift_x
    inside = (row >= 0) & (row < 28) & (column >= 0) & (column < 28)
    laid = np.where(inside, digit.image[row.clip(0, 27), column.clip(0, 27)], 0)
    return float(np.minimum(laid, digit.ink).sum() / digit.ink.sum())


def test_without_hidden_layers_pixels_and_bias_add_up_to_the_weighted_sum() -> None:
    network = network_of((784, 10))
    sample = classify_drawing(network, prepared())
    saliency = drawing_saliency(network, sample, 7)
    assert saliency is not None
    assert saliency.values.sum() + network.b[0][7] == pytest.approx(sample.z[-1][7], rel=1e-4)


def test_a_small_change_of_one_pixel_moves_the_weighted_sum_as_told() -> None:
    network = network_of((784, 20, 10))
    digit = prepared()
    sample = classify_drawing(network, digit)
    saliency = drawing_saliency(network, sample, 3)
    assert saliency is not None
    row, column = np.unravel_index(np.abs(saliency.values).argmax(), (28, 28))
    x = sample.x.astype(np.float64)
    pixel = int(row) * 28 + int(column)
    step = np.zeros(784)
    step[pixel] = 1e-3
    exact = Network(network.architecture, network.parameters.astype(np.float64))
    above, below = exact.forward((x + step)[None]).z[-1][0, 3], exact.forward((x - step)[None]).z[-1][0, 3]
    told = saliency.values[row, column]
    assert told == pytest.approx(x[pixel] * (above - below) / 2e-3, rel=1e-3)
    assert saliency.scale == pytest.approx(abs(told))


def test_black_pixels_do_not_count() -> None:
    network = network_of((784, 20, 10))
    digit = prepared()
    saliency = drawing_saliency(network, classify_drawing(network, digit), 3)
    assert saliency is not None
    assert not saliency.values[digit.image == 0].any()


def test_a_diverged_network_has_no_saliency() -> None:
    network = network_of((784, 20, 10))
    network.parameters[:] = np.nan
    assert drawing_saliency(network, classify_drawing(network, prepared()), 3) is None


def test_the_picture_shows_for_against_and_neutral_in_their_colours() -> None:
    values = np.zeros((28, 28))
    values[5, 5], values[20, 20] = 2.0, -2.0
    colors = ramp((0, 255, 0), (60, 60, 60), (255, 0, 255))
    picture = InkSaliency(1, values, 2.0).picture(colors)
    assert picture.shape == (112, 112, 3)
    positive, negative = picture[5 * 4 + 2, 5 * 4 + 2], picture[20 * 4 + 2, 20 * 4 + 2]
    assert positive[2] > 180 > positive[1]
    assert negative[1] > 180 > negative[2]
    np.testing.assert_allclose(picture[70, 10], (60, 60, 60), atol=2)


def test_ink_that_says_nothing_is_neutral_all_over() -> None:
    picture = InkSaliency(1, np.zeros((28, 28)), 0.0).picture(ramp((0, 255, 0), (60, 60, 60), (255, 0, 255)))
    assert np.abs(picture.astype(int) - 60).max() <= 2


@pytest.mark.parametrize("pen_width", [0.03, 0.07])
@pytest.mark.parametrize("corner", [(0.0, 0.0), (0.2, 0.15)])
def test_the_image_laid_back_over_the_ink_covers_it(corner: tuple[float, float], pen_width: float) -> None:
    digit = prepared(SEVEN + np.array(corner, np.float32), pen_width)
    overlaps = {shift: overlap(digit, *shift) for shift in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))}
    assert overlaps[0, 0] > 0.8
    assert max(overlaps, key=lambda shift: overlaps[shift]) == (0, 0)


def test_the_placement_finds_the_scaled_ink_in_the_image() -> None:
    digit = prepared()
    column, row = placement(digit)
    height, width = digit.scaled.shape
    np.testing.assert_array_equal(digit.image[row : row + height, column : column + width], digit.scaled)


def test_the_pixels_of_a_thickened_line_are_square_on_the_canvas() -> None:
    line = np.array([[0.3, 0.2], [0.5, 0.8]], np.float32)
    digit = prepared(line, 0.03)
    assert digit.thickened_px > 0.0
    _, _, width, height = image_box(digit)
    assert width == pytest.approx(height, rel=0.05)
