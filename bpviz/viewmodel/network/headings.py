"""What stands above the columns, in wordings from the fullest to the shortest.

Only the window knows how wide a text is, so it takes the first wording that fits.
"""

from dataclasses import dataclass

from bpviz.nn.network import Architecture
from bpviz.viewmodel.network.graph_geometry import GraphLayout
from bpviz.viewmodel.words.number_format import grouped

_MANY_LAYERS = 4
_KEY_PX = 140.0


@dataclass(frozen=True, slots=True)
class Wording:
    """A heading in two tones: what it is, and its figures."""

    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading.

    Attributes
    ----------
    left, right
        The stretch of the stage it may fill; it begins at `left`.
    wordings
        Fullest first.
    """

    left: float
    right: float
    wordings: tuple[Wording, ...]


def headings(architecture: Architecture, layout: GraphLayout) -> tuple[Heading, ...]:
    """Return the headings of input, hidden layers and outputs, left to right."""
    hidden = _hidden(architecture, layout)
    outputs = layout.outputs
    output_left = outputs.disc_x - outputs.radius if layout.surface is None else layout.surface.x
    if layout.tiles is not None and not hidden:
        output_left = float(layout.tiles.x.min())
    output_right = (
        outputs.box_x - 34.0 * layout.request.factor if outputs.has_targets else outputs.value_right
    )
    if layout.surface is not None:
        # The key of its colours stands at the right.
        output_right = layout.surface.right - _KEY_PX * layout.request.factor
    end = hidden[0].left if hidden else output_left
    return (
        Heading(_input_left(layout), end, _input_wordings(layout)),
        *hidden,
        Heading(output_left, output_right, _output_wordings(architecture)),
    )


def _input_left(layout: GraphLayout) -> float:
    return layout.input.picture.x if layout.input.column is None else layout.input.legend.x


def _input_wordings(layout: GraphLayout) -> tuple[Wording, ...]:
    n, side = layout.request.layers[0], layout.request.image_side
    count = grouped(n)
    if side:
        return (Wording("Input", f"{side} × {side} = {count}"), Wording("Input", count), Wording("Input"))
    return (Wording("Input", count), Wording("Input"))


def _output_wordings(architecture: Architecture) -> tuple[Wording, ...]:
    name = architecture.output_activation
    function = "softmax p" if name == "softmax" else name
    return (Wording("Output", function), Wording("Output"), Wording("Out"))


def _hidden(architecture: Architecture, layout: GraphLayout) -> tuple[Heading, ...]:
    columns = layout.columns[:-1]
    if not columns:
        return ()
    lefts = [column.x - column.radius for column in columns]
    for layer in range(len(columns)):
        tiles = layout.tiles_of(layer)
        if tiles is not None:
            lefts[layer] = float(tiles.x.min())
    rights = [*lefts[1:], layout.outputs.disc_x - layout.outputs.radius]
    if len(columns) > _MANY_LAYERS:
        return (Heading(lefts[0], rights[-1], _many_wordings(architecture)),)
    return tuple(
        Heading(left, right, _layer_wordings(architecture, layer))
        for layer, (left, right) in enumerate(zip(lefts, rights, strict=True))
    )


def _many_wordings(architecture: Architecture) -> tuple[Wording, ...]:
    sizes = architecture.layers[1:-1]
    if len(set(sizes)) == 1:
        figures = f"{len(sizes)} layers of {grouped(sizes[0])}"
    else:
        figures = f"{len(sizes)} layers of {grouped(min(sizes))} to {grouped(max(sizes))}"
    return (
        Wording("Hidden", f"{figures} {architecture.activation}"),
        Wording("Hidden", figures),
        Wording("Hidden"),
    )


def _layer_wordings(architecture: Architecture, layer: int) -> tuple[Wording, ...]:
    count = grouped(architecture.layers[layer + 1])
    name = "Hidden" if architecture.depth == 2 else f"Hidden {layer + 1}"
    return (
        Wording(name, f"{count} {architecture.activation}"),
        Wording(name, count),
        Wording(name),
        Wording(f"{layer + 1}"),
    )
