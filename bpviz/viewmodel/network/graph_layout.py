"""Where everything of the drawn network stands, in pixels of the stage, from its size alone.

Pure geometry: nothing here depends on weights or activations, so nothing moves while they change.
"""

from dataclasses import dataclass, replace

from bpviz.viewmodel.network.graph_geometry import (
    Arrangement,
    BiasNode,
    Column,
    GraphLayout,
    InputBlock,
    InputStyle,
    LayoutRequest,
    LossNode,
    OutputBlock,
    Rect,
)
from bpviz.viewmodel.network.layer_columns import HiddenPlan, neuron_column, plan_hidden, row_pitch
from bpviz.viewmodel.network.plane_layout import INPUT_PX, input_heat, plan_plane, plane_outputs

__all__ = ["Arrangement", "GraphLayout", "LayoutRequest", "lay_out"]

_HEADING_PX = 36.0
_BIAS_ROW_PX = 42.0
_LEGEND_ROW_PX = 22.0
_LEGEND_ROWS = 5
_CAPTION_PX = 26.0
_LEGEND_GAP_PX = 12.0
_SMALLEST_PICTURE_PX = 148.0
_LARGEST_PICTURE_PX = 380.0
_LAYER_PX = 50.0
"""Width a layer should have before the picture takes more."""
_OUTPUT_ROW_PX = 26.0
_N_BOXES = 10


@dataclass(frozen=True, slots=True)
class _OutputSizes:
    radius: float
    value_width: float
    label_width: float
    bar_height: float
    loss_width: float = 112.0


_OUTPUT_SIZES = {
    Arrangement.LAB: _OutputSizes(17.0, 48.0, 30.0, 10.0),
    Arrangement.DRAW: _OutputSizes(18.0, 92.0, 44.0, 26.0),
    Arrangement.ERROR: _OutputSizes(18.0, 66.0, 44.0, 16.0, loss_width=136.0),
}
_THUMBNAIL_PX = 96.0


def lay_out(request: LayoutRequest) -> GraphLayout:
    """Return the places of all parts of the network for a stage of this size."""
    net = _net_area(request)
    plane = plane_outputs(request, net) if request.has_plane else None
    outputs = _outputs(request, net) if plane is None else plane.block
    block_width = _input_width(request, outputs.disc_x - outputs.radius)
    left = _margin(request)
    plan_columns = plan_hidden if plane is None else plan_plane
    plan = plan_columns(request, net, left + block_width, outputs)
    block = _input_block(request, net, left, block_width)
    stand = net if plane is None else plane.surface
    columns = (*plan.columns, _output_column(request, stand, outputs))
    return GraphLayout(
        request=request,
        net=net,
        input=block,
        columns=columns,
        tiles=plan.tiles,
        outputs=outputs,
        biases=_biases(request, block, plan),
        loss=_loss(request, outputs),
        heat=plan.heat,
        surface=None if plane is None else plane.surface,
    )


def _margin(request: LayoutRequest) -> float:
    return 24.0 * request.factor


def _net_area(request: LayoutRequest) -> Rect:
    """Return the band the neurons stand in: below the headings, above the bias nodes."""
    f = request.factor
    has_foot = request.with_bias or request.arrangement.has_loss
    foot = _BIAS_ROW_PX * f if has_foot else 14.0 * f
    top = _HEADING_PX * f
    left = _margin(request)
    return Rect(left, top, request.width - 2 * left, max(60.0, request.height - top - foot))


def _output_slots(request: LayoutRequest, net: Rect) -> int:
    rows = max(5, int(net.height / (_OUTPUT_ROW_PX * request.factor)))
    n = request.layers[-1]
    return n if n <= rows else rows - 2


def _outputs(request: LayoutRequest, net: Rect) -> OutputBlock:
    """Return the output block, set from the right edge inwards."""
    f = request.factor
    sizes, has_targets = _OUTPUT_SIZES[request.arrangement], request.arrangement.has_loss
    pitch = row_pitch(net.height, request.layers[-1], _output_slots(request, net), 64.0 * f)
    radius = min(0.4 * pitch, sizes.radius * f)
    bus_x = request.width - 22.0 * f
    box = min(22.0 * f, 0.8 * pitch)
    box_x = bus_x - 8.0 * f - box / 2
    value_right = (box_x - box / 2 - 11.0 * f) if has_targets else request.width - _margin(request)
    bar_right = value_right - sizes.value_width * f - 4.0 * f
    bar_width = _bar_width(request)
    label_width = sizes.label_width * f
    disc_x = bar_right - bar_width - label_width - radius
    return OutputBlock(
        disc_x=disc_x,
        radius=radius,
        pitch=pitch,
        label_x=disc_x + radius + label_width / 2,
        bar_left=bar_right - bar_width,
        bar_right=bar_right,
        bar_height=min(sizes.bar_height * f, 0.46 * pitch),
        value_right=value_right,
        box_x=box_x,
        box_size=box,
        bus_x=bus_x,
        has_targets=has_targets,
    )


