import importlib.util
from dataclasses import asdict

import numpy as np
import pytest

from bpviz.app.bench.contenders import Contender, MatrixProducts, OurTrainer, PyTorch, ScikitLearn, contenders
from bpviz.app.bench.engine_bench import Effort, EngineRow, measure_row
from bpviz.data.samples import Dataset
from bpviz.data.stroke_dataset import load_strokes
from bpviz.training.config import TrainingConfig

CONFIG = TrainingConfig(layers=(784, 12, 10), batch_size=32)
BRIEF = Effort(rounds=3, slice_s=0.002)

needs_torch = pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
needs_sklearn = pytest.mark.skipif(
    importlib.util.find_spec("sklearn") is None, reason="scikit-learn is not installed"
)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    strokes = load_strokes()
    return Dataset("strokes", "Strokes", strokes.train.first(100), strokes.test.first(20))


class _Slow:
    """Takes turns with others, and a time that is known, on a clock of the test's own."""

    def __init__(self, name: str, clock: "_Clock", seconds_per_iteration: float) -> None:
        self.name = name
        self._clock = clock
        self._seconds = seconds_per_iteration

    def train(self, n_iterations: int) -> int:
        self._clock.now_s += n_iterations * self._seconds
        self._clock.turns.append(self.name)
        return 10 * n_iterations


class _Clock:
    def __init__(self) -> None:
        self.now_s = 0.0
        self.turns: list[str] = []

    def __call__(self) -> float:
        return self.now_s


def _known_row(monkeypatch: pytest.MonkeyPatch) -> tuple[EngineRow, _Clock]:
    clock = _Clock()
    monkeypatch.setattr("bpviz.app.bench.engine_bench.time.perf_counter", clock)
    rivals: list[Contender] = [_Slow("bpviz", clock, 0.0001), _Slow("other", clock, 0.0004)]
    return measure_row(CONFIG, rivals, Effort(rounds=3, slice_s=0.25)), clock


def test_rates_are_samples_over_seconds_and_ratios_how_many_times_as_fast(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row, _ = _known_row(monkeypatch)
    assert row.samples_per_s == pytest.approx({"bpviz": 100_000, "other": 25_000})
    assert row.ratio == pytest.approx({"other": 4.0})


def test_contenders_take_turns_in_every_round(monkeypatch: pytest.MonkeyPatch) -> None:
    _, clock = _known_row(monkeypatch)
    changes = [b for a, b in zip(clock.turns, clock.turns[1:], strict=False) if a != b]
    # Warming up once each, then three rounds.
    assert changes == ["other", "bpviz"] * 3 + ["other"]


def test_our_trainer_counts_every_sample_of_an_epoch(dataset: Dataset) -> None:
    assert OurTrainer(dataset, CONFIG).train(4) == 100


@pytest.mark.parametrize("batch_size", [1, 32])
def test_the_products_are_those_of_a_forward_and_a_backward_pass(dataset: Dataset, batch_size: int) -> None:
    products = MatrixProducts(dataset, TrainingConfig(layers=(784, 12, 10), batch_size=batch_size))
    assert products.train(2) == 2 * batch_size
    for layer, (W, grad_W) in enumerate(zip(products._W, products._grad_W, strict=True)):
        a, delta = products._a[layer], products._delta[layer + 1]
        np.testing.assert_allclose(grad_W, a.T @ delta, rtol=1e-5)
        if layer == len(products._W) - 1:
            np.testing.assert_allclose(products._z[layer + 1], a @ W, rtol=1e-5)
            np.testing.assert_allclose(products._z[layer], delta @ W.T, rtol=1e-5)


def test_libraries_take_part_just_where_they_are_installed(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bpviz.app.bench.contenders.importlib.util.find_spec", lambda name: None)
    assert [found.name for found in contenders(dataset, CONFIG, 1)] == ["bpviz", "products"]


def test_a_row_of_real_contenders_has_a_figure_for_each(dataset: Dataset) -> None:
    rivals: list[Contender] = [OurTrainer(dataset, CONFIG), MatrixProducts(dataset, CONFIG)]
    row = asdict(measure_row(CONFIG, rivals, BRIEF))
    assert row["layers"] == (784, 12, 10)
    assert row["batch_size"] == 32
    assert row["samples_per_s"].keys() == {"bpviz", "products"}
    assert min(row["samples_per_s"].values()) > 0


@needs_torch
def test_pytorch_trains_the_same_kind_of_network(dataset: Dataset) -> None:
    contender = PyTorch(dataset, CONFIG, 1)
    assert contender.train(4) == 100


@needs_sklearn
def test_scikit_learn_trains_the_same_kind_of_network(dataset: Dataset) -> None:
    contender = ScikitLearn(dataset, CONFIG)
    assert contender.train(3) == 96
    assert contender.train(1000) == 100
