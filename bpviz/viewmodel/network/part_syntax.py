"""Parts of the network as they are written on the command line and in lessons: ``w[2][3,7]``.

Layers count from 1, w[1] leading from the input to the first layer; neurons and pixels count from 0.
"""

import re

from bpviz.errors import ConfigError
from bpviz.nn.network import Architecture
from bpviz.viewmodel.network.parts import BIAS, InputPart, LossPart, NeuronPart, Part, WeightPart

_FORMS = "w[layer][from,to], b[layer][neuron], a[layer][neuron], x[input] or L"
_WEIGHT = re.compile(r"w\[(\d+)\]\[(\d+),(\d+)\]")
_LAYERED = re.compile(r"([ab])\[(\d+)\]\[(\d+)\]")
_INPUT = re.compile(r"x\[(\d+)\]")


def parse_part(text: str, architecture: Architecture) -> Part:
    """Return the part of this network that `text` names.

    Raises
    ------
    ConfigError
        If the text has no such form, or the network no such part.
    """
    compact = text.replace(" ", "")
    if compact == "L":
        return LossPart()
    if match := _INPUT.fullmatch(compact):
        return InputPart(_held(text, "input", int(match[1]), architecture.layers[0]))
    if match := _WEIGHT.fullmatch(compact):
        layer = _layer(text, int(match[1]), architecture)
        source = _held(text, "source", int(match[2]), architecture.layers[layer])
        return WeightPart(layer, source, _held(text, "target", int(match[3]), architecture.layers[layer + 1]))
    if match := _LAYERED.fullmatch(compact):
        layer = _layer(text, int(match[2]), architecture)
        neuron = _held(text, "neuron", int(match[3]), architecture.layers[layer + 1])
        return NeuronPart(layer, neuron) if match[1] == "a" else WeightPart(layer, BIAS, neuron)
    raise ConfigError(f"'{text}' names no part of the network; write {_FORMS}")


def format_part(part: Part) -> str:
    """Return how a part is written; the empty text for what has no form of its own."""
    match part:
        case WeightPart(layer, source, target) if source != BIAS:
            return f"w[{layer + 1}][{source},{target}]"
        case WeightPart(layer, _, target):
            return f"b[{layer + 1}][{target}]"
        case NeuronPart(layer, index):
            return f"a[{layer + 1}][{index}]"
        case InputPart(index):
            return f"x[{index}]"
        case LossPart():
            return "L"
        case _:
            return ""


def _layer(text: str, number: int, architecture: Architecture) -> int:
    if not 1 <= number <= architecture.depth:
        raise ConfigError(f"'{text}' names layer {number}; this network has layers 1 to {architecture.depth}")
    return number - 1


def _held(text: str, what: str, index: int, count: int) -> int:
    if index >= count:
        raise ConfigError(f"'{text}' names {what} {index}; there are {count}, counted from 0")
    return index
