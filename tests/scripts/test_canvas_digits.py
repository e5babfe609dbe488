import numpy as np
import pytest
from bundled_data import TabletDigits
from canvas_digits import model_drawings, tablet_drawings, tablet_on_canvas
from no_digits import no_digits

from bpviz.data.digit_image import prepare_ink
from bpviz.data.drawing_check import doubt_about

N_WRITERS = 4


@pytest.fixture
def sevens() -> TabletDigits:
    """A crossed seven, the same by each of four writers."""
    seven = [np.array([[0.0, 0.0], [0.6, 0.0], [0.3, 1.0]]), np.array([[0.1, 0.5], [0.5, 0.5]])]
    return TabletDigits([seven] * N_WRITERS, np.full(N_WRITERS, 7, np.uint8), np.arange(N_WRITERS))


def longer_sides(inputs: np.ndarray) -> list[int]:
    boxes = (np.nonzero(image) for image in inputs.reshape(-1, 28, 28))
    return [int(max(np.ptp(rows), np.ptp(columns))) + 1 for rows, columns in boxes]


def test_tablet_digits_are_written_anew_for_each_copy(sevens: TabletDigits) -> None:
    drawn = tablet_drawings(sevens, 3, np.random.default_rng(0))
    assert drawn.labels.tolist() == [7] * 3 * N_WRITERS
    assert len({row.tobytes() for row in drawn.inputs}) == 3 * N_WRITERS
    assert set(longer_sides(drawn.inputs)) <= {19, 20, 21, 22}


def test_tablet_digits_to_be_tested_are_as_written_wherever_they_are_drawn(sevens: TabletDigits) -> None:
    drawn = tablet_on_canvas(sevens, np.random.default_rng(0))
    likeness = np.corrcoef(drawn.inputs)
    assert len({row.tobytes() for row in drawn.inputs}) == N_WRITERS
    assert likeness.min() > 0.75


def test_equal_seeds_draw_equal_digits_of_every_class() -> None:
    one, other = (model_drawings(20, np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(one.inputs, other.inputs)
    assert np.bincount(one.labels).tolist() == [2] * 10


def test_what_is_no_digit_is_labelled_by_lot() -> None:
    drawn = no_digits(200, np.random.default_rng(4))
    assert np.bincount(drawn.labels, minlength=10).min() >= 8
    assert len({row.tobytes() for row in drawn.inputs}) == 200


def test_much_of_what_is_no_digit_is_seen_to_be_none() -> None:
    images = no_digits(100, np.random.default_rng(5)).inputs.reshape(-1, 28, 28)
    doubts = [doubt_about(prepare_ink(np.array(image))) for image in images]
    digits = model_drawings(100, np.random.default_rng(5)).inputs.reshape(-1, 28, 28)
    doubts_of_digits = [doubt_about(prepare_ink(np.array(image))) for image in digits]
    assert sum(doubt is not None for doubt in doubts) >= 35
    assert sum(doubt is not None for doubt in doubts_of_digits) <= 3
