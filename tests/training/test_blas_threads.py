import numpy as np
import pytest
from threadpoolctl import threadpool_info

from bpviz.errors import ConfigError
from bpviz.training.blas_threads import blas_threads_limited, chosen_threads


def _blas_counts() -> list[int]:
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


def test_one_thread_is_used_unless_something_else_is_asked_for() -> None:
    assert chosen_threads(environ={}) == 1


def test_the_environment_is_obeyed() -> None:
    assert chosen_threads(environ={"OPENBLAS_NUM_THREADS": "3"}) == 3


def test_an_explicit_choice_wins_over_the_environment() -> None:
    assert chosen_threads(2, environ={"OPENBLAS_NUM_THREADS": "3"}) == 2


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", "100000"])
def test_a_number_of_threads_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="OPENBLAS_NUM_THREADS"):
        chosen_threads(environ={"OPENBLAS_NUM_THREADS": text})


def test_the_limit_holds_inside_and_ends_after() -> None:
    np.ones((2, 2)) @ np.ones((2, 2))
    before = _blas_counts()
    with blas_threads_limited(1) as n_threads:
        assert n_threads == 1
        assert set(_blas_counts()) <= {1}
    assert _blas_counts() == before
