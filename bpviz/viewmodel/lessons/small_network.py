"""A network small enough to show every number of it at once."""

from dataclasses import dataclass

from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import layer_views
from bpviz.viewmodel.lessons.gradient_ways import GradientTask
from bpviz.viewmodel.network.parts import BIAS, WeightPart
from bpviz.viewmodel.words.number_format import fixed, signed

MOST_LAYERS, MOST_NEURONS = 4, 4


@dataclass(frozen=True, slots=True)
class SmallNeuron:
    """An input, or a neuron with its bias; `layer` and `place` count from 0, the input being layer 0.

    Attributes
    ----------
    under
        What stands under it: its bias, or the loss's slope along it; empty for an input.
    under_value
        The same as a number, for its colour.
    """

    layer: int
    place: int
    activation: float
    text: str
    under: str = ""
    under_value: float = 0.0
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class SmallEdge:
    """A weight with the number on it; `share` of the widest edge, 0 to 1."""

    layer: int
    source: int
    target: int
    value: float
    text: str
    share: float
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class SmallNetwork:
    """All of it.

    Attributes
    ----------
    counts
        Neurons of each layer, the input first.
    shows_gradient
        Whether the numbers are slopes of the loss, instead of weights and biases.
    """

    counts: tuple[int, ...]
    neurons: tuple[SmallNeuron, ...]
    edges: tuple[SmallEdge, ...]
    loss: str
    target: str
    shows_gradient: bool

    @property
    def is_any_marked(self) -> bool:
        """Whether one weight or bias is meant."""
        return any(edge.is_marked for edge in self.edges) or any(n.is_marked for n in self.neurons)


def small_network(
    task: GradientTask,
    gradient: FloatArray | None = None,
    marked: WeightPart | None = None,
    nudge: float = 0.0,
) -> SmallNetwork:
    """Return what is drawn.

    Parameters
    ----------
    gradient
        Shown in place of weights and biases, shape (n_parameters,).
    marked
        The weight or bias that is meant.
    nudge
        How far the weight that is meant is moved both ways; 0 where it is not.
    """
    network = task.network
    layers = network.architecture.layers
    numbers = network.parameters if gradient is None else gradient
    W, b = layer_views(numbers, layers)
    passed = network.forward(task.x)
    neurons = [SmallNeuron(0, i, float(a), fixed(float(a), 1)) for i, a in enumerate(task.x[0])]
    for layer, (a, biases) in enumerate(zip(passed.a, b, strict=True)):
        neurons += [
            SmallNeuron(
                layer + 1,
                place,
                float(a[0, place]),
                fixed(float(a[0, place]), 2),
                f"bias {_text(float(bias), gradient is not None)}",
                float(bias),
                marked == WeightPart(layer, BIAS, place),
            )
            for place, bias in enumerate(biases)
        ]
    return SmallNetwork(
        counts=layers,
        neurons=tuple(neurons),
        edges=_edges(W, gradient is not None, marked, f" ± {fixed(nudge, 1)}" if nudge else ""),
        loss=fixed(network.loss(passed, task.y), 4),
        target=", ".join(fixed(float(value), 0) for value in task.y[0]),
        shows_gradient=gradient is not None,
    )


def _edges(
    W: tuple[FloatArray, ...], is_gradient: bool, marked: WeightPart | None, after: str
) -> tuple[SmallEdge, ...]:
    widest = max(float(abs(weights).max()) for weights in W) or 1.0
    return tuple(
        SmallEdge(
            layer,
            source,
            target,
            float(weights[source, target]),
            _text(float(weights[source, target]), is_gradient)
            + (after if marked == WeightPart(layer, source, target) else ""),
            abs(float(weights[source, target])) / widest,
            marked == WeightPart(layer, source, target),
        )
        for layer, weights in enumerate(W)
        for source in range(weights.shape[0])
        for target in range(weights.shape[1])
    )


def _text(value: float, is_gradient: bool) -> str:
    return signed(value, 3) if is_gradient else fixed(value, 1)
