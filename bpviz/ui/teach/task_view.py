"""A task of one or two inputs, large: what the network answers over all of them, and its neurons' answers."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsRectItem, QWidget

from bpviz.data.samples import CLASS_NAMES
from bpviz.nn.arrays import FloatArray
from bpviz.ui.network.heat_tiles import AnswerTiles, CurveTiles, HeatTiles
from bpviz.ui.network.network_palette import Look, NetworkPalette
from bpviz.ui.network.network_theme import StageStyle, stage_style
from bpviz.ui.network.plane_colors import class_colors
from bpviz.ui.network.plane_surface import PlaneSurface
from bpviz.ui.plain_view import PlainView
from bpviz.ui.segment_path import segments_path
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.task_layout import TaskLayout, task_layout
from bpviz.viewmodel.network.color_scale import ActivationScale
from bpviz.viewmodel.network.edges import quantity_of
from bpviz.viewmodel.network.graph_geometry import Arrangement
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.plane import Plane, answers_over

_SCALE = ActivationScale(-1.0, 1.0)
_LEVELS = 4
_WIDEST = 4.0
_EDGE_DEPTH, _TEXT_DEPTH = -5.0, 10.0


class TaskView(PlainView):
    """Shows a `NetworkState` over a `Plane`; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._plane: Plane | None = None
        self._state: NetworkState | None = None
        self._root: QGraphicsRectItem | None = None
        self._texts = TextPool(self.scene(), source, _TEXT_DEPTH)
        self.places: TaskLayout | None = None
        source.changed.connect(self._rebuild)
        self.resized.connect(self._rebuild)

    def set_plane(self, plane: Plane | None) -> None:
        """Show another task; its samples for testing are not shown."""
        self._state = None
        self._plane = None if plane is None else replace(plane, test=plane.test.at(slice(0, 0)))

    def fits(self, state: NetworkState) -> bool:
        """Tell whether this network's answers can be shown here."""
        return self._plane is not None and self._plane.fits(state.network.architecture.layers)

    def show_state(self, state: NetworkState) -> None:
        """Show another state of the network."""
        before, self._state = self._state, replace(state, batch=None)
        if self._root is None or before is None or before.network.architecture != state.network.architecture:
            self._rebuild()
        else:
            self._show()

    def _rebuild(self) -> None:
        plane, state = self._plane, self._state
        if plane is None or state is None or self.room_width < 1.0:
            return
        if self._root is not None:
            self.scene().removeItem(self._root)
        layers, f = state.network.architecture.layers, self._source.factor
        self.places = places = task_layout(layers, self.room_width, self.room_height, f)
        style = stage_style(self._source, Arrangement.LAB)
        style = replace(style, caption_font=self._source.font(FontRole.BODY))
        self._root = QGraphicsRectItem()
        self._root.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self.scene().addItem(self._root)
        self._surface = PlaneSurface(self._root, places.surface, plane, style)
        self._surface.paint_points(self.devicePixelRatioF())
        self._add_tiles(self._root, places, plane, style, state)
        self._add_output(self._root, places)
        self._write(places, plane)
        self._show()

    def _add_tiles(
        self, root: QGraphicsItem, places: TaskLayout, plane: Plane, style: StageStyle, state: NetworkState
    ) -> None:
        make = CurveTiles if plane.is_curve else HeatTiles
        look = Look(state.phase, quantity_of(state), self._source.factor, False)
        palette = NetworkPalette(self._source.theme, look)
        self._tiles: list[AnswerTiles] = [make(root, column, style) for column in places.columns]
        for tiles in self._tiles:
            tiles.set_palette(palette)
        self._tiles[0].show(plane.grid, _SCALE)
        self._edges = [[self._edge_item(root, sign, level) for level in range(_LEVELS)] for sign in (1, -1)]

    def _edge_item(self, root: QGraphicsItem, sign: int, level: int) -> QGraphicsPathItem:
        theme = self._source.theme
        item = QGraphicsPathItem(root)
        color = theme.weight_positive if sign > 0 else theme.weight_negative
        item.setPen(QPen(color, _WIDEST * (level + 0.5) / _LEVELS * self._source.factor / 1.25))
        item.setZValue(_EDGE_DEPTH)
        return item

    def _add_output(self, root: QGraphicsItem, places: TaskLayout) -> None:
        """Draw the output neuron, where the edges to the surface end."""
        theme, f = self._source.theme, self._source.factor
        path = QPainterPath()
        radius = 8.0 * f
        path.addEllipse(QPointF(places.port_x, places.port_y), radius, radius)
        disc = QGraphicsPathItem(path, root)
        disc.setPen(QPen(theme.strong_line, 1.5 * f))
        disc.setBrush(theme.activation)

    def _show(self) -> None:
        plane, state = self._plane, self._state
        if plane is None or state is None or self.places is None:
            return
        answers = answers_over(state.network, plane)
        self._surface.show_field(answers[-1])
        self._surface.show_marks(state)
        for tiles, a in zip(self._tiles[1:], answers[:-1], strict=True):
            tiles.show(a, _SCALE)
        self._show_edges(state, self.places)

    def _show_edges(self, state: NetworkState, places: TaskLayout) -> None:
        x, y, weights = [], [], []
        for layer, W in enumerate(state.network.W):
            (from_x, from_y), (to_x, to_y) = places.right_ports(layer), places.left_ports(layer + 1)
            source, target = (index.ravel() for index in np.indices(W.shape))
            x.append(np.column_stack((from_x[source], to_x[target])))
            y.append(np.column_stack((from_y[source], to_y[target])))
            weights.append(_strengths(W).ravel())
        ends_x, ends_y, strength = np.vstack(x), np.vstack(y), np.concatenate(weights)
        level = np.minimum((np.abs(strength) * _LEVELS).astype(np.intp), _LEVELS - 1)
        for items, is_sign in zip(self._edges, (strength >= 0, strength < 0), strict=True):
            for k, item in enumerate(items):
                chosen = is_sign & (level == k)
                item.setPath(segments_path(ends_x[chosen], ends_y[chosen]))

    def _write(self, places: TaskLayout, plane: Plane) -> None:
        theme, f, texts = self._source.theme, self._source.factor, self._texts
        texts.begin()
        top = 10.0 * f
        counts = [len(column.y) for column in places.columns]
        names = [
            "input" if counts[0] == 1 else "inputs",
            *("hidden",) * (len(counts) - 1),
        ]
        for name, column in zip(names, places.columns, strict=True):
            middle = float(column.x[0]) + column.size / 2
            texts.write_around(name, FontRole.BODY, theme.secondary, middle, top)
        labels = ("x",) if plane.is_curve else ("x₀", "x₁")
        for label, y in zip(labels, places.columns[0].y.tolist(), strict=True):
            middle = y + places.columns[0].size / 2
            left = float(places.columns[0].x[0]) - 8.0 * f
            texts.write_to(label, FontRole.BODY, theme.secondary, left, middle)
        area = places.surface
        texts.write_at("output", FontRole.BODY, theme.secondary, area.x, top)
        if not plane.is_curve:
            right = area.right
            colors = class_colors(theme).points
            for name, color in zip(reversed(CLASS_NAMES), reversed(colors), strict=True):
                right = texts.write_to(f"● {name}", FontRole.VALUE, color, right, top) - 14.0 * f
            texts.write_to("✕ wrong", FontRole.BODY, theme.error_text, right, top)
        texts.end()
        self.setAccessibleName("The network, and what it answers over all inputs")

    @property
    def surface_rect(self) -> QRectF:
        """Where the output's answers are shown, with the numbers beside and below them."""
        if self.places is None:
            return QRectF()
        area, f = self.places.surface, self._source.factor
        return QRectF(area.x, area.y, area.width, area.height).adjusted(
            -32.0 * f, -4.0 * f, 4.0 * f, 24.0 * f
        )


def _strengths(W: FloatArray) -> FloatArray:
    """Return weights as shares of the largest of their layer, from −1 to 1."""
    largest = float(np.abs(W).max(initial=0.0)) or 1.0
    return np.asarray(np.nan_to_num(W / largest))
