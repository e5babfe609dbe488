"""What a network drawn for a class shows: cells of its table, numbers of neurons, strengths of edges."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, NeuronPart, Part, WeightPart
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import NO_VALUE, fixed, signed, signed_significant, target_text

HEADINGS = {
    "output": "output",
    "target": "target",
    "error": "target − output",
    "square": "squared",
    "slope": "a (1 − a)",
    "delta": "δ",
}
_FAINT = 0.16


@dataclass(frozen=True, slots=True)
class LargePicture:
    """What is to be drawn.

    Attributes
    ----------
    pixels
        The inputs drawn by themselves.
    columns
        Columns of the table.
    selected
        What is meant: everything else recedes.
    before
        Flat parameters before what was done last, where its change is told; else None.
    loss_before
        The loss before it.
    names_phases
        Whether it is written which phase of an iteration is shown.
    """

    state: NetworkState
    pixels: tuple[int, ...]
    columns: tuple[str, ...]
    selected: Part | None = None
    before: FloatArray | None = None
    loss_before: float | None = None
    shows_loss: bool = True
    names_phases: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table; `bar` is its length from −1 to 1 where it is drawn as well, else nan."""

    text: str
    tone: str = "text"
    bar: float = float("nan")


@dataclass(frozen=True, slots=True)
class LargeEdges:
    """Edges of one weight layer, one entry each.

    Attributes
    ----------
    source
        Place among the sources drawn; the last is the constant 1.
    strength
        From −1 to 1.
    is_gradient
        Whether they wear the hues of gradients.
    is_meant
        Those that something selected means; all where nothing is.
    is_known
        False for what the iteration has not come to yet: drawn as a hint of the weights.
    """

    source: IndexArray
    target: IndexArray
    strength: FloatArray
    is_meant: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]"
    is_gradient: bool
    is_known: bool


def cells(picture: LargePicture, column: str) -> tuple[Cell, ...]:
    """Return a column of the table, a cell for each output."""
    state = picture.state
    return tuple(_cell(state, column, k) for k in range(len(state.sample.output)))


def _cell(state: NetworkState, column: str, k: int) -> Cell:
    if not _is_known(state, column, k):
        return Cell("")
    sample = state.sample
    output = float(sample.output[k])
    target = float("nan") if sample.target is None else float(sample.target[k])
    error = target - output
    delta = float("nan") if sample.delta is None else float(sample.delta[-1][k])
    return {
        "output": Cell(fixed(output, 2)),
        "target": Cell(NO_VALUE if sample.target is None else target_text(target)),
        "error": Cell(_signed(error, 2), "error_text", error),
        "square": Cell(fixed(error * error, 2), "error_text"),
        "slope": Cell(fixed(output * (1.0 - output), 2)),
        "delta": Cell(_signed(delta, 3), gradient_tone(delta)),
    }[column]


def _is_known(state: NetworkState, column: str, k: int) -> bool:
    """Tell whether an iteration has come to what a column holds."""
    reveal = state.reveal
    if reveal is None or column == "target":
        return True
    last = len(state.sample.a) - 1
    if column == "output":
        return reveal.knows_activation(last, k)
    return reveal.knows_delta(last, k) if column == "delta" else reveal.is_loss_known


def _signed(value: float, decimals: int) -> str:
    """Return a number with its sign, but for what is written as zero."""
    text = signed(value, decimals)
    return text if any(digit in text for digit in "123456789") else text.lstrip("+")


def gradient_tone(value: float) -> str:
    """Return the colour a gradient is written in."""
    return "gradient_negative_text" if value < 0 else "gradient_positive_text"


def weight_tone(value: float) -> str:
    """Return the colour a weight is written in."""
    return "weight_negative_text" if value < 0 else "weight_positive_text"


def hidden_text(state: NetworkState, layer: int, neuron: int) -> Cell:
    """Return the number in a hidden neuron: its activation, or its δ once the error has come back to it."""
    sample, reveal = state.sample, state.reveal
    if state.phase is Phase.BACKWARD and sample.delta is not None:
        if reveal is None or reveal.knows_delta(layer, neuron):
            delta = float(sample.delta[layer][neuron])
            return Cell(_signed(delta, 3), gradient_tone(delta))
        return Cell(fixed(float(sample.a[layer][neuron]), 2), "secondary")
    if reveal is not None and not reveal.knows_activation(layer, neuron):
        return Cell("")
    return Cell(fixed(float(sample.a[layer][neuron]), 2))


def shows_delta(state: NetworkState, layer: int) -> bool:
    """Tell whether the neurons of a hidden layer show their δ."""
    known = state.reveal is None or state.reveal.knows_delta(layer, 0)
    return state.phase is Phase.BACKWARD and state.sample.delta is not None and known


def edges_of(picture: LargePicture, layer: int) -> LargeEdges:
    """Return the edges of a weight layer."""
    state, sources = picture.state, _sources(picture, layer)
    values, is_gradient, is_known = _values(picture, layer, sources)
    n_in, n_out = values.shape
    largest = float(np.abs(values[np.isfinite(values)]).max(initial=0.0)) or 1.0
    strength = np.nan_to_num(values / largest, posinf=1.0, neginf=-1.0)
    if not is_known:
        strength = _FAINT * np.sign(strength)
    source, target = (axis.ravel() for axis in np.indices((n_in, n_out)))
    meant = _meant(picture, layer, state, sources)
    return LargeEdges(source, target, strength.ravel(), meant.ravel(), is_gradient, is_known)


