"""The neurons of an abbreviated layer that are not drawn, most active first."""

from dataclasses import dataclass

import numpy as np

from bpviz.viewmodel.network.network_picture import NetworkPicture
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.part_names import input_name, layer_name, short_name
from bpviz.viewmodel.network.parts import GapPart, InputPart, NeuronPart
from bpviz.viewmodel.words.number_format import NO_VALUE, grouped, significant

MOST_ROWS = 1000
"""A list longer than this is cut: nobody reads it to its end."""


@dataclass(frozen=True, slots=True)
class HiddenNeuron:
    """One row: what is chosen by it, its name and its activation as written."""

    part: NeuronPart | InputPart
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class HiddenNeurons:
    """The rows and what they are."""

    title: str
    rows: tuple[HiddenNeuron, ...]


def hidden_neurons(gap: GapPart, state: NetworkState, picture: NetworkPicture) -> HiddenNeurons:
    """Return the neurons, or inputs, that a gap stands for; what is not computed yet has no value."""
    architecture = state.network.architecture
    is_input = gap.layer < 0
    values = state.sample.x if is_input else state.sample.a[gap.layer]
    n_known = len(values)
    if state.reveal is not None and not is_input:
        n_known = state.reveal.activations[gap.layer]
    shown = picture.inputs if is_input else picture.shown[gap.layer]
    known = np.arange(len(values)) < n_known
    size = np.where(known, np.nan_to_num(np.abs(values)), -1.0)
    order = np.argsort(-size, kind="stable")
    hidden = order[~np.isin(order, shown)]
    rows = []
    for index in hidden[:MOST_ROWS].tolist():
        name = input_name(architecture, index) if is_input else short_name(architecture, gap.layer, index)
        value = significant(float(values[index])) if known[index] else NO_VALUE
        part = InputPart(index) if is_input else NeuronPart(gap.layer, index)
        rows.append(HiddenNeuron(part, name, value))
    noun = f"{grouped(len(hidden))} inputs" if is_input else layer_name(architecture, gap.layer, len(hidden))
    return HiddenNeurons(f"{noun}, most active first", tuple(rows))
