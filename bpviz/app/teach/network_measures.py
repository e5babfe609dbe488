"""The numbers lessons can ask of a network in training."""

from collections.abc import Callable

import numpy as np

from bpviz.app.teach.network_run import NetworkRun
from bpviz.data.samples import Samples
from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Network
from bpviz.nn.parameter_index import bias_index, weight_index
from bpviz.training.evaluation import Evaluation, evaluate
from bpviz.training.observation import pass_row
from bpviz.training.snapshot import SamplePass, Snapshot
from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.network.part_syntax import parse_part
from bpviz.viewmodel.network.parts import BIAS, NeuronPart, WeightPart

MEASURES = {
    "iteration": 0,
    "epoch": 0,
    "iterations_per_epoch": 0,
    "n_samples": 0,
    "n_weights": 0,
    "batch_size": 0,
    "learning_rate": 0,
    "loss": 0,
    "batch_loss": 0,
    "output": 1,
    "target": 1,
    "error": 1,
    "predicted": 0,
    "label": 0,
    "pixel": 1,
    "activation": 1,
    "sum": 1,
    "delta": 1,
    "weight": 1,
    "weight_after": 1,
    "gradient": 1,
    "train_accuracy": 0,
    "test_accuracy": 0,
    "train_loss": 0,
    "test_loss": 0,
    "recall": 1,
    "dead_digits": 0,
    "gradient_size": 1,
    "spread": 1,
    "silent": 1,
    "diverged": 0,
}
"""With the number of values each takes. Layers count from 1; digits, neurons and pixels from 0.

`output`, `target`, `error` (target − output) and `recall` take a digit; `pixel` an input; `activation`, `sum`
and `delta` a neuron like "a[1][3]"; `weight`, `weight_after` and `gradient` a part like "w[1][300,0]";
`gradient_size` (mean |∂Lᵢ/∂z| of the batch), `spread` (largest difference between weights that neurons give
one input) and `silent` (share of neurons that answer 0 to the whole batch) a layer.
"""

_OF_PLACE: dict[str, Callable[[NetworkRun, Snapshot], float]] = {
    "iteration": lambda run, shot: shot.iteration,
    "epoch": lambda run, shot: shot.epoch,
    "iterations_per_epoch": lambda run, shot: shot.iterations_per_epoch,
    "n_samples": lambda run, shot: len(run.dataset.train),
    "n_weights": lambda run, shot: shot.parameters.size,
    "batch_size": lambda run, shot: run.config.batch_size,
    "learning_rate": lambda run, shot: run.config.learning_rate,
    "batch_loss": lambda run, shot: shot.batch.loss,
    "diverged": lambda run, shot: run.has_diverged,
}

DEAD_BELOW = 0.2
"""A digit counts as dead when the network reads less than this share of its samples rightly."""