def _sources(picture: LargePicture, layer: int) -> IndexArray:
    if layer == 0:
        return np.array(picture.pixels, np.intp)
    return np.arange(picture.state.network.W[layer].shape[0])


def _values(picture: LargePicture, layer: int, sources: IndexArray) -> tuple[FloatArray, bool, bool]:
    """Return a number for each edge and the constant's, whether they are gradients, and are known."""
    state = picture.state
    network, sample, reveal = state.network, state.sample, state.reveal
    weights = np.vstack((network.W[layer][sources], network.b[layer]))
    phase = state.phase
    if phase is Phase.BACKWARD and sample.delta is not None:
        if reveal is not None and not reveal.deltas[layer]:
            return weights, False, False
        delta = sample.delta[layer]
        if _hands_back(picture, layer):
            return weights * delta, True, True
        fed = sample.x if layer == 0 else sample.a[layer - 1]
        return np.outer(np.append(fed[sources], 1.0), delta), True, True
    if phase is Phase.UPDATE and state.parameters_after is not None:
        if reveal is not None and not reveal.updated[layer]:
            return weights, False, False
        after = network.with_parameters(state.parameters_after)
        return np.vstack((after.W[layer][sources], after.b[layer])) - weights, False, True
    return weights, False, reveal is None or reveal.sums[layer] > 0


def _hands_back(picture: LargePicture, layer: int) -> bool:
    """Tell whether the edges of a layer show what they hand back to a selected neuron before it."""
    selected = picture.selected
    return isinstance(selected, NeuronPart) and selected.layer == layer - 1


def _meant(
    picture: LargePicture, layer: int, state: NetworkState, sources: IndexArray
) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    meant = np.zeros((len(sources) + 1, state.network.W[layer].shape[1]), np.bool_)
    match picture.selected:
        case WeightPart(layer=own, source=source, target=target):
            if own == layer:
                place = len(sources) if source == BIAS else (sources == source).nonzero()[0]
                meant[place, target] = True
        case NeuronPart(layer=own, index=index):
            goes_back = state.phase is Phase.BACKWARD and own + 1 < len(state.sample.a)
            if goes_back and own == layer - 1:
                meant[index] = True
            elif not goes_back and own == layer:
                meant[:, index] = True
        case _:
            meant[:] = True
    return meant


def tag_of(picture: LargePicture) -> Cell | None:
    """Return what is written on the selected weight; None where none is selected."""
    part, state = picture.selected, picture.state
    if not isinstance(part, WeightPart):
        return None
    weight = _parameter(state, None, part)
    if state.phase is Phase.BACKWARD and state.sample.delta is not None:
        if state.reveal is not None and not state.reveal.deltas[part.layer]:
            return Cell(f"w = {fixed(weight, 2)}")
        fed = state.sample.x if part.layer == 0 else state.sample.a[part.layer - 1]
        gradient = float(state.sample.delta[part.layer][part.target])
        gradient *= 1.0 if part.source == BIAS else float(fed[part.source])
        return Cell(f"gradient = {signed_significant(gradient, 2)}", gradient_tone(gradient))
    if state.phase is Phase.UPDATE and state.parameters_after is not None:
        return Cell(_change_text(weight, _parameter(state, state.parameters_after, part)))
    if picture.before is None:
        return Cell(f"w = {fixed(weight, 2)}")
    return Cell(_change_text(_parameter(state, picture.before, part), weight))


def loss_text(picture: LargePicture) -> str:
    """Return the loss, with the one before the last step where that is told; empty while not known."""
    state = picture.state
    loss = state.sample.loss
    if loss is None or (state.reveal is not None and not state.reveal.is_loss_known):
        return ""
    if picture.loss_before is None:
        return fixed(loss, 2)
    return _arrow(picture.loss_before, loss)


def _change_text(before: float, after: float) -> str:
    return f"w = {_arrow(before, after)}"


def _arrow(before: float, after: float) -> str:
    """Return both numbers, with as many decimals as tell them apart, up to four."""
    for decimals in (2, 3, 4):
        texts = fixed(before, decimals), fixed(after, decimals)
        if texts[0] != texts[1]:
            break
    return f"{texts[0]} → {texts[1]}" if before != after else fixed(after, 2)


def _parameter(state: NetworkState, flat: FloatArray | None, part: WeightPart) -> float:
    network = state.network if flat is None else state.network.with_parameters(flat)
    if part.source == BIAS:
        return float(network.b[part.layer][part.target])
    return float(network.W[part.layer][part.source, part.target])


def chosen_pixels(x: FloatArray, wanted: tuple[int, ...], count: int = 10) -> tuple[int, ...]:
    """Return the inputs drawn by themselves: those wanted, or lit ones spread over the picture."""
    if wanted:
        return wanted
    lit = (x > 0.2).nonzero()[0]
    if len(lit) < count:
        return tuple(range(min(count, len(x))))
    return tuple(int(pixel) for pixel in lit[np.linspace(0, len(lit) - 1, count).astype(np.intp)])
