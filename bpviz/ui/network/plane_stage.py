"""Everything of the stage that a network of one or two inputs has besides: pictures and the surface."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.ui.network.heat_tiles import AnswerTiles, CurveTiles, HeatTiles
from bpviz.ui.network.network_items import Layer
from bpviz.ui.network.network_palette import NetworkPalette
from bpviz.ui.network.network_theme import StageStyle
from bpviz.ui.network.neuron_discs import Leads
from bpviz.ui.network.plane_key import PlaneKey
from bpviz.ui.network.plane_surface import PlaneSurface
from bpviz.viewmodel.network.color_scale import ActivationScale
from bpviz.viewmodel.network.graph_geometry import GraphLayout, Tiles
from bpviz.viewmodel.network.network_picture import NetworkPicture
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import PlanePart
from bpviz.viewmodel.network.plane import Plane, answers_over

_INPUT_SCALE = ActivationScale(-1.0, 1.0)
_RECEDED = 0.55


class PlaneStage:
    """Owns the pictures at the neurons and the surface of one network in one layout.

    What the network answers over all inputs is computed once for new parameters, however many states show it.
    """

    def __init__(self, root: QGraphicsItem, layout: GraphLayout, plane: Plane, style: StageStyle) -> None:
        assert layout.surface is not None
        self._plane, self._layout, self._style = plane, layout, style
        self.surface = PlaneSurface(root, layout.surface, plane, style)
        make = CurveTiles if plane.is_curve else HeatTiles
        self._tiles: list[AnswerTiles] = [make(root, tiles, style) for tiles in layout.heat]
        self._leads = [
            Leads(root, tiles, column) for tiles, column in zip(layout.heat, layout.columns, strict=False)
        ]
        self._inputs: AnswerTiles | None = None
        if layout.input.heat is not None:
            self._inputs = make(root, layout.input.heat, style)
        self._dots = QGraphicsPathItem(root)
        self._dots.setPen(QPen(style.theme.ink, 1.3 * style.factor))
        self._dots.setZValue(Layer.MARKS.value)
        self._shown: FloatArray | None = None
        self._scale: ActivationScale | None = None
        PlaneKey(root, layout, plane, style)

    def set_palette(self, palette: NetworkPalette) -> None:
        """Paint with another palette from the next `show_frame` on."""
        for tiles in (*self._tiles, *((self._inputs,) if self._inputs else ())):
            tiles.set_palette(palette)
            tiles.set_share(_RECEDED if palette.is_receded else 1.0)
        for leads in self._leads:
            leads.set_palette(palette)
        self._shown = None

    def show_levels(self, layer: int, levels: IndexArray) -> None:
        """Light the leads of a layer by its activations."""
        if layer < len(self._leads):
            self._leads[layer].show_levels(levels)

    def show_frame(self, state: NetworkState, picture: NetworkPicture) -> None:
        """Show what a state's network answers over all inputs, and where the watched sample lies."""
        self.surface.show_watched(state)
        self._show_dots(state)
        is_new = self._shown is None
        if state.network.parameters is self._shown and picture.scales.hidden == self._scale:
            return
        self._shown, self._scale = state.network.parameters, picture.scales.hidden
        answers = answers_over(state.network, self._plane)
        self.surface.show_field(answers[-1])
        for tiles, a, shown in zip(self._tiles, answers[:-1], picture.shown[:-1], strict=False):
            tiles.show(a if a.shape[1] == len(shown) else a[:, shown], picture.scales.hidden)
        if is_new and self._inputs is not None:
            self._inputs.show(self._plane.grid, _INPUT_SCALE)

    def show_texts(self, state: NetworkState) -> None:
        """Mark the samples of the batch and those answered wrongly."""
        self.surface.show_marks(state)

    def paint(self, scale: float) -> None:
        """Paint the samples for so many device pixels per stage pixel."""
        self.surface.paint_points(scale)

    def part_at(self, x: float, y: float, pixel: float) -> PlanePart | None:
        """Return what of the surface lies at a place of the stage."""
        return self.surface.map.part_at(x, y, pixel)

    def _show_dots(self, state: NetworkState) -> None:
        """Put a small ring where the watched sample lies, in every picture of the plane."""
        path, x = QPainterPath(), np.nan_to_num(state.sample.x)
        if not self._plane.is_curve:
            for tiles in (
                *self._layout.heat,
                *((self._layout.input.heat,) if self._layout.input.heat else ()),
            ):
                self._add_dots(path, tiles, float(x[0]), float(x[1]))
        self._dots.setPath(path)

    def _add_dots(self, path: QPainterPath, tiles: Tiles, across: float, up: float) -> None:
        share_x, share_y = (across / self._plane.reach + 1) / 2, (1 - up / self._plane.reach) / 2
        if not (0.0 <= share_x <= 1.0 and 0.0 <= share_y <= 1.0):
            return
        radius = 2.2 * self._style.factor
        for left, top in zip(tiles.x.tolist(), tiles.y.tolist(), strict=True):
            path.addEllipse(QPointF(left + share_x * tiles.size, top + share_y * tiles.size), radius, radius)
