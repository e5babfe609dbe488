"""Which hidden neurons are switched off."""

from collections.abc import Sequence

from bpviz.errors import ShapeError

SwitchedOff = tuple[tuple[int, int], ...]
"""Pairs of the weight layer that leads to the neuron, from 0, and the neuron, from 0."""


def neurons_by_layer(switched_off: SwitchedOff, layers: Sequence[int]) -> dict[int, list[int]]:
    """Return the neurons of each weight layer that has some switched off.

    Raises
    ------
    ShapeError
        If one of them is not a hidden neuron of a network of `layers`.
    """
    by_layer: dict[int, list[int]] = {}
    for layer, neuron in switched_off:
        if not (0 <= layer < len(layers) - 2 and 0 <= neuron < layers[layer + 1]):
            raise ShapeError(
                f"neuron {neuron} of layer {layer + 1} cannot be switched off; "
                f"it must be a hidden neuron of {', '.join(map(str, layers))}"
            )
        by_layer.setdefault(layer, []).append(neuron)
    return by_layer
