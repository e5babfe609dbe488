"""Losses of batches, compared between batch sizes."""

import numpy as np
import pytest

from bpviz.viewmodel.lessons.batch_course import BatchCourse, BatchCurves, with_course


def course(batch_size: int, losses: list[float]) -> BatchCourse:
    return BatchCourse(batch_size, 100, np.array(losses))


def test_losses_stand_at_the_epochs_done_before_them() -> None:
    assert course(50, [1.0, 0.9, 0.8]).epochs.tolist() == [0.0, 0.5, 1.0]
    assert course(30, [1.0]).iterations_per_epoch == 4


def test_the_wobble_is_the_mean_jump_of_the_last_epoch() -> None:
    losses = [9.0] * 10 + [1.0, 2.0] * 5
    assert course(10, losses).wobble == pytest.approx(1.0)
    assert np.isnan(course(10, [1.0]).wobble)


def test_the_wobble_of_short_epochs_takes_five_batches() -> None:
    assert course(100, [9.0, 3.0, 2.0, 2.0, 2.0, 3.0]).wobble == pytest.approx(0.5)


def test_a_run_takes_the_place_of_one_with_the_same_batch_size() -> None:
    old, new, other = course(10, [1.0]), course(10, [2.0]), course(1, [3.0])
    assert with_course((old,), other) == (other, old)
    assert with_course((other, old), new) == (other, new)


def test_the_axis_reaches_the_largest_loss_of_all() -> None:
    curves = BatchCurves(course(10, []), (course(1, [0.5, 4.0]),), 10)
    assert curves.highest == 4.0
    assert BatchCurves(course(10, []), (), 10).highest == 1.0
