"""Sentences that point out what hinders learning, each from the numbers it names."""

import math

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.training.snapshot import SamplePass, Snapshot
from bpviz.viewmodel.network.part_names import short_name
from bpviz.viewmodel.words.number_format import grouped, significant

_STEEPEST = {"sigmoid": 0.25, "tanh": 1.0}
_SATURATED_SHARE = 0.05
"""A bounded activation counts as saturated where its slope is below this share of its steepest."""

_NOTABLE_FACTOR = 100.0
"""δ growing or shrinking by more than this between the ends of the network is pointed out."""


def neuron_hints(snapshot: Snapshot, sample: SamplePass, layer: int, neuron: int) -> tuple[str, ...]:
    """Return what hinders this neuron: saturation, death, a weight that is not a number."""
    if (layer, neuron) in snapshot.switched_off:
        return ("Switched off: it answers 0 whatever its sum is, and no gradient reaches its weights.",)
    z, a = float(sample.z[layer][neuron]), float(sample.a[layer][neuron])
    if not math.isfinite(z):
        return (_not_finite(snapshot, layer, neuron),)
    name = snapshot.architecture.activation_of(layer)
    if name in _STEEPEST:
        return _saturated(name, a)
    if name == "relu":
        return _dead(snapshot, z, layer, neuron)
    return ()


def gradient_hints(snapshot: Snapshot) -> tuple[str, ...]:
    """Return whether the batch's δ vanishes or explodes on its way from the outputs to the first layer."""
    if snapshot.architecture.depth < 2:
        return ()
    first, last = (_size(snapshot.batch.delta[layer]) for layer in (0, -1))
    where = "hidden layer" if snapshot.architecture.depth == 2 else "first hidden layer"
    if not (math.isfinite(first) and math.isfinite(last)):
        return ("The batch's δ is not a number: a weight has grown beyond all bounds.",)
    if first == 0.0 < last:
        return (f"No gradient reaches the {where}: its δ is 0 for every sample of the batch.",)
    sizes = f"mean |δ| is {significant(last, 2)} at the outputs and {significant(first, 2)} in the {where}"
    if first * _NOTABLE_FACTOR < last:
        return (f"The gradient vanishes: {sizes}, {significant(last / first, 2)} times smaller.",)
    if first > last * _NOTABLE_FACTOR:
        return (f"The gradient explodes: {sizes}, {significant(first / last, 2)} times larger.",)
    return ()


def layer_hints(snapshot: Snapshot, sample: SamplePass, layer: int) -> tuple[str, ...]:
    """Return how many neurons of a hidden layer are saturated, or dead for the whole batch."""
    name = snapshot.architecture.activation_of(layer)
    z, a = sample.z[layer], sample.a[layer]
    where = "" if snapshot.architecture.depth == 2 else f" of hidden layer {layer + 1}"
    if name in _STEEPEST:
        slope = a * (1.0 - a) if name == "sigmoid" else 1.0 - a * a
        count = int(np.count_nonzero(slope < _SATURATED_SHARE * _STEEPEST[name]))
        what = "saturated for this sample"
    elif name == "relu":
        count = int(np.count_nonzero((snapshot.batch.forward.z[layer] <= 0.0).all(axis=0)))
        what = f"dead for all {grouped(len(snapshot.batch.losses))} samples of the batch"
    else:
        return ()
    # A few are normal; a third of a layer is not.
    if 3 * count < len(z):
        return ()
    return (f"{grouped(count)} of {grouped(len(z))} neurons{where} are {what}.",)


def _saturated(name: str, a: float) -> tuple[str, ...]:
    slope = a * (1.0 - a) if name == "sigmoid" else 1.0 - a * a
    steepest = _STEEPEST[name]
    if slope >= _SATURATED_SHARE * steepest:
        return ()
    return (
        f"Saturated: f′(z) = {significant(slope, 2)} is {_percent(slope / steepest)} of the steepest slope.",
    )


def _percent(share: float) -> str:
    """Return a share with two digits however small it is: ``0.0040 %``."""
    return f"{significant(100.0 * share, 2)}\N{NO-BREAK SPACE}%"


def _dead(snapshot: Snapshot, z: float, layer: int, neuron: int) -> tuple[str, ...]:
    sums = snapshot.batch.forward.z[layer][:, neuron]
    off, count = int(np.count_nonzero(sums <= 0.0)), len(sums)
    if off == count and count > 1:
        return (f"Dead for this batch: z ≤ 0 for all {grouped(count)} samples, so no gradient gets through.",)
    if z <= 0.0:
        return (
            f"Off for this sample: f′(z) = 0, no gradient gets through; on for {count - off} of {count}.",
        )
    return ()


def _not_finite(snapshot: Snapshot, layer: int, neuron: int) -> str:
    network = snapshot.network()
    weights = network.W[layer][:, neuron]
    count = int(np.count_nonzero(~np.isfinite(weights))) + int(not np.isfinite(network.b[layer][neuron]))
    name = short_name(snapshot.architecture, layer, neuron).capitalize()
    if count:
        return f"{name} has {grouped(count)} weights that are not numbers: training has diverged."
    return f"The sum of {name.lower()} is not a number: what it is fed is not."


def _size(delta: FloatArray) -> float:
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.abs(delta).mean())
