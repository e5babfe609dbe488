"""Initial weights: each function fills one layer, drawing from the generator it is given."""

from collections.abc import Callable

import numpy as np

from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Architecture, layer_views

Initializer = Callable[[np.random.Generator, int, int], FloatArray]
"""Takes the generator, n_in and n_out; returns the layer's weights, shape (n_in + 1, n_out), biases last."""


def _with_zero_biases(W: FloatArray) -> FloatArray:
    return np.vstack([W, np.zeros((1, W.shape[1]))])


def _uniform(rng: np.random.Generator, n_in: int, n_out: int) -> FloatArray:
    # The bias is the weight of a constant 1, so it is drawn like every other weight.
    return rng.uniform(-1.0, 1.0, (n_in + 1, n_out))


def _normal(rng: np.random.Generator, n_in: int, n_out: int) -> FloatArray:
    return _with_zero_biases(rng.normal(0.0, n_in**-0.5, (n_in, n_out)))


def _xavier(rng: np.random.Generator, n_in: int, n_out: int) -> FloatArray:
    """Glorot and Bengio 2010, equation 16."""
    limit = (6.0 / (n_in + n_out)) ** 0.5
    return _with_zero_biases(rng.uniform(-limit, limit, (n_in, n_out)))


def _he(rng: np.random.Generator, n_in: int, n_out: int) -> FloatArray:
    """He et al. 2015, equation 10."""
    return _with_zero_biases(rng.normal(0.0, (2.0 / n_in) ** 0.5, (n_in, n_out)))


def _zeros(rng: np.random.Generator, n_in: int, n_out: int) -> FloatArray:
    return np.zeros((n_in + 1, n_out))


INITIALIZERS: dict[str, Initializer] = {
    "normal": _normal,
    "uniform": _uniform,
    "xavier": _xavier,
    "he": _he,
    "zeros": _zeros,
}
"""normal: sd 1/√n_in; uniform: [-1, 1]; xavier and he: as published; zeros: every weight 0."""


def initial_parameters(
    architecture: Architecture,
    initializer: str,
    rng: np.random.Generator,
    dtype: type[np.floating] = np.float32,
) -> FloatArray:
    """Return a flat vector of initial parameters, drawn in float64 layer by layer, then rounded to `dtype`.

    Raises
    ------
    ConfigError
        If there is no initialiser of that name.
    """
    if initializer not in INITIALIZERS:
        known = ", ".join(INITIALIZERS)
        raise ConfigError(f"unknown initialisation '{initializer}'; choose one of {known}")
    flat = np.empty(architecture.n_parameters, dtype)
    for W, b in zip(*layer_views(flat, architecture.layers), strict=True):
        drawn = INITIALIZERS[initializer](rng, *W.shape)
        W[...] = drawn[:-1]
        b[...] = drawn[-1]
    return flat
