"""What is timed: our trainer, the matrix products it cannot do without, and two other libraries.

All train the same network on the same samples: sigmoid hidden layer, softmax, cross-entropy, plain SGD,
float32. The other libraries are imported only if they are installed.
"""

import importlib
import importlib.util
from itertools import pairwise
from typing import Any, Protocol

import numpy as np

from bpviz.data.samples import Dataset
from bpviz.training.config import TrainingConfig
from bpviz.training.trainer import Trainer

LEARNING_RATE = 0.1


class Contender(Protocol):
    """Something that trains, or does part of what training does, batch by batch."""

    name: str

    def train(self, n_iterations: int) -> int:
        """Do some iterations and return how many samples they used."""


class OurTrainer:
    """The trainer as `bpviz train` uses it: order, gathering and metrics included."""

    name = "bpviz"

    def __init__(self, dataset: Dataset, config: TrainingConfig) -> None:
        self._trainer = Trainer(config, dataset)

    def train(self, n_iterations: int) -> int:
        return sum(len(self._trainer.train_iteration().labels) for _ in range(n_iterations))


class MatrixProducts:
    """The products of forward and backward pass alone, into buffers that are already there: the limit.

    One sample's outer product is done by broadcasting, which is several times faster than `matmul`.
    """

    name = "products"

    def __init__(self, dataset: Dataset, config: TrainingConfig) -> None:
        rng = np.random.default_rng(0)
        n_samples = config.batch_size
        rows = [dataset.train.scaled(slice(0, n_samples))]
        rows += [rng.random((n_samples, n), np.float32) for n in config.layers[1:]]
        self._batch_size = n_samples
        self._a = rows
        self._z = [np.empty_like(a) for a in rows]
        self._delta = [rng.random(a.shape, np.float32) for a in rows]
        shapes = list(pairwise(config.layers))
        self._W = [rng.random(shape, np.float32) for shape in shapes]
        self._grad_W = [np.empty(shape, np.float32) for shape in shapes]

    def train(self, n_iterations: int) -> int:
        for _ in range(n_iterations):
            self._iterate()
        return n_iterations * self._batch_size

    def _iterate(self) -> None:
        outer = np.multiply if self._batch_size == 1 else np.matmul
        for layer, W in enumerate(self._W):
            np.matmul(self._a[layer], W, out=self._z[layer + 1])
        for layer in range(len(self._W) - 1, -1, -1):
            outer(self._a[layer].T, self._delta[layer + 1], out=self._grad_W[layer])
            if layer > 0:
                np.matmul(self._delta[layer + 1], self._W[layer].T, out=self._z[layer])


class PyTorch:
    """PyTorch's usual eager loop, its data one float tensor; no metrics are taken."""

    name = "pytorch"

    def __init__(self, dataset: Dataset, config: TrainingConfig, n_threads: int) -> None:
        torch: Any = importlib.import_module("torch")
        torch.set_num_threads(n_threads)
        torch.manual_seed(config.seed)
        n_in, n_hidden, n_out = config.layers
        nn = torch.nn
        self._torch = torch
        self._model = nn.Sequential(nn.Linear(n_in, n_hidden), nn.Sigmoid(), nn.Linear(n_hidden, n_out))
        self._loss = nn.CrossEntropyLoss()
        self._optimizer = torch.optim.SGD(self._model.parameters(), lr=config.learning_rate)
        self._X = torch.from_numpy(dataset.train.scaled(slice(None)))
        self._y = torch.from_numpy(dataset.train.labels.astype(np.int64))
        self._batch_size = config.batch_size
        self._batches: Any = iter(())

    def train(self, n_iterations: int) -> int:
        n_samples = 0
        for _ in range(n_iterations):
            rows = next(self._batches, None)
            if rows is None:
                self._batches = iter(self._torch.randperm(len(self._y)).split(self._batch_size))
                rows = next(self._batches)
            n_samples += len(rows)
            self._optimizer.zero_grad(set_to_none=True)
            # index_select, not X[rows]: 10-25 % faster from batch 32 on, and a yardstick is at its best.
            x, y = self._X.index_select(0, rows), self._y.index_select(0, rows)
            self._loss(self._model(x), y).backward()
            self._optimizer.step()
        return n_samples


class ScikitLearn:
    """`MLPClassifier.partial_fit`, its data one float array."""

    name = "scikit-learn"

    def __init__(self, dataset: Dataset, config: TrainingConfig) -> None:
        neural_network: Any = importlib.import_module("sklearn.neural_network")
        self._model = neural_network.MLPClassifier(
            hidden_layer_sizes=config.layers[1:-1],
            activation="logistic",
            solver="sgd",
            alpha=0.0,
            batch_size=config.batch_size,
            learning_rate_init=config.learning_rate,
            momentum=0.0,
            random_state=config.seed,
        )
        self._X = dataset.train.scaled(slice(None))
        self._y = dataset.train.labels
        self._classes = np.arange(dataset.n_classes)
        self._batch_size = config.batch_size

    def train(self, n_iterations: int) -> int:
        # One call uses the rows it is given once, batch by batch, in an order of its own.
        n_samples = min(n_iterations * self._batch_size, len(self._y))
        self._model.partial_fit(self._X[:n_samples], self._y[:n_samples], classes=self._classes)
        return n_samples


def contenders(dataset: Dataset, config: TrainingConfig, n_threads: int) -> list[Contender]:
    """Return the contenders that can run here, ours first."""
    found: list[Contender] = [OurTrainer(dataset, config), MatrixProducts(dataset, config)]
    if importlib.util.find_spec("torch") is not None:
        found.append(PyTorch(dataset, config, n_threads))
    if importlib.util.find_spec("sklearn") is not None:
        found.append(ScikitLearn(dataset, config))
    return found
