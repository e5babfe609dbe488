"""Makes a softmax network mean what it says: of the answers given with 80 %, 80 % are right."""

import math

import numpy as np
import numpy.typing as npt

from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Network

N_BINS = 15
"""Bins the calibration error is customarily measured with."""

_COLDEST, _HOTTEST = 0.05, 20.0
_SECTIONS = 60
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0


def fitted_temperature(z: FloatArray, labels: npt.NDArray[np.integer]) -> float:
    """Return the temperature T for which softmax(z / T) fits the labels best.

    Parameters
    ----------
    z
        Weighted inputs of the softmax, shape (n, n_classes), of samples not trained on.
    labels
        Class of each sample, shape (n,).

    References
    ----------
    Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 4.2: T minimises the mean
    cross-entropy. It has one minimum in 1 / T; a golden section finds it.
    """
    wide = z.astype(np.float64)
    low, high = 1.0 / _HOTTEST, 1.0 / _COLDEST
    for _ in range(_SECTIONS):
        span = _GOLDEN * (high - low)
        if _cross_entropy(wide * (high - span), labels) < _cross_entropy(wide * (low + span), labels):
            high = low + span
        else:
            low = high - span
    return 2.0 / (low + high)


def with_temperature(network: Network, temperature: float) -> Network:
    """Return a copy whose output weights and biases are divided by `temperature`: it answers the same, less
    surely for a temperature above 1.

    Raises
    ------
    ConfigError
        If the outputs are no softmax, or the temperature is not positive.
    """
    if network.architecture.output_activation != "softmax" or not temperature > 0.0:
        raise ConfigError(
            f"a temperature of {temperature} for {network.architecture.output_activation} outputs; "
            "a positive one for softmax outputs is needed"
        )
    cooled = network.with_parameters(network.parameters.copy())
    cooled.W[-1][...] /= temperature
    cooled.b[-1][...] /= temperature
    return cooled


def calibration_error(
    probabilities: FloatArray, labels: npt.NDArray[np.integer], n_bins: int = N_BINS
) -> float:
    """Return the expected calibration error (ECE), 0 to 1: how far sureness and accuracy are apart.

    Parameters
    ----------
    probabilities
        Shape (n, n_classes).
    labels
        Class of each sample, shape (n,).
    n_bins
        Bins of equal width from 0 to 1 into which answers are sorted by their probability.

    References
    ----------
    Guo et al. (as above), equation 3: the mean of |accuracy - mean probability| over the bins, by their size.
    """
    sureness = probabilities.max(axis=1).astype(np.float64)
    is_right = probabilities.argmax(axis=1) == labels
    bins = np.minimum((sureness * n_bins).astype(np.intp), n_bins - 1)
    gaps = np.bincount(bins, sureness - is_right, n_bins)
    return float(np.abs(gaps).sum() / len(labels))


def _cross_entropy(z: npt.NDArray[np.float64], labels: npt.NDArray[np.integer]) -> float:
    largest = z.max(axis=1, keepdims=True)
    log_totals = np.log(np.exp(z - largest).sum(axis=1)) + largest[:, 0]
    return float((log_totals - z[np.arange(len(z)), labels]).mean())
