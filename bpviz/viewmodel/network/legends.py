"""The legend of the drawn network, computed from the same scales it is drawn with."""

from dataclasses import dataclass
from enum import Enum

from bpviz.viewmodel.inspection.chain_paths import chain_of_paths
from bpviz.viewmodel.network.color_scale import ActivationScale
from bpviz.viewmodel.network.edges import EdgeQuantity
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import NeuronPart, Part, WeightPart
from bpviz.viewmodel.network.scales import Scales
from bpviz.viewmodel.network.tile_content import TileContent
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import MINUS, grouped, short

NOT_YET = "not computed yet"


class LegendRamp(Enum):
    """The colours a legend row shows."""

    ACTIVATION = "activation"
    SIGNED_ACTIVATION = "signed activation"
    WEIGHT = "weight"
    GRADIENT = "gradient"
    TILE_GRADIENT = "gradient of an image"
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
    """Return the rows of the legend, most important first; at most five.

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
    edges = LegendRow("Edges", text=_edge_text(state, scales, n_edges, selected))
    tiles = (_signed_row(*_TILE_ROWS[scales.content], scales.weight),) if with_tiles else ()
    more = _marks(state, selected)
    match scales.quantity:
        case EdgeQuantity.GRADIENT | EdgeQuantity.TERM:
            gradient = _signed_row("Gradient", LegendRamp.GRADIENT, scales.rings)
            if state.input_gradient is not None:
                pixels = _signed_row("∂L/∂pixel", LegendRamp.TILE_GRADIENT, scales.pixels)
                return (pixels, gradient, activation, *tiles, edges)
            return (gradient, activation, *tiles, edges, *more)
        case EdgeQuantity.CHANGE:
            change = _signed_row("Change", LegendRamp.CHANGE, scales.edges[0])
            return (change, activation, *tiles, edges, *more)
        case EdgeQuantity.CONTRIBUTION:
            widest = LegendRow("Widest", text=_widest_text(state, scales))
            return (activation, *tiles, edges, widest, *more)


_TILE_ROWS = {
    TileContent.WEIGHT: ("Weight", LegendRamp.WEIGHT),
    TileContent.GRADIENT: ("∂L/∂W", LegendRamp.TILE_GRADIENT),
    TileContent.VELOCITY: ("Velocity", LegendRamp.WEIGHT),
}


def _marks(state: NetworkState, selected: Part | None) -> tuple[LegendRow, ...]:
    """Return what the picture's special marks mean; at most one row, the selection's first."""
    reveal = state.reveal
    if isinstance(selected, WeightPart):
        if state.phase is Phase.UPDATE and state.parameters_after is not None:
            return (LegendRow("Pair", text="old beside new width"),)
        paths = chain_of_paths(state, selected)
        if paths is not None and paths.has_fan:
            return (LegendRow("Paths", text="parts of its gradient"),)
    if is_anything_dashed(state):
        return (LegendRow("Dashed", text=NOT_YET),)
    if reveal is not None and state.phase is Phase.UPDATE and not all(reveal.updated):
        return (LegendRow("Faint", text="not updated yet"),)
    return ()


def is_anything_dashed(state: NetworkState) -> bool:
    """Tell whether a neuron is drawn as not computed yet in this phase."""
    reveal, sizes = state.reveal, state.network.architecture.layers[1:]
    if reveal is None:
        return False
    return (reveal.deltas if state.phase is Phase.BACKWARD else reveal.activations) != sizes


def _activation_row(scale: ActivationScale) -> LegendRow:
    ramp = LegendRamp.SIGNED_ACTIVATION if scale.low < 0 else LegendRamp.ACTIVATION
    low = short(scale.low)
    return LegendRow("Activation", low, f"+{short(scale.high)}" if scale.low < 0 else short(scale.high), ramp)


def _signed_row(title: str, ramp: LegendRamp, limit: float) -> LegendRow:
    return LegendRow(title, MINUS + short(limit), "+" + short(limit), ramp)


def _edge_text(state: NetworkState, scales: Scales, n_edges: int, selected: Part | None) -> str:
    focus = state.reveal.focus if state.reveal is not None else None
    quantity = scales.quantity
    what = _quantity_text(state, quantity)
    if quantity is EdgeQuantity.TERM:
        return f"{what}, widest {short(scales.edges[0])}"
    if n_edges == 0 and isinstance(selected, WeightPart):
        return f"{what}, sign only"
    if state.mean_of is not None and focus is None and selected is None:
        return f"{what}, mean of {grouped(len(state.mean_of.losses))}"
    match focus or selected:
        case NeuronPart(layer=layer, index=index):
            return f"{_first_layer_letter(what, layer)}, {_neuron_text(state, layer, index)}"
        case WeightPart(layer=layer, target=index) if not quantity.is_gradient:
            return f"{what}, {_neuron_text(state, layer, index)}"
    return f"{what}, top {grouped(n_edges)}"


def _quantity_text(state: NetworkState, quantity: EdgeQuantity) -> str:
    """Return what edges stand for; the gradient of one sample's own loss has an index."""
    if quantity is EdgeQuantity.GRADIENT and state.mean_of is None:
        return "∂Lᵢ/∂w"
    return quantity.value


def _first_layer_letter(what: str, layer: int) -> str:
    return what.replace("× a", "× x") if layer == 0 else what


def _neuron_text(state: NetworkState, layer: int, index: int) -> str:
    return f"{'output' if layer == state.network.architecture.depth - 1 else 'neuron'} {index}"


def _widest_text(state: NetworkState, scales: Scales) -> str:
    focus = state.reveal.focus if state.reveal is not None else None
    if focus is not None:
        return short(scales.edges[focus.layer])
    limits = [short(limit) for limit in scales.edges]
    if len(limits) <= 3:
        return " | ".join(limits)
    return f"{short(min(scales.edges))} to {short(max(scales.edges))}"
