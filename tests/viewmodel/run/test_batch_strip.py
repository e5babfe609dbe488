"""The batch strip: largest loss first, bars on one scale, wrong answers named."""

import math

import numpy as np
import pytest

from bpviz.data.samples import Samples
from bpviz.viewmodel.run.batch_strip import batch_strip, tile_images
from tests.viewmodel.passes import batch_of, grey_samples

BATCH = batch_of([0.1, 2.0, 0.5], labels=[8, 4, 3], predicted=[8, 6, 3], first_row=100)


def test_largest_loss_comes_first() -> None:
    assert list(batch_strip(BATCH, 10).rows) == [101, 102, 100]


def test_only_the_largest_that_fit_are_shown() -> None:
    assert list(batch_strip(BATCH, 2).rows) == [101, 102]
    assert batch_strip(BATCH, 0).tiles == ()


def test_wrong_answer_is_named_and_right_one_is_the_label() -> None:
    wrong, right, _ = batch_strip(BATCH, 10).tiles
    assert (wrong.caption, wrong.is_wrong) == ("4→6", True)
    assert (right.caption, right.is_wrong) == ("3", False)
    assert wrong.words == "Sample 101: label 4, read as 6, loss 2.00"
    assert right.words == "Sample 102: label 3, read rightly, loss 0.500"


def test_bars_are_shares_of_the_largest_loss_which_is_said() -> None:
    strip = batch_strip(BATCH, 10)
    assert [tile.loss_share for tile in strip.tiles] == pytest.approx([1.0, 0.25, 0.05])
    assert strip.scale_note == "Longest bar: loss 2.00"


def test_sentence_counts_the_whole_batch_even_if_few_fit() -> None:
    assert batch_strip(BATCH, 1).sentence == "2 of 3 right, mean loss 0.867. Largest losses first."


def test_losses_of_zero_have_no_bars() -> None:
    strip = batch_strip(batch_of([0.0, 0.0], [1, 2], [1, 2]), 10)
    assert [tile.loss_share for tile in strip.tiles] == [0.0, 0.0]


def test_a_loss_that_is_no_number_counts_as_the_largest() -> None:
    strip = batch_strip(batch_of([1.0, math.nan, 2.0], [1, 2, 3], [1, 2, 3]), 10)
    assert list(strip.rows) == [1, 2, 0]
    assert [tile.loss_share for tile in strip.tiles] == pytest.approx([1.0, 1.0, 0.5])


def test_images_stand_side_by_side_in_the_order_asked_for() -> None:
    images = tile_images(grey_samples(5), np.array([3, 1]))
    assert images.shape == (28, 56)
    assert np.all(images[:, :28] == 3)
    assert np.all(images[:, 28:] == 1)


def test_an_image_keeps_its_rows() -> None:
    inputs = np.zeros((1, 784), np.uint8)
    inputs[0, 28] = 255
    assert tile_images(Samples(inputs, np.zeros(1, np.uint8)), np.array([0]))[1, 0] == 255


def test_inputs_that_are_floats_become_grey_levels() -> None:
    inputs = np.full((1, 784), 0.5, np.float32)
    images = tile_images(Samples(inputs, np.zeros(1, np.uint8), input_scale=1.0), np.array([0]))
    assert images.dtype == np.uint8
    assert images[0, 0] == 127
