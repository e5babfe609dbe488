"""Small true states of networks: computed by the engine, never written down by hand."""

from dataclasses import replace

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.network import Architecture, ForwardPass, Network, one_hot
from bpviz.training.snapshot import BatchPass, SamplePass
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.reveal import reveal_of
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position


def network_of(layers: tuple[int, ...], activation: str = "sigmoid", seed: int = 0) -> Network:
    """Return an untrained network with softmax outputs."""
    architecture = Architecture(layers, activation)
    parameters = initial_parameters(architecture, "normal", np.random.default_rng(seed))
    return Network(architecture, parameters.astype(np.float32))


def stroke_image(rows: slice = slice(6, 22), columns: slice = slice(12, 16)) -> FloatArray:
    """Return a 28 × 28 picture with a bright bar, shape (784,)."""
    image = np.zeros((28, 28), dtype=np.float32)
    image[rows, columns] = 1.0
    return image.reshape(-1)


def pass_of(network: Network, x: FloatArray, label: int | None, index: int | None = 7) -> SamplePass:
    """Return one sample's forward and, with a label, backward pass."""
    forward = network.forward(x[None])
    z, a = _first(forward)
    if label is None:
        return SamplePass(x, z, a)
    Y = one_hot(np.array([label]), network.architecture.layers[-1])
    gradients = network.backward(forward, Y)
    delta = tuple(layer[0] for layer in gradients.delta)
    return SamplePass(x, z, a, label, network.loss(forward, Y), delta, index, Y[0])


def state_of(
    layers: tuple[int, ...] = (784, 30, 10),
    phase: Phase = Phase.FORWARD,
    label: int | None = 3,
    activation: str = "sigmoid",
    seed: int = 0,
) -> NetworkState:
    """Return a state of an untrained network and of the step of gradient descent that follows."""
    network = network_of(layers, activation, seed)
    rng = np.random.default_rng(seed)
    x = stroke_image() if layers[0] == 784 else rng.uniform(0.1, 1.0, layers[0]).astype(np.float32)
    sample = pass_of(network, x, label)
    if label is None:
        return NetworkState(network, sample, phase)
    Y = one_hot(np.array([label]), layers[-1])
    gradients = network.backward(network.forward(x[None]), Y)
    return NetworkState(network, sample, phase, None, network.parameters - np.float32(0.5) * gradients.flat)


def batch_of(network: Network, n: int = 5, seed: int = 3) -> BatchPass:
    """Return a batch of n random samples, its δ divided by n."""
    rng = np.random.default_rng(seed)
    layers = network.architecture.layers
    X = rng.uniform(0.0, 1.0, (n, layers[0])).astype(np.float32)
    labels = rng.integers(0, layers[-1], n).astype(np.uint8)
    forward, Y = network.forward(X), one_hot(labels, layers[-1])
    delta = network.backward(forward, Y).delta
    losses = network.loss_function.per_sample(forward.z[-1], forward.output, Y)
    return BatchPass(np.arange(n), labels, forward.output.argmax(axis=1), losses, forward, delta, Y)


def stepped(state: NetworkState, position: Position) -> NetworkState:
    """Return a state as it is at a place inside its iteration."""
    reveal = reveal_of(position, state.network.architecture)
    return replace(state, phase=position.phase, reveal=reveal)


def _first(forward: ForwardPass) -> tuple[tuple[FloatArray, ...], tuple[FloatArray, ...]]:
    return tuple(z[0] for z in forward.z), tuple(a[0] for a in forward.a)
