"""Which sample is watched while a run goes on."""

import numpy as np
import pytest

from bpviz.nn.network import Architecture
from bpviz.training.snapshot import SamplePass, Snapshot
from bpviz.viewmodel.run.sample_hold import HOLD_S, SampleHold
from tests.viewmodel.passes import batch_of


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hold(clock: Clock) -> SampleHold:
    return SampleHold(clock)


def snapshot(losses: list[float], first_row: int) -> Snapshot:
    architecture = Architecture((784, 10))
    parameters = np.zeros(architecture.n_parameters, np.float32)
    n = len(losses)
    nothing = (np.zeros(10, np.float32),)
    return Snapshot(
        run_id=1,
        architecture=architecture,
        iteration=1,
        epoch=1,
        iteration_in_epoch=1,
        iterations_per_epoch=10,
        parameters=parameters,
        parameters_after=parameters,
        batch=batch_of(losses, [0] * n, [0] * n, first_row),
        sample=SamplePass(np.zeros(784, np.float32), nothing, nothing),
        learning_rate=0.5,
    )


def test_while_running_the_next_to_the_worst_is_held_long_enough_to_be_seen(
    hold: SampleHold, clock: Clock
) -> None:
    assert hold.choose(snapshot([0.1, 3.0, 0.2, 2.0], first_row=40), is_running=True) == 43
    clock.now += HOLD_S * 0.9
    assert hold.choose(snapshot([5.0, 4.0], first_row=70), is_running=True) == 43
    clock.now += HOLD_S * 0.2
    assert hold.choose(snapshot([5.0, 4.0], first_row=70), is_running=True) == 71


def test_a_batch_of_one_shows_that_one(hold: SampleHold) -> None:
    assert hold.choose(snapshot([0.3], first_row=8), is_running=True) == 8


def test_paused_leaves_it_to_the_batch(hold: SampleHold) -> None:
    hold.choose(snapshot([0.1, 0.2], first_row=0), is_running=True)
    assert hold.choose(snapshot([0.1, 0.2], first_row=0), is_running=False) is None
    # A new run of the trainer begins with a sample of its own batch, not the one held before.
    assert hold.choose(snapshot([0.1, 0.2], first_row=90), is_running=True) == 90


def test_a_picked_sample_stays_until_it_is_let_go(hold: SampleHold, clock: Clock) -> None:
    hold.pin(7)
    clock.now += 10 * HOLD_S
    assert hold.pinned == 7
    assert hold.choose(snapshot([0.1, 0.2], first_row=50), is_running=True) == 7
    assert hold.choose(snapshot([0.1, 0.2], first_row=50), is_running=False) == 7
    hold.pin(None)
    assert hold.choose(snapshot([0.1, 0.2], first_row=50), is_running=False) is None


def test_another_dataset_forgets_both(hold: SampleHold) -> None:
    hold.choose(snapshot([0.1, 0.2], first_row=0), is_running=True)
    hold.pin(7)
    hold.reset()
    assert hold.pinned is None
    assert hold.choose(snapshot([0.1, 0.2], first_row=60), is_running=True) == 60
