"""The strip's wave: the whole run on a stated scale, and words for what is pointed at."""

import math

import pytest

from bpviz.viewmodel.run.curves import RunCurves
from bpviz.viewmodel.run.recording import recording, recording_reading
from tests.viewmodel.branching import branch
from tests.viewmodel.measured_rows import rows


def run(losses: list[float], per_epoch: int = 100) -> RunCurves:
    curves = RunCurves(per_epoch, 1)
    curves.add(rows(1, losses))
    return curves


def test_wave_holds_the_whole_run_and_its_spike() -> None:
    shown = recording(run([0.5] * 500 + [30.0] + [0.5] * 449), 100, 10)
    assert shown.iteration == 950
    assert shown.end == 1000
    assert shown.raw.high.max() == 30.0
    assert shown.heights.high >= 30.0


def test_smallest_mean_is_still_seen() -> None:
    shown = recording(run([1.0] * 100 + [0.01] * 300), 100, 10)
    assert shown.heights.fraction(shown.smoothed.value).min() > 0.1


@pytest.mark.parametrize(
    ("iteration", "name"), [(1, "Epoch 1"), (100, "Epoch 1"), (250, "Epoch 3"), (900, "Epoch 9")]
)
def test_current_epoch_is_the_last_that_has_begun(iteration: int, name: str) -> None:
    shown = recording(run([1.0] * iteration), 100, 10)
    assert shown.epochs[shown.current_epoch(iteration)].text == name


def test_strip_of_a_run_not_begun_is_empty() -> None:
    shown = recording(RunCurves(), 100, 10)
    assert shown.current_epoch(0) == 0
    assert len(shown.raw.high) == 0


@pytest.mark.parametrize(
    ("iteration", "words"),
    [
        (120.2, "iteration 120, epoch 2: loss 0.500"),
        (1e9, "iteration 200, epoch 2: loss not a finite number"),
    ],
)
def test_reading_says_iteration_epoch_and_loss(iteration: float, words: str) -> None:
    assert recording_reading(run([0.5] * 199 + [math.inf]), iteration) == words


def test_reading_of_a_long_run_says_the_range() -> None:
    words = recording_reading(run([0.5, 2.0] * 3000, per_epoch=1000), 3001)
    assert words is not None
    assert words.endswith("loss 0.500–2.00")


def test_reading_of_a_long_run_names_the_iteration_asked_for() -> None:
    words = recording_reading(run([0.5] * 20_000, per_epoch=1000), 9005)
    assert words is not None
    assert words.startswith("iteration 9\N{NARROW NO-BREAK SPACE}005, epoch 10:")


def test_nothing_was_measured_at_the_beginning() -> None:
    assert recording_reading(run([0.5] * 10), 0.3) == "iteration 0: before training"


def test_reading_nothing_gives_none() -> None:
    assert recording_reading(RunCurves(), 5) is None


def test_forks_are_where_the_other_branches_part_from_the_current_one() -> None:
    curves = run([1.0] * 600)
    curves.set_branches(
        (
            branch(0),
            branch(1, 0, 300, is_current=True),
            branch(2, 1, 450),
            branch(3, 2, 500),
            branch(4, 0, 100),
        )
    )
    forks = recording(curves, 100, 10).forks
    assert [(fork.iteration, fork.names) for fork in forks] == [
        (100, ("branch 4",)),
        (300, ("branch 0",)),
        (450, ("branch 2", "branch 3")),
    ]


def test_a_fork_is_found_near_the_pointer() -> None:
    curves = run([1.0] * 600)
    curves.set_branches((branch(0, is_current=True), branch(1, 0, 300), branch(2, 0, 310)))
    shown = recording(curves, 100, 10)
    near = shown.fork_near(306.0, 5.0)
    assert near is not None
    assert near.iteration == 310
    assert shown.fork_near(400.0, 5.0) is None


def test_strip_shows_the_current_branch() -> None:
    curves = run([1.0] * 600)
    curves.set_branches((branch(0), branch(1, 0, 300, is_current=True)))
    assert recording(curves, 100, 10).iteration == 300
