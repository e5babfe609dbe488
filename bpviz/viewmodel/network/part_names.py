"""What neurons, weights and inputs are called; layers count from 1, neurons and pixels from 0."""

from bpviz.nn.network import Architecture
from bpviz.viewmodel.network.parts import BIAS
from bpviz.viewmodel.words.number_format import grouped

_SMALLEST_IMAGE_SIDE = 7

_ACTIVATIONS = {"relu": "ReLU", "leaky-relu": "leaky ReLU"}


def activation_name(name: str) -> str:
    """Return an activation function's name as the field writes it."""
    return _ACTIVATIONS.get(name, name)


def image_side(architecture: Architecture) -> int:
    """Return the pixels on a side if the input is a square picture, else 0."""
    n_in = architecture.layers[0]
    side = round(n_in**0.5)
    return side if side >= _SMALLEST_IMAGE_SIDE and side * side == n_in else 0


def neuron_name(architecture: Architecture, layer: int, index: int) -> str:
    """Return the name of neuron `index` of weight layer `layer`: ``Hidden neuron 22``, ``Output 7``.

    An output that is the only one needs no number.
    """
    if layer == architecture.depth - 1:
        return f"Output {index}" if architecture.layers[-1] > 1 else "Output"
    if architecture.depth == 2:
        return f"Hidden neuron {index}"
    return f"Hidden {layer + 1}, neuron {index}"


def short_name(architecture: Architecture, layer: int, index: int) -> str:
    """Return a neuron's name for a row of a table: ``hidden 22``, ``h2: 5``, ``output 7``."""
    if layer == architecture.depth - 1:
        return f"output {index}" if architecture.layers[-1] > 1 else "output"
    return f"hidden {index}" if architecture.depth == 2 else f"hidden {layer + 1}: {index}"


def input_name(architecture: Architecture, index: int) -> str:
    """Return the name of an input: ``row 17, col 15`` of a picture, else ``input 3``."""
    side = image_side(architecture)
    return f"row {index // side}, col {index % side}" if side else f"input {index}"


def source_name(architecture: Architecture, layer: int, row: int) -> str:
    """Return the name of what weight layer `layer` is fed at `row`; BIAS is the constant 1."""
    if row == BIAS:
        return "bias"
    return input_name(architecture, row) if layer == 0 else short_name(architecture, layer - 1, row)


def weight_name(architecture: Architecture, layer: int, row: int, column: int) -> str:
    """Return the name of a weight: ``Weight, hidden 10 → output 7``; of a bias: ``Bias of output 7``."""
    target = short_name(architecture, layer, column)
    if row == BIAS:
        return f"Bias of {target}"
    return f"Weight, {source_name(architecture, layer, row)} → {target}"


def layer_name(architecture: Architecture, layer: int, count: int) -> str:
    """Return what the neurons of a weight layer are called when counted: ``10 outputs``."""
    noun = "output" if layer == architecture.depth - 1 else "neuron"
    return f"{grouped(count)} {noun}" + ("" if count == 1 else "s")


def feed_name(architecture: Architecture, layer: int) -> str:
    """Return what weight layer `layer` adds up, counted: ``784 pixels``, ``30 neurons``."""
    count = architecture.layers[layer]
    if layer > 0:
        return f"{grouped(count)} neuron" + ("" if count == 1 else "s")
    noun = "pixel" if image_side(architecture) else "input"
    return f"{grouped(count)} {noun}" + ("" if count == 1 else "s")
