"""Where a run stands."""

import pytest

from bpviz.viewmodel.run.run_place import RunPlace


@pytest.mark.parametrize(("iteration", "samples"), [(0, 0), (1, 10), (10, 100), (11, 105)])
def test_samples_of_the_epoch_count_the_short_last_batch(iteration: int, samples: int) -> None:
    place = RunPlace(
        iteration=22 + iteration,
        epoch=3,
        iteration_in_epoch=iteration,
        iterations_per_epoch=11,
        batch_size=10,
        n_samples=105,
    )
    assert place.samples_in_epoch == samples
