"""All items of one drawn network, built for a layout and then only fed."""

import numpy as np
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QGraphicsScene

from bpviz.nn.arrays import IndexArray
from bpviz.nn.network import Architecture
from bpviz.ui.edge_layer import EdgeLayer
from bpviz.ui.input_picture import InputImage, InputNumbers, SampleCaption
from bpviz.ui.legend_view import LegendView
from bpviz.ui.network_headings import add_bias_nodes, add_headings
from bpviz.ui.network_palette import N_ACTIVATION_LEVELS, N_RING_LEVELS, NetworkPalette
from bpviz.ui.network_theme import StageStyle
from bpviz.ui.neuron_discs import Leads, NeuronDiscs
from bpviz.ui.output_column import LossBus, OutputRows
from bpviz.ui.part_marks import PartMark
from bpviz.ui.pixel_marks import PixelMarks
from bpviz.ui.weight_tiles import WeightTiles
from bpviz.viewmodel.edge_buckets import bucketed
from bpviz.viewmodel.edges import EdgeQuantity, edge_values
from bpviz.viewmodel.graph_geometry import GraphLayout
from bpviz.viewmodel.network_picture import NetworkPicture
from bpviz.viewmodel.network_state import NetworkState
from bpviz.viewmodel.parts import Part

_RECEDED_TILES = 0.55


class NetworkStage:
    """Owns the items of one network in a scene, under one root that is moved to zoom and pan.

    `show_frame` is what changes with every snapshot; `show_texts` and `paint_tiles` cost more and
    are for a few times a second.
    """

    def __init__(
        self, scene: QGraphicsScene, architecture: Architecture, layout: GraphLayout, style: StageStyle
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

    def _add_graph(self, style: StageStyle) -> None:
        root, layout = self._root, self._layout
        self.edges = EdgeLayer(root)
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
        if layout.input.column is None:
            self._image = InputImage(root, layout.input, layout.request.image_side, style)
            self._pixels = PixelMarks(root, layout.input, layout.request.image_side)
        else:
            self._numbers = InputNumbers(root, layout.input, style)
        self._caption = SampleCaption(root, layout, style)
        self.outputs = OutputRows(root, layout, style)
        self.loss = LossBus(root, layout, style) if layout.loss is not None else None
        self.legend = LegendView(root, layout.input, style)
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
        painted = (
            *self.discs,
            self.outputs,
            self.legend,
            self._leads,
            self._numbers,
            self.loss,
            self._pixels,
        )
        for part in painted:
            if part is not None:
                part.set_palette(palette)
        if self._tiles is not None:
            self._tiles.set_share(_RECEDED_TILES if palette.is_receded else 1.0)

    def show_frame(self, state: NetworkState, picture: NetworkPicture) -> None:
        """Show image, activations, δ rings, bars and edges of a state."""
        sample, scales = state.sample, picture.scales
        if self._image is not None:
            self._image.show(sample.x)
        if self._numbers is not None:
            self._numbers.show(sample.x, picture.inputs)
        last = len(self.discs) - 1
        for layer, (discs, shown) in enumerate(zip(self.discs, picture.shown, strict=True)):
            scale = scales.output if layer == last else scales.hidden
            levels = scale.levels(sample.a[layer][shown], N_ACTIVATION_LEVELS)
            discs.show_levels(levels)
            discs.show_rings(self._ring_levels(state, picture, layer))
            if layer == 0 and self._leads is not None:
                self._leads.show_levels(levels)
        self.outputs.show(sample, picture.shown[-1], scales.output)
        self._show_edges(state, picture)

    def _ring_levels(self, state: NetworkState, picture: NetworkPicture, layer: int) -> IndexArray:
        shown = picture.shown[layer]
        delta = state.sample.delta
        if picture.scales.quantity is not EdgeQuantity.GRADIENT or delta is None:
            return np.zeros(len(shown), dtype=np.intp)
        share = np.nan_to_num(delta[layer][shown] / picture.scales.edges[layer])
        return np.asarray(np.rint(np.clip(share, -1.0, 1.0) * N_RING_LEVELS), dtype=np.intp)

    def _show_edges(self, state: NetworkState, picture: NetworkPicture) -> None:
        scales = np.array(picture.scales.edges)[picture.edges.layer]
        buckets = bucketed(edge_values(state, picture.edges), scales)
        self.edges.show(picture.lines, buckets)

    def show_texts(self, state: NetworkState, picture: NetworkPicture, selected: Part | None) -> None:
        """Write everything that is text, and outline what counts most for the selection."""
        sample = state.sample
        if self._pixels is not None:
            self._pixels.show(state, picture, selected)
        if self._numbers is not None:
            self._numbers.show_texts(sample.x, picture.inputs)
        self._caption.show(sample)
        self.outputs.show_texts(sample, picture.shown[-1])
        if self.loss is not None:
            self.loss.show_text(sample.loss)
        self.legend.show(picture.legend)

    def paint_tiles(self, state: NetworkState, picture: NetworkPicture, scale: float) -> None:
        """Paint the weight images at so many device pixels per stage pixel."""
        if self._tiles is not None and self._palette is not None:
            colors = self._palette.weight_colors()
            self._tiles.paint(state.network.W[0], picture.shown[0], picture.scales.weight, colors, scale)

    def mark(self, hovered: Part | None, selected: Part | None, picture: NetworkPicture) -> None:
        """Outline what is pointed at and what is selected."""
        self.hover_mark.show(None if hovered == selected else hovered, self._layout, picture)
        self.selection_mark.show(selected, self._layout, picture)