class NetworkMeasures:
    """Reads numbers off a run: in a phase those of the iteration shown, else those of the network now."""

    def __init__(self, run: NetworkRun) -> None:
        self._run = run
        self.shows_iteration = False
        self.watched: int | None = None
        self._pass: tuple[Snapshot, bool, int | None, SamplePass] | None = None
        self._evaluations: list[tuple[Snapshot, str, Evaluation]] = []

    def value(self, name: str, arguments: tuple[Argument, ...]) -> float:
        """Return a measure as it is now; nan before there is a network.

        Raises
        ------
        BpvizError
            If an argument names nothing there is.
        """
        snapshot = self._run.snapshot
        if snapshot is None:
            return float("nan")
        if name in _OF_PLACE:
            return float(_OF_PLACE[name](self._run, snapshot))
        if name in ("train_accuracy", "test_accuracy", "train_loss", "test_loss", "recall", "dead_digits"):
            return self._of_samples(name, snapshot, arguments)
        if name in ("gradient_size", "spread", "silent"):
            return self._of_layer(name, snapshot, _index(arguments, snapshot.architecture.depth + 1) - 1)
        if name in ("weight", "weight_after", "gradient"):
            return self._of_weight(name, snapshot, arguments)
        return self._of_sample(name, snapshot, arguments)

    def sample(self) -> SamplePass | None:
        """Return the watched sample's pass, by the parameters that are looked at."""
        snapshot = self._run.snapshot
        if snapshot is None:
            return None
        key = (snapshot, self.shows_iteration, self.watched)
        if self._pass is None or self._pass[0] is not snapshot or self._pass[1:3] != key[1:]:
            index = snapshot.sample.index if self.watched is None else self.watched
            # A run that diverges is looked at, too: what overflows shows itself in the numbers.
            with np.errstate(all="ignore"):
                passed = pass_row(self.network(snapshot), self._run.dataset.train, index or 0)
            self._pass = (*key, passed)
        return self._pass[3]

    def network(self, snapshot: Snapshot) -> Network:
        """Return the network looked at: as the iteration began, or as it is now."""
        network = snapshot.network()
        return network if self.shows_iteration else network.with_parameters(snapshot.parameters_after)

    def _of_sample(self, name: str, snapshot: Snapshot, arguments: tuple[Argument, ...]) -> float:
        sample = self.sample()
        if sample is None or sample.target is None or sample.delta is None:
            return float("nan")
        if name in ("activation", "sum", "delta"):
            return self._of_neuron(name, snapshot, sample, arguments)
        if name in ("output", "target", "error"):
            k = _index(arguments, len(sample.output))
            output, target = float(sample.output[k]), float(sample.target[k])
            return {"output": output, "target": target, "error": target - output}[name]
        if name == "pixel":
            return float(sample.x[_index(arguments, len(sample.x))])
        of_all = {"loss": sample.loss, "predicted": sample.predicted, "label": sample.label}[name]
        return float("nan") if of_all is None else float(of_all)

    def _of_neuron(
        self, name: str, snapshot: Snapshot, sample: SamplePass, arguments: tuple[Argument, ...]
    ) -> float:
        part = parse_part(str(arguments[0]), snapshot.architecture)
        if not isinstance(part, NeuronPart):
            raise ConfigError(f"'{arguments[0]}' is no neuron; write for example a[1][3]")
        values = {"activation": sample.a, "sum": sample.z, "delta": sample.delta or ()}[name]
        return float(values[part.layer][part.index])

    def _of_weight(self, name: str, snapshot: Snapshot, arguments: tuple[Argument, ...]) -> float:
        part = parse_part(str(arguments[0]), snapshot.architecture)
        if not isinstance(part, WeightPart):
            raise ConfigError(f"'{arguments[0]}' is no weight; write for example w[1][300,0]")
        layers = snapshot.architecture.layers
        if part.source == BIAS:
            index = bias_index(layers, part.layer, part.target)
        else:
            index = weight_index(layers, part.layer, part.source, part.target)
        if name == "weight":
            return float(self.network(snapshot).parameters[index])
        if name == "weight_after":
            return float(snapshot.parameters_after[index])
        sample = self.sample()
        if sample is None or sample.delta is None:
            return float("nan")
        before = sample.x if part.layer == 0 else sample.a[part.layer - 1]
        fed = 1.0 if part.source == BIAS else float(before[part.source])
        return float(sample.delta[part.layer][part.target]) * fed

    def _of_layer(self, name: str, snapshot: Snapshot, layer: int) -> float:
        if layer < 0:
            raise ConfigError("layers count from 1")
        if name == "spread":
            W: FloatArray = self.network(snapshot).W[layer]
            return float(np.ptp(W, axis=1).max())
        if name == "silent":
            return float((snapshot.batch.forward.a[layer] == 0.0).all(axis=0).mean())
        return float(np.abs(snapshot.batch.delta[layer]).mean()) * len(snapshot.batch.indices)

    def _of_samples(self, name: str, snapshot: Snapshot, arguments: tuple[Argument, ...]) -> float:
        part = "train" if name.startswith("train") else "test"
        measured = self._evaluation(snapshot, part)
        if name.endswith("accuracy"):
            return measured.accuracy
        if name.endswith("loss"):
            return measured.loss
        with np.errstate(invalid="ignore"):
            recall = measured.confusion.diagonal() / measured.confusion.sum(axis=1)
        if name == "recall":
            return float(recall[_index(arguments, len(recall))])
        return float((recall < DEAD_BELOW).sum())

    def _evaluation(self, snapshot: Snapshot, part: str) -> Evaluation:
        for known, name, measured in self._evaluations:
            if known is snapshot and name == part:
                return measured
        samples: Samples = getattr(self._run.dataset, part)
        with np.errstate(all="ignore"):
            measured = evaluate(snapshot.network().with_parameters(snapshot.parameters_after), samples)
        self._evaluations = [(snapshot, part, measured), *self._evaluations[:1]]
        return measured


def _index(arguments: tuple[Argument, ...], count: int) -> int:
    value = arguments[0]
    if isinstance(value, str) or value != int(value) or not 0 <= value < count:
        raise ConfigError(f"a measure is given {value!r}; a whole number from 0 to {count - 1} is needed")
    return int(value)