def _bar_width(request: LayoutRequest) -> float:
    f = request.factor
    wide = request.width / f
    share = 0.30 * wide - (140.0 if request.arrangement.has_loss else 80.0)
    room = max(48.0, min(share, 190.0))
    return (room if len(request.layers) < 6 else max(44.0, 0.55 * room)) * f


def _input_width(request: LayoutRequest, outputs_left: float) -> float:
    f = request.factor
    if request.has_plane:
        return INPUT_PX * f
    wide = request.width / f
    width = min(_LARGEST_PICTURE_PX, max(_SMALLEST_PICTURE_PX, 0.36 * wide - 98.0))
    left_for_it = outputs_left / f - _LAYER_PX * (len(request.layers) - 1)
    width = min(width, max(_SMALLEST_PICTURE_PX, left_for_it))
    if not request.image_side:
        width = 168.0
    return min(width * f, 0.4 * max(outputs_left, 1.0))


def _input_block(request: LayoutRequest, net: Rect, left: float, width: float) -> InputBlock:
    f = request.factor
    foot = (_CAPTION_PX + _LEGEND_GAP_PX + _LEGEND_ROWS * _LEGEND_ROW_PX) * f
    thumbnail = None
    if request.image_side and request.input_style is InputStyle.IMAGE:
        side = max(28.0, min(width, net.height - foot))
        top = net.y + max(0.0, min(0.46 * net.height - side / 2, net.height - foot - side))
        picture = Rect(left + width - side, top, side, side)
        column = None
    else:
        picture = Rect(left, net.y, width, max(60.0, net.height - foot))
        thumbnail = _thumbnail(request, picture)
        column = _input_column(request, picture if thumbnail is None else _below(thumbnail, picture, f), f)
    caption_y = picture.bottom + 15.0 * f
    legend_top = picture.bottom + (_CAPTION_PX + _LEGEND_GAP_PX) * f
    legend = Rect(left, legend_top, width, _LEGEND_ROWS * _LEGEND_ROW_PX * f)
    return InputBlock(
        picture=picture,
        column=column,
        right=left + width,
        caption_y=caption_y,
        legend=legend,
        legend_row=_LEGEND_ROW_PX * f,
        thumbnail=thumbnail,
        heat=None if column is None or not request.has_plane else input_heat(request, column),
    )


def _thumbnail(request: LayoutRequest, area: Rect) -> Rect | None:
    """Return the place of a small picture above the boxes of its pixels."""
    if not request.image_side:
        return None
    side = min(_THUMBNAIL_PX * request.factor, 0.25 * area.height)
    return Rect(area.right - side, area.y, side, side)


def _below(upper: Rect, area: Rect, f: float) -> Rect:
    """Return what is left of an area below a part of it."""
    top = upper.bottom + 12.0 * f
    return Rect(area.x, top, area.width, max(40.0, area.bottom - top))


def _input_column(request: LayoutRequest, area: Rect, f: float) -> Column:
    n = request.layers[0]
    rows = max(5, int(area.height / (20.0 * f)))
    slots = n if n <= rows else rows - 2
    if request.image_side:
        slots = _N_BOXES
        if request.input_style is InputStyle.STRONGEST:
            return _strongest_column(area, slots, f)
    pitch = row_pitch(area.height, n, slots, (64.0 if request.has_plane else 40.0) * f)
    column = neuron_column(area.right - 13.0 * f, area, n, slots, pitch)
    return replace(column, radius=min(column.radius, 13.0 * f))


def _strongest_column(area: Rect, slots: int, f: float) -> Column:
    """Return boxes without gaps: they are not the first or last of anything."""
    column = neuron_column(area.right - 13.0 * f, area, slots, slots, min(34.0 * f, area.height / slots))
    return replace(column, radius=min(column.radius, 13.0 * f))


def _output_column(request: LayoutRequest, net: Rect, outputs: OutputBlock) -> Column:
    n = request.layers[-1]
    column = neuron_column(outputs.disc_x, net, n, _output_slots(request, net), outputs.pitch)
    return replace(column, radius=outputs.radius)


def _biases(request: LayoutRequest, block: InputBlock, plan: HiddenPlan) -> tuple[BiasNode, ...]:
    if not request.with_bias:
        return ()
    size = 18.0 * request.factor
    y = request.height - 22.0 * request.factor
    first = BiasNode(block.right - size / 2, y, size)
    return (first, *(BiasNode(column.x, y, size) for column in plan.columns))


def _loss(request: LayoutRequest, outputs: OutputBlock) -> LossNode | None:
    if not request.arrangement.has_loss:
        return None
    f = request.factor
    width, height = _OUTPUT_SIZES[request.arrangement].loss_width * f, 28.0 * f
    return LossNode(
        Rect(outputs.bus_x + 14.0 * f - width, request.height - 22.0 * f - height / 2, width, height)
    )
