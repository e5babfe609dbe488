import numpy as np
import pytest

from bpviz.data.digit_image import prepare_ink
from bpviz.data.preparation import ALL_STEPS, Preparation
from bpviz.data.rasterize import rasterize_strokes
from bpviz.viewmodel.drawing.preparation_stages import (
    STEP_TEXTS,
    Stage,
    box_between,
    left_out_text,
    stage_before,
    stages_of,
)

SEVEN = np.array([(0.5, 0.5), (0.9, 0.5), (0.7, 0.95)], np.float32)
INK = rasterize_strokes([SEVEN], 0.02)


def framed(stage: Stage) -> np.ndarray:
    """Return the stage's picture in its 28 x 28 frame."""
    left, top, width, height = (round(28 * value) for value in stage.box)
    frame = np.zeros((28, 28), np.uint8)
    frame[top : top + height, left : left + width] = stage.picture
    return frame


def test_there_is_a_stage_for_every_name() -> None:
    assert len(stages_of(prepare_ink(INK))) == len(STEP_TEXTS)
    assert stages_of(prepare_ink(np.zeros((280, 280), np.uint8))) == ()


@pytest.mark.parametrize("steps", [ALL_STEPS, Preparation(centers_mass=False), Preparation(crops=False)])
def test_the_last_stage_is_what_the_network_is_given(steps: Preparation) -> None:
    digit = prepare_ink(INK, steps)
    np.testing.assert_array_equal(framed(stages_of(digit)[-1]), digit.image)


def test_the_pen_is_evened_after_the_scaling() -> None:
    _, _, scaled, even, _ = stages_of(prepare_ink(INK))
    uneven = prepare_ink(INK, Preparation(evens_pen=False))
    np.testing.assert_array_equal(scaled.picture, uneven.scaled)
    assert even.picture.sum() > 1.3 * scaled.picture.sum()


def test_a_stage_comes_from_the_ink_it_shows() -> None:
    stages = stages_of(prepare_ink(INK))
    cut = stage_before(stages, 1)
    np.testing.assert_array_equal(cut.picture, stages[1].picture)
    assert cut.box == stages[0].mark
    assert [stage_before(stages, index) for index in (2, 3, 4)] == list(stages[1:4])


def test_a_box_moves_evenly() -> None:
    assert box_between((0.0, 0.0, 1.0, 1.0), (0.5, 0.25, 0.5, 0.0), 0.5) == (0.25, 0.125, 0.75, 0.5)


def test_what_is_left_out_is_said() -> None:
    assert left_out_text(ALL_STEPS) == ""
    assert left_out_text(Preparation(keeps_shape=False)) == "stretched to 20 × 20"
    assert left_out_text(Preparation(crops=False, evens_pen=False)) == "2 steps left out"
