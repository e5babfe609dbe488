"""Training speed: samples a second of each contender, in rounds that take turns.

Other work on the machine slows whoever runs just then. Within a round all contenders run one after the
other, so the ratio of a round is fair; figures and ratios are medians over the rounds.
"""

import importlib.metadata
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bpviz.app.bench.contenders import LEARNING_RATE, Contender, OurTrainer, contenders
from bpviz.data.mnist import has_mnist, load_mnist, mnist_dir
from bpviz.data.samples import Dataset
from bpviz.data.sources import load_dataset
from bpviz.training.blas_threads import blas_threads_limited
from bpviz.training.config import TrainingConfig

NETWORKS = ((784, 30, 10), (784, 128, 10))
BATCH_SIZES = (1, 10, 32, 128, 512)
LIBRARIES = ("numpy", "torch", "scikit-learn")

OnRow = Callable[[int, int], None]
"""Called before each row with the rows done and the rows in all."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure: rounds of each row, and seconds of each contender in a round."""

    rounds: int = 7
    slice_s: float = 0.25


QUICK = Effort(rounds=3, slice_s=0.05)


@dataclass(frozen=True, slots=True)
class EngineRow:
    """One network at one batch size.

    Attributes
    ----------
    samples_per_s
        Median over the rounds, by contender.
    ratio
        How many times as fast as each other contender ours is: the median of the rounds' ratios.
    """

    layers: tuple[int, ...]
    batch_size: int
    samples_per_s: dict[str, float]
    ratio: dict[str, float]


@dataclass(frozen=True, slots=True)
class EngineFigures:
    """Every row, and what it was measured on.

    Attributes
    ----------
    dataset
        Title of the samples.
    n_cores
        Cores this process may use.
    n_threads
        Threads of the matrix products, the same for all contenders.
    versions
        Of the libraries that took part, by name.
    """

    dataset: str
    n_cores: int
    n_threads: int
    versions: dict[str, str]
    rows: tuple[EngineRow, ...]


def measure_engine(n_threads: int, effort: Effort, on_row: OnRow | None = None) -> EngineFigures:
    """Return the training speed of all contenders for both networks and all batch sizes.

    MNIST is used where it is at hand, else the bundled strokes: images of the same size, and about as black.
    """
    dataset = bench_dataset()
    cases = [(layers, batch_size) for layers in NETWORKS for batch_size in BATCH_SIZES]
    rows = []
    with blas_threads_limited(n_threads) as threads_used:
        for number, (layers, batch_size) in enumerate(cases):
            if on_row is not None:
                on_row(number, len(cases))
            config = TrainingConfig(layers=layers, batch_size=batch_size, learning_rate=LEARNING_RATE)
            rows.append(measure_row(config, contenders(dataset, config, threads_used), effort))
    return EngineFigures(dataset.title, _n_cores(), threads_used, _versions(), tuple(rows))


def measure_row(config: TrainingConfig, rivals: Sequence[Contender], effort: Effort) -> EngineRow:
    """Return the speed of these contenders; ours must be among them."""
    chunks = {rival.name: _chunk(rival, effort.slice_s) for rival in rivals}
    rates: dict[str, list[float]] = {rival.name: [] for rival in rivals}
    for _ in range(effort.rounds):
        for rival in rivals:
            rates[rival.name].append(_rate(rival, chunks[rival.name], effort.slice_s))
    ours = rates[OurTrainer.name]
    ratio = {
        name: statistics.median(mine / theirs for mine, theirs in zip(ours, others, strict=True))
        for name, others in rates.items()
        if name != OurTrainer.name
    }
    medians = {name: statistics.median(values) for name, values in rates.items()}
    return EngineRow(config.layers, config.batch_size, medians, ratio)


def _chunk(rival: Contender, slice_s: float) -> int:
    """Return how many iterations take about a fifth of a slice; finding out warms the contender up."""
    n_iterations = 1
    while True:
        started = time.perf_counter()
        rival.train(n_iterations)
        if time.perf_counter() - started >= slice_s / 5 or n_iterations >= 1 << 16:
            return n_iterations
        n_iterations *= 2


def _rate(rival: Contender, chunk: int, slice_s: float) -> float:
    n_samples = 0
    started = time.perf_counter()
    while (elapsed_s := time.perf_counter() - started) < slice_s:
        n_samples += rival.train(chunk)
    return n_samples / elapsed_s


def bench_dataset() -> Dataset:
    """Return MNIST where it is on this machine, else the bundled strokes: digits are mostly black."""
    return load_mnist() if has_mnist(mnist_dir()) else load_dataset("strokes")


def _n_cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _versions() -> dict[str, str]:
    versions = {}
    for name in LIBRARIES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return versions
