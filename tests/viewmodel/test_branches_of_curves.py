"""Branches share their parents' past, keep their own future, and are drawn apart from where they part."""

import numpy as np
import pytest

from bpviz.viewmodel.run.chart_content import chart_content
from bpviz.viewmodel.run.chart_lines import ChartCurve, Quantity
from bpviz.viewmodel.run.chart_reading import chart_reading
from bpviz.viewmodel.run.curves import RunCurves
from tests.viewmodel.branching import SCHEDULE, branch
from tests.viewmodel.measured_rows import rows, trial

FORK = 300


def two_futures(current: int = 1, n: int = 600) -> RunCurves:
    """Return a run with loss 2, going on with 1; a branch forked at FORK goes on with 0.5."""
    curves = RunCurves(100, 2)
    curves.add(rows(1, [2.0] * FORK, depth=2))
    curves.add(rows(FORK + 1, [1.0] * (n - FORK), accuracy=0.7, depth=2))
    curves.set_branches(
        (branch(0, is_current=current == 0), branch(1, 0, FORK, "η 0.5 → 1", is_current=current == 1))
    )
    curves.add(rows(FORK + 1, [0.5] * (n - FORK), accuracy=0.9, depth=2, branch=1))
    return curves


def loss_at(curves: RunCurves, branch_id: int, iteration: int) -> float:
    reading = curves.curves_of(branch_id).loss.reading(iteration)
    assert reading is not None
    assert reading.low == reading.high
    return reading.low


def drawn(quantity: Quantity, curves: RunCurves) -> tuple[ChartCurve, ...]:
    return chart_content(quantity, curves, n_columns=1000, most_ticks=5, is_plain=False).curves


def test_a_branch_has_its_parents_past_and_its_own_future() -> None:
    curves = two_futures()
    assert [loss_at(curves, 1, i) for i in (1, FORK, FORK + 1, 600)] == [2.0, 2.0, 0.5, 0.5]
    assert [loss_at(curves, 0, i) for i in (1, FORK, FORK + 1, 600)] == [2.0, 2.0, 1.0, 1.0]


def test_the_run_answers_for_the_current_branch() -> None:
    assert two_futures(current=0).loss.smoothed(600, 1000).newest == pytest.approx(1.0)
    assert two_futures(current=1).loss.smoothed(600, 1000).newest == pytest.approx(0.5)


@pytest.mark.parametrize("fork", [4999, 5000, 5001, 5007])
def test_in_a_long_run_nothing_after_the_fork_is_taken_for_the_branchs(fork: int) -> None:
    curves = RunCurves(1000, 1)
    curves.add(rows(1, [1.0] * fork + [50.0] * 5000))
    curves.set_branches((branch(0), branch(1, 0, fork, is_current=True)))
    curves.add(rows(fork + 1, [1.0] * 100, branch=1))
    raw = curves.loss.raw(20_000, 20_000)
    assert raw.high.max() == 1.0
    assert np.diff(raw.iteration).max() <= 16


def test_retraced_iterations_are_counted_once() -> None:
    curves = two_futures()
    curves.add(rows(100, [9.0] * 401, depth=2))
    assert curves.curves_of(0).loss.raw(600, 1000).high.max() == 2.0
    curves.add_test(trial(200, 0.4))
    curves.add_test(trial(100, 9.0))
    assert list(curves.curves_of(0).test_loss(True).value) == [0.4]


def test_what_comes_before_its_branch_is_told_of_is_kept() -> None:
    curves = RunCurves(100, 1)
    curves.add(rows(1, [2.0] * FORK))
    curves.add(rows(FORK + 1, [0.5] * 10, branch=1))
    curves.add_test(trial(FORK + 5, 0.4, branch=1))
    curves.set_branches((branch(0), branch(1, 0, FORK, is_current=True)))
    assert curves.iteration == FORK + 10
    assert list(curves.test_loss(True).value) == [0.4]


def test_shared_iterations_drained_after_the_fork_belong_to_both() -> None:
    curves = RunCurves(100, 1)
    curves.add(rows(1, [2.0] * 200))
    curves.set_branches((branch(0), branch(1, 0, FORK, is_current=True)))
    curves.add(rows(201, [3.0] * 300))
    assert curves.curves_of(1).iteration == FORK
    assert loss_at(curves, 1, FORK) == 3.0
    curves.add_test(trial(250, 0.4))
    curves.add_test(trial(350, 0.3))
    assert list(curves.curves_of(1).test_loss(True).value) == [0.4]


