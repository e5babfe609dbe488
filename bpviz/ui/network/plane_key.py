"""The key of the surface: its colours with their scale, and which points are which."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem

from bpviz.data.samples import CLASS_NAMES
from bpviz.ui.network.heat_tiles import field_pixmap
from bpviz.ui.network.network_items import Align, Layer, Text
from bpviz.ui.network.network_palette import N_RAMP_COLORS
from bpviz.ui.network.network_theme import StageStyle
from bpviz.ui.network.plane_colors import class_colors
from bpviz.viewmodel.network.graph_geometry import GraphLayout
from bpviz.viewmodel.network.plane import Plane

_RAMP_PX, _RAMP_HEIGHT_PX = 54.0, 8.0
_Y_PX = 14.0
_POINT_PX = 3.6


class PlaneKey:
    """Stands above the surface at its right, and never changes."""

    def __init__(self, parent: QGraphicsItem, layout: GraphLayout, plane: Plane, style: StageStyle) -> None:
        assert layout.surface is not None
        self._parent, self._style = parent, style
        self._y = _Y_PX * style.factor
        self._right = layout.surface.right
        if plane.is_curve:
            self._add_point("test", is_filled=False)
            self._add_point("train", is_filled=True)
        else:
            self._add_ramp()
        if layout.outputs.has_targets:
            first = layout.row_y[0] - 20.0 * style.factor
            target = Text(parent, style.caption_font, style.theme.secondary, Align.RIGHT)
            target.at(layout.outputs.box_right, first).show("target")

    def _add_ramp(self) -> None:
        """Draw the ramp from A to B, with the output at both ends."""
        f, colors = self._style.factor, class_colors(self._style.theme)
        self._add_text(f"1 {CLASS_NAMES[1]}")
        self._add_disc(colors.points[1], is_filled=True)
        item = QGraphicsPixmapItem(field_pixmap(colors.surface, N_RAMP_COLORS, 1), self._parent)
        width, height = _RAMP_PX * f, _RAMP_HEIGHT_PX * f
        item.setTransform(item.transform().scale(width / N_RAMP_COLORS, height))
        item.setPos(self._right - width, self._y - height / 2)
        item.setZValue(Layer.TILES.value)
        self._right -= width + 6.0 * f
        self._add_disc(colors.points[0], is_filled=True)
        self._add_text(f"{CLASS_NAMES[0]} 0")

    def _add_point(self, name: str, *, is_filled: bool) -> None:
        self._add_text(name)
        self._add_disc(self._style.theme.secondary, is_filled=is_filled)
        self._right -= 6.0 * self._style.factor

    def _add_text(self, words: str) -> None:
        text = Text(self._parent, self._style.caption_font, self._style.theme.secondary, Align.RIGHT)
        self._right -= text.at(self._right, self._y).show(words).width + 5.0 * self._style.factor

    def _add_disc(self, color: QColor, *, is_filled: bool) -> None:
        radius = _POINT_PX * self._style.factor
        path = QPainterPath()
        path.addEllipse(QPointF(self._right - radius, self._y), radius, radius)
        item = QGraphicsPathItem(path, self._parent)
        item.setPen(QPen(color, 1.5 * self._style.factor))
        item.setBrush(QBrush(color) if is_filled else QBrush(self._style.theme.stage))
        item.setZValue(Layer.TEXT.value)
        self._right -= 2 * radius + 6.0 * self._style.factor
