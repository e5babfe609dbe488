"""The legend of the drawn network, computed from the same scales it is drawn with."""

from dataclasses import dataclass
from enum import Enum

from bpviz.viewmodel.color_scale import ActivationScale
from bpviz.viewmodel.edges import EdgeQuantity
from bpviz.viewmodel.network_state import NetworkState
from bpviz.viewmodel.number_format import MINUS, grouped, short
from bpviz.viewmodel.parts import NeuronPart, Part, WeightPart
from bpviz.viewmodel.scales import Scales


class LegendRamp(Enum):
    """The colours a legend row shows."""

    ACTIVATION = "activation"
    SIGNED_ACTIVATION = "signed activation"
    WEIGHT = "weight"
    GRADIENT = "gradient"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One row: a title, then either a ramp between two numbers or a text.

    Attributes
    ----------
    low, high
        What the two ends of the ramp stand for, as written.
    ramp
        None for a row of text.
    text
        The text of a row without a ramp.
    """

    title: str
    low: str = ""
    high: str = ""
    ramp: LegendRamp | None = None
    text: str = ""

    @property
    def compact(self) -> str:
        """Both ends as one text, for where there is no room on both sides: ``±0.2`` or ``0 to 3``."""
        if self.ramp is None:
            return self.text
        return f"±{self.high[1:]}" if self.high.startswith("+") else f"{self.low} to {self.high}"


def legend_rows(
    state: NetworkState, scales: Scales, n_edges: int, with_tiles: bool, selected: Part | None = None
) -> tuple[LegendRow, ...]:
    """Return the rows of the legend, most important first; at most four.

    Parameters
    ----------
    n_edges
        Edges chosen to be drawn.
    with_tiles
        Whether weight images are on the stage and need their scale.
    selected
        The neuron or weight the edges belong to, if they are only its own.
    """
    activation = _activation_row(scales.hidden if state.network.architecture.depth > 1 else scales.output)
    weight = _signed_row("Weight", scales.weight, LegendRamp.WEIGHT)
    edges = LegendRow("Edges", text=_edge_text(state, scales.quantity, n_edges, selected))
    tiles = (weight,) if with_tiles else ()
    match scales.quantity:
        case EdgeQuantity.GRADIENT:
            gradient = _signed_row("Gradient", scales.edges[0], LegendRamp.GRADIENT)
            return (gradient, activation, *tiles, edges)
        case EdgeQuantity.CHANGE:
            change = _signed_row("Change", scales.edges[0], LegendRamp.CHANGE)
            return (change, activation, *tiles, edges)
        case EdgeQuantity.CONTRIBUTION:
            return (activation, *tiles, edges, LegendRow("Widest", text=_widest_text(scales)))


def _activation_row(scale: ActivationScale) -> LegendRow:
    ramp = LegendRamp.SIGNED_ACTIVATION if scale.low < 0 else LegendRamp.ACTIVATION
    low = short(scale.low)
    return LegendRow("Activation", low, f"+{short(scale.high)}" if scale.low < 0 else short(scale.high), ramp)


def _signed_row(title: str, limit: float, ramp: LegendRamp) -> LegendRow:
    return LegendRow(title, MINUS + short(limit), "+" + short(limit), ramp)


def _edge_text(state: NetworkState, quantity: EdgeQuantity, n_edges: int, selected: Part | None) -> str:
    match selected:
        case NeuronPart(layer=layer, index=index) | WeightPart(layer=layer, target=index):
            is_output = layer == state.network.architecture.depth - 1
            name = f"output {index}" if is_output else f"neuron {index + 1}"
            return f"{quantity.value}, {name}"
    return f"{quantity.value}, top {grouped(n_edges)}"


def _widest_text(scales: Scales) -> str:
    limits = [short(limit) for limit in scales.edges]
    if len(limits) <= 3:
        return " | ".join(limits)
    return f"{short(min(scales.edges))} to {short(max(scales.edges))}"
