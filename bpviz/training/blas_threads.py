"""How many threads the matrix products use: chosen once, held for the whole run, recorded with it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from threadpoolctl import threadpool_info, threadpool_limits

from bpviz.errors import ConfigError

BLAS_THREADS_VARIABLE = "OPENBLAS_NUM_THREADS"
DEFAULT_BLAS_THREADS = 1
"""A second thread waits for the first in every small product. On two cores with other work, 784-128-10
trained 7 to 20 times slower with two threads at batch 10 and 32, and 5 to 20 times slower at 512."""

MAX_BLAS_THREADS = 256


def chosen_threads(asked: int | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Return the number of BLAS threads to train with.

    Parameters
    ----------
    asked
        The user's explicit choice, which wins.
    environ
        Where ``OPENBLAS_NUM_THREADS`` is looked up; it is obeyed if set, else one thread is used.

    Raises
    ------
    ConfigError
        If the choice is not a number from 1 to 256.
    """
    if asked is not None:
        return _checked("number of threads", str(asked))
    if from_environment := environ.get(BLAS_THREADS_VARIABLE):
        return _checked(BLAS_THREADS_VARIABLE, from_environment)
    return DEFAULT_BLAS_THREADS


@contextmanager
def blas_threads_limited(n_threads: int) -> Iterator[int]:
    """Hold the BLAS libraries of this process to `n_threads`; the body is given the number that took effect.

    A library may have fewer threads than asked for, and one that threadpoolctl does not know (Accelerate
    on macOS) cannot be told at all; for the latter the number asked for is returned.
    """
    with threadpool_limits(limits=n_threads, user_api="blas"):
        counts = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
        yield max(counts, default=n_threads)


def _checked(what: str, text: str) -> int:
    try:
        n_threads = int(text)
    except ValueError:
        n_threads = 0
    if not 1 <= n_threads <= MAX_BLAS_THREADS:
        raise ConfigError(f"{what} is {text!r}; it must be a whole number from 1 to {MAX_BLAS_THREADS}")
    return n_threads
