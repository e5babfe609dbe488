"""All items of one drawn network, built for a layout and then only fed."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QGraphicsScene

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.nn.network import Architecture
from bpviz.ui.network.edge_layer import EdgeFlash, EdgeLayer, FaintEdgeLayer
from bpviz.ui.network.input_picture import InputImage, InputNumbers, PixelBoxes, SampleCaption
from bpviz.ui.network.legend_view import LegendView
from bpviz.ui.network.network_headings import add_bias_nodes, add_headings
from bpviz.ui.network.network_palette import N_ACTIVATION_LEVELS, N_RING_LEVELS, NetworkPalette
from bpviz.ui.network.network_theme import StageStyle
from bpviz.ui.network.neuron_discs import DASHED_LEVEL, EMPTY_LEVEL, Leads, NeuronDiscs
from bpviz.ui.network.output_column import LossBus, OutputRows
from bpviz.ui.network.part_marks import PartMark
from bpviz.ui.network.pixel_marks import PixelMarks
from bpviz.ui.network.plane_stage import PlaneStage
from bpviz.ui.network.tag_items import TagItems
from bpviz.ui.network.weight_overlay import WeightOverlay
from bpviz.ui.network.weight_tiles import WeightTiles
from bpviz.viewmodel.network.edge_buckets import bucketed
from bpviz.viewmodel.network.edges import edge_values
from bpviz.viewmodel.network.graph_geometry import GraphLayout
from bpviz.viewmodel.network.network_picture import NetworkPicture
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import Part, PlanePart, WeightPart, ends_of
from bpviz.viewmodel.network.plane import Plane
from bpviz.viewmodel.network.reveal import Reveal
from bpviz.viewmodel.network.tags import neuron_tags
from bpviz.viewmodel.network.tile_content import TileContent, tile_values
from bpviz.viewmodel.network.weight_picture import lit_output, weight_picture
from bpviz.viewmodel.run.phases import Phase

_RECEDED_TILES = 0.55
_GLOWING_SHARE = 0.15
"""Edges that changed by less than this share of their scale do not glow."""


class NetworkStage:
    """Owns the items of one network in a scene, under one root that is moved to zoom and pan.

    `show_frame` is what changes with every snapshot; `show_texts` and `paint_tiles` cost more and
    are for a few times a second.
    """

    def __init__(
        self,
        scene: QGraphicsScene,
        architecture: Architecture,
        layout: GraphLayout,
        style: StageStyle,
        plane: Plane | None = None,
    ) -> None:
        self._scene = scene
        self._layout = layout
        self._root = QGraphicsRectItem()
        self._root.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        scene.addItem(self._root)
        self._add_graph(style)
        self._add_surroundings(style)
        add_headings(self._root, architecture, layout, style)
        add_bias_nodes(self._root, layout, style)
        self._palette: NetworkPalette | None = None
        self.plane: PlaneStage | None = None
        if plane is not None and layout.surface is not None:
            self.plane = PlaneStage(self._root, layout, plane, style)

    def _add_graph(self, style: StageStyle) -> None:
        root, layout = self._root, self._layout
        self.edges = EdgeLayer(root)
        self.faint = FaintEdgeLayer(root)
        self.flash = EdgeFlash(root)
        rights = [column.x - column.radius for column in layout.columns[1:]] + [layout.outputs.label_x]
        self.discs = [
            NeuronDiscs(root, column, style, right)
            for column, right in zip(layout.columns, rights, strict=True)
        ]
        self._tiles: WeightTiles | None = None
        self._leads: Leads | None = None
        if layout.tiles is not None:
            self._tiles = WeightTiles(root, layout.tiles, layout.request.image_side, style.theme)
            self._leads = Leads(root, layout.tiles, layout.columns[0])

    def _add_surroundings(self, style: StageStyle) -> None:
        root, layout = self._root, self._layout
        self._image: InputImage | None = None
        self._pixels: PixelMarks | None = None
        self._numbers: InputNumbers | None = None
        self._boxes: PixelBoxes | None = None
        if layout.input.column is None:
            self._image = InputImage(root, layout.input.picture, layout.request.image_side, style)
            self._pixels = PixelMarks(root, layout.input, layout.request.image_side)
        elif layout.input.thumbnail is not None:
            self._boxes = PixelBoxes(root, layout.input, layout.request.image_side, style)
        else:
            self._numbers = InputNumbers(root, layout.input, style)
        self._caption = SampleCaption(root, layout, style)
        self.outputs = OutputRows(root, layout, style)
        self.loss = LossBus(root, layout, style) if layout.loss is not None else None
        self.legend = LegendView(root, layout.input, style)
        self.weight = WeightOverlay(root, layout, style)
        # An output's disc and what is written at its right stay clear of tags.
        self.tags = TagItems(root, layout.columns[-1].x - layout.columns[-1].radius, style)
        self.focus_mark = PartMark(root, style.theme, 2.5 * style.factor)
        self._end_marks = [PartMark(root, style.theme, 2.5 * style.factor) for _ in range(2)]
        self.hover_mark = PartMark(root, style.theme, 1.5 * style.factor)
        self.selection_mark = PartMark(root, style.theme, 2.5 * style.factor)

    def remove(self) -> None:
        """Take everything out of the scene."""
        self._scene.removeItem(self._root)

    def set_transform(self, transform: QTransform) -> None:
        """Move and magnify the whole network."""
        self._root.setTransform(transform)

    def set_palette(self, palette: NetworkPalette) -> None:
        """Paint with another palette from the next `show_frame` on."""
        if palette is self._palette:
            return
        self._palette = palette
        self.edges.set_pens(palette.edges)
        self.faint.set_pens(palette.faint)
        self.flash.set_pen(palette.flash)
        painted = (
            *self.discs,
            self.outputs,
            self.legend,
            self._leads,
            self._image,
            self._numbers,
            self.loss,
            self._pixels,
            self.plane,
        )
        for part in painted:
            if part is not None:
                part.set_palette(palette)

    def show_frame(self, state: NetworkState, picture: NetworkPicture) -> None:
        """Show image, activations, δ rings, bars and edges of a state."""
        sample, scales = state.sample, picture.scales
        self._show_input(state, picture)
        last = len(self.discs) - 1
        deltas = state.deltas if scales.quantity.is_gradient else None
        for layer, (discs, shown) in enumerate(zip(self.discs, picture.shown, strict=True)):
            scale = scales.output if layer == last else scales.hidden
            levels = scale.levels(sample.a[layer][shown], N_ACTIVATION_LEVELS)
            rings = _ring_levels(deltas, layer, shown, scales.rings)
            if state.reveal is not None:
                levels, rings = _hide_unknown(state, state.reveal, layer, shown, (levels, rings))
            levels, rings = _hide_switched_off(state, layer, shown, (levels, rings))
            discs.show_levels(levels)
            discs.show_rings(rings)
            if layer == 0 and self._leads is not None:
                self._leads.show_levels(levels)
            if self.plane is not None:
                self.plane.show_levels(layer, levels)
        known, has_loss = _known_outputs(state, picture)
        self.outputs.show(sample, picture.shown[-1], scales.output, known, has_loss)
        self._show_edges(state, picture)

    def _show_input(self, state: NetworkState, picture: NetworkPicture) -> None:
        sample, scales = state.sample, picture.scales
        if self._image is not None:
            if state.input_gradient is None:
                self._image.show(sample.x)
            else:
                self._image.show_gradient(state.input_gradient, scales.pixels)
        if self._numbers is not None:
            self._numbers.show(sample.x, picture.inputs)
        if self._boxes is not None:
            self._boxes.show(sample.x, picture.inputs)
        if self.plane is not None:
            self.plane.show_frame(state, picture)

    def _show_edges(self, state: NetworkState, picture: NetworkPicture) -> None:
        scales = np.array(picture.scales.edges)[picture.edges.layer]
        buckets = bucketed(edge_values(state, picture.edges), scales)
        self.edges.show(picture.lines, buckets)

    @property
    def loss_text(self) -> str:
        """What the loss node says; empty where there is none."""
        return self.loss.text if self.loss is not None else ""

    def show_texts(self, state: NetworkState, picture: NetworkPicture, selected: Part | None) -> None:
        """Write everything that is text, and draw what belongs to the selection and the neuron in focus."""
        sample = state.sample
        if self._pixels is not None:
            focus = state.reveal.focus if state.reveal is not None else None
            self._pixels.show(state, picture, focus or selected)
        if self._numbers is not None:
            self._numbers.show_texts(sample.x, picture.inputs)
        if self._boxes is not None:
            self._boxes.show_texts(sample.x, picture.inputs)
        if self.plane is not None:
            self.plane.show_texts(state)
        self._caption.show(sample)
        known, has_loss = _known_outputs(state, picture)
        self.outputs.show_texts(sample, picture.shown[-1], known, has_loss)
        if self.loss is not None:
            loss = sample.loss if state.mean_of is None else state.mean_of.loss
            self.loss.show_loss(loss, is_known=has_loss)
        self.legend.show(picture.legend)
        if self._tiles is not None and self._palette is not None:
            # In Backward and Update the weights are not the subject; their gradients are.
            recedes = self._palette.is_receded and picture.scales.content is TileContent.WEIGHT
            self._tiles.set_share(_RECEDED_TILES if recedes else 1.0)
        self.faint.show(picture.faint, picture.faint_lines)
        weight = weight_picture(state, self._layout, picture, selected)
        self.weight.show(weight, lit_output(state, picture, selected))
        tags = neuron_tags(state, self._layout, picture, selected)
        self.tags.show(tags if weight is None else (*tags, *weight.tags))

    def paint_tiles(self, state: NetworkState, picture: NetworkPicture, scale: float) -> None:
        """Paint the small images at so many device pixels per stage pixel."""
        if self._tiles is not None and self._palette is not None:
            is_gradient = picture.scales.content is TileContent.GRADIENT
            colors = self._palette.gradient_colors() if is_gradient else self._palette.weight_colors()
            values = tile_values(state, picture.scales.content, picture.shown[0])
            self._tiles.paint(values, picture.scales.weight, colors, scale)
        if self.plane is not None:
            self.plane.paint(scale)

    def plane_part_at(self, point: QPointF, pixel: float) -> PlanePart | None:
        """Return what of the plane of all inputs lies at a stage point; None where there is none."""
        return None if self.plane is None else self.plane.part_at(point.x(), point.y(), pixel)

    def light_update(self, state: NetworkState, picture: NetworkPicture, layers: tuple[int, ...]) -> None:
        """Let the strongest edges of layers whose weights have just changed glow until `flash.put_out`."""
        share = (
            np.abs(edge_values(state, picture.edges)) / np.array(picture.scales.edges)[picture.edges.layer]
        )
        self.flash.light(picture.lines, np.isin(picture.edges.layer, layers) & (share > _GLOWING_SHARE))

    def mark(
        self, hovered: Part | None, selected: Part | None, focus: Part | None, picture: NetworkPicture
    ) -> None:
        """Outline what is pointed at, what is selected and what was computed just now."""
        self.hover_mark.show(None if hovered == selected else hovered, self._layout, picture)
        # A weight's own drawing says that it is selected.
        is_drawn = isinstance(selected, WeightPart) and self.weight.is_used
        self.selection_mark.show(None if is_drawn else selected, self._layout, picture)
        self.focus_mark.show(focus, self._layout, picture)
        ends = ends_of(selected) if isinstance(selected, WeightPart) else (None, None)
        for mark, end in zip(self._end_marks, ends, strict=True):
            mark.show(end, self._layout, picture)


def _ring_levels(
    deltas: tuple[FloatArray, ...] | None, layer: int, shown: IndexArray, limit: float
) -> IndexArray:
    if deltas is None:
        return np.zeros(len(shown), dtype=np.intp)
    share = np.nan_to_num(deltas[layer][shown] / limit)
    return np.asarray(np.rint(np.clip(share, -1.0, 1.0) * N_RING_LEVELS), dtype=np.intp)


def _hide_unknown(
    state: NetworkState, reveal: Reveal, layer: int, shown: IndexArray, levels: tuple[IndexArray, IndexArray]
) -> tuple[IndexArray, IndexArray]:
    """Return fills and rings with what is not computed yet empty and dashed."""
    fills = np.where(shown < reveal.activations[layer], levels[0], EMPTY_LEVEL)
    is_backward = state.phase is Phase.BACKWARD and state.deltas is not None
    known = reveal.deltas[layer] if is_backward else reveal.sums[layer]
    return fills, np.where(shown < known, levels[1], DASHED_LEVEL)


def _hide_switched_off(
    state: NetworkState, layer: int, shown: IndexArray, levels: tuple[IndexArray, IndexArray]
) -> tuple[IndexArray, IndexArray]:
    """Return fills and rings with the neurons that are switched off empty and dashed."""
    off = [neuron for at_layer, neuron in state.network.switched_off if at_layer == layer]
    if not off:
        return levels
    is_off = np.isin(shown, off)
    return np.where(is_off, EMPTY_LEVEL, levels[0]), np.where(is_off, DASHED_LEVEL, levels[1])


def _known_outputs(state: NetworkState, picture: NetworkPicture) -> tuple[npt.NDArray[np.bool_] | None, bool]:
    """Return which shown outputs have their activation (None: all), and whether the loss is known."""
    if state.reveal is None:
        return None, True
    return picture.shown[-1] < state.reveal.activations[-1], state.reveal.is_loss_known