def test_branches_know_where_they_part() -> None:
    curves = RunCurves(100, 1)
    curves.set_branches(
        (
            branch(0, is_current=True),
            branch(1, 0, 300),
            branch(2, 1, 500),
            branch(3, 1, 200),
            branch(4, 0, 100),
        )
    )
    parts = {(a, b): curves.shared_until(a, b) for a in range(5) for b in range(5) if a < b}
    assert parts[0, 1] == parts[0, 2] == 300
    assert parts[1, 2] == 500
    assert parts[2, 3] == parts[1, 3] == parts[0, 3] == 200
    assert parts[2, 4] == 100


def test_line_styles_stay_with_their_branches_and_are_free_again_when_one_is_dropped() -> None:
    curves = RunCurves(100, 1)
    curves.set_branches((branch(0, is_current=True), branch(1, 0, 1), branch(2, 0, 2)))
    curves.set_branches((branch(0, is_current=True), branch(2, 0, 2)))
    assert curves.style_of(2) == 2
    curves.set_branches((branch(0, is_current=True), branch(2, 0, 2), branch(3, 0, 3)))
    assert curves.style_of(3) == 1


def test_a_branch_outlives_its_parent() -> None:
    curves = two_futures()
    curves.set_branches((branch(1, None, 0, is_current=True),))
    assert loss_at(curves, 1, 5) == 2.0


def test_current_branch_is_drawn_whole_and_the_other_from_where_it_leaves() -> None:
    train, test, other = drawn(Quantity.LOSS, two_futures())
    assert train.trunk is not None
    assert (train.trunk.iteration[0], train.trunk.iteration[-1]) == (1, FORK)
    assert (train.line.iteration[0], train.line.iteration[-1]) == (FORK, 600)
    assert (other.line.iteration[0], other.line.iteration[-1]) == (FORK, 600)
    assert (train.is_aside, test.is_aside, other.is_aside) == (False, False, True)
    assert (train.style, other.style) == (1, 0)


def test_seen_from_the_first_branch_the_fork_is_aside() -> None:
    train, _, other = drawn(Quantity.LOSS, two_futures(current=0))
    assert train.trunk is None
    assert train.line.iteration[0] == 1
    assert (train.style, other.style) == (0, 1)
    assert other.line.iteration[0] == FORK


def test_branches_are_named_beside_their_newest_values() -> None:
    train, test, other = drawn(Quantity.LOSS, two_futures())
    assert [(c.name, c.value_text) for c in (train, test, other)] == [
        ("η 0.5 → 1", "0.500"),
        ("test", "–"),
        ("branch 0", "1.00"),
    ]


def test_gradient_norms_are_the_current_branchs_alone() -> None:
    assert [curve.value_text for curve in drawn(Quantity.GRADIENT_NORM, two_futures())] == ["0.50", "1.0"]


def test_axis_holds_the_longest_branch() -> None:
    curves = two_futures(current=1)
    curves.add(rows(601, [1.0] * 900, depth=2))
    run = chart_content(Quantity.LOSS, curves, 200, 5, False).run
    assert run.end >= 1500


def test_reading_gives_the_values_of_all_branches() -> None:
    reading = chart_reading(Quantity.LOSS, two_futures(), 590)
    assert reading is not None
    assert reading.value_texts == ("0.500", "–", "1.00")
    assert reading.note == "batch 0.500"


def test_reading_past_the_end_of_a_branch_has_no_value_of_it() -> None:
    curves = two_futures(current=1)
    curves.add(rows(601, [1.0] * 400, depth=2))
    reading = chart_reading(Quantity.LOSS, curves, 900)
    assert reading is not None
    assert reading.values == (None, None, 1.0)
    assert reading.iteration == 900
    assert chart_reading(Quantity.GRADIENT_NORM, curves, 900) is None


def test_reading_past_the_end_of_another_branch_has_no_value_of_that() -> None:
    curves = two_futures(current=0)
    curves.add(rows(601, [1.0] * 400, depth=2))
    reading = chart_reading(Quantity.LOSS, curves, 900)
    assert reading is not None
    assert reading.values == (1.0, None, None)


def test_epochs_are_those_of_the_current_branch() -> None:
    curves = RunCurves(100, 1)
    curves.add(rows(1, [1.0] * 600))
    schedule = SCHEDULE.changed(FORK, 2)
    curves.set_branches((branch(0), branch(1, 0, FORK, is_current=True, schedule=schedule)))
    assert [curves.epoch_of(i) for i in (300, 301, 351)] == [3, 4, 5]
