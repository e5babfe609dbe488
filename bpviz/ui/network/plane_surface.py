"""The output over all inputs, large, with the samples on it: a surface with its border, or a curve."""

import math
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem, QGraphicsRectItem

from bpviz.nn.arrays import FloatArray
from bpviz.ui.network.heat_tiles import color_places, curves_path, field_item, field_pixmap
from bpviz.ui.network.network_items import NO_PEN, Align, Layer, Text
from bpviz.ui.network.network_theme import StageStyle
from bpviz.ui.network.plane_colors import class_colors
from bpviz.ui.segment_path import segments_path
from bpviz.ui.style.theme import blend
from bpviz.viewmodel.network.graph_geometry import Rect
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.plane import GRID, Plane, border, second_class_share, wrong_points
from bpviz.viewmodel.network.plane_marks import PlaneMap

_POINT_PX, _SMALLEST_POINT_PX = 3.4, 1.4
_MANY_POINTS = 400
_MOST_RINGS = 400
_SHARPEST = 4.0
_AXIS_NUMBERS = (-1.0, 0.0, 1.0)


class PlaneSurface:
    """Shows what the outputs answer, and every sample where it lies.

    `show_field` follows every frame; `show_marks`, which asks the network about every sample, comes with the
    texts; the points themselves are painted once.
    """

    def __init__(self, parent: QGraphicsItem, area: Rect, plane: Plane, style: StageStyle) -> None:
        self._plane, self._style, self._area = plane, style, area
        self._map = PlaneMap(area, plane)
        self._colors = class_colors(style.theme)
        self._radius = _point_radius(plane) * style.factor
        self._frame = QGraphicsRectItem(QRectF(area.x, area.y, area.width, area.height), parent)
        self._frame.setPen(NO_PEN)
        self._frame.setBrush(style.theme.weight_zero)
        self._frame.setZValue(Layer.TILES.value)
        # What runs out of the picture is cut off at its frame.
        self._frame.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self._field = field_item(self._frame, area.x, area.y, area.width)
        self._points = QGraphicsPixmapItem(self._frame)
        self._points.setPos(area.x, area.y)
        self._points.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._line = _path_item(self._frame, _line_pen(plane, style))
        self._add_marks(style)
        _add_axes(parent, self._map, area, style)

    def _add_marks(self, style: StageStyle) -> None:
        theme, f = style.theme, style.factor
        self._wrong = _path_item(self._frame, QPen(theme.error_text, 1.7 * f))
        self._batch = _path_item(self._frame, QPen(theme.ink, 1.2 * f))
        self._residual = _path_item(self._frame, QPen(theme.error, 2.4 * f))
        self._watched = _path_item(self._frame, QPen(theme.ink, 2.4 * f))
        outline = QGraphicsRectItem(self._frame.rect(), self._frame.parentItem())
        outline.setPen(QPen(theme.strong_line, 1.0))
        outline.setZValue(Layer.MARKS.value)

    @property
    def map(self) -> PlaneMap:
        """Where inputs stand on the stage."""
        return self._map

    def show_field(self, output: FloatArray) -> None:
        """Show what the outputs answer at the plane's places, shape (places, n_out)."""
        if self._plane.is_curve:
            x, y = self._map.places(np.column_stack((self._plane.grid[:, 0], np.nan_to_num(output[:, 0]))))
            self._line.setPath(curves_path(x[:, None], y[:, None]))
            return
        share = second_class_share(output)
        self._field.setPixmap(
            field_pixmap(self._colors.surface.take(color_places(share, 0.0, 1.0)), GRID, GRID)
        )
        line, cell, area = border(share.reshape(GRID, GRID)), self._area.width / GRID, self._area
        self._line.setPath(segments_path(area.x + (line.x + 0.5) * cell, area.y + (line.y + 0.5) * cell))

    def show_marks(self, state: NetworkState) -> None:
        """Ring the batch and the watched sample, and cross out what is answered wrongly."""
        plane, reach, network = self._plane, self._radius, state.network
        batch = np.empty(0, np.intp) if state.batch is None else state.batch.indices[:_MOST_RINGS]
        batch = batch[batch < len(plane.train)]
        self._batch.setPath(_rings(self._map, plane.train_places[batch], reach + 1.9))
        wrong = np.vstack(
            (
                plane.train_places[wrong_points(network, plane.train)],
                plane.test_places[wrong_points(network, plane.test)],
            )
        )
        self._wrong.setPath(_crosses(self._map, wrong, 1.5 * reach))
        self.show_watched(state)

    def show_watched(self, state: NetworkState) -> None:
        """Ring the watched sample; on a curve, draw what separates its answer from what it should be."""
        sample = state.sample
        if self._plane.is_curve:
            y = sample.output[0] if sample.target is None else sample.target[0]
            place = np.array([[float(sample.x[0]), float(y)]])
        else:
            place = np.asarray(sample.x[None], np.float64)
        self._watched.setPath(_rings(self._map, place, self._radius + 4.0 * self._style.factor))
        is_known = state.reveal is None or state.reveal.is_loss_known
        if self._plane.is_curve and sample.target is not None and is_known:
            ends = np.array([place[0], [place[0, 0], float(np.nan_to_num(sample.output[0]))]])
            x, y_ends = self._map.places(ends)
            self._residual.setPath(segments_path(x[None], y_ends[None]))
        elif self._plane.is_curve:
            self._residual.setPath(QPainterPath())

    def paint_points(self, scale: float) -> None:
        """Paint all points at so many device pixels per stage pixel."""
        scale = min(_SHARPEST, max(1.0, scale))
        if self._points.pixmap().devicePixelRatio() == scale and not self._points.pixmap().isNull():
            return
        pixmap = QPixmap(round(self._area.width * scale), round(self._area.height * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(QColor(0, 0, 0, 0))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self._area.x, -self._area.y)
        self._paint_part(painter, self._plane.test_places, self._plane.test.labels, is_filled=False)
        self._paint_part(painter, self._plane.train_places, self._plane.train.labels, is_filled=True)
        painter.end()
        self._points.setPixmap(pixmap)

    def _paint_part(self, painter: QPainter, places: FloatArray, labels: Any, *, is_filled: bool) -> None:
        theme, f = self._style.theme, self._style.factor
        quiet = blend(theme.secondary, theme.weight_zero, 0.8)
        colors = (quiet, quiet) if self._plane.is_curve else self._colors.points
        x, y = self._map.places(places)
        for center_x, center_y, label in zip(x.tolist(), y.tolist(), labels.tolist(), strict=True):
            color = colors[label]
            painter.setPen(QPen(theme.stage, 1.0 * f) if is_filled else QPen(color, 1.5 * f))
            painter.setBrush(QBrush(color if is_filled else theme.stage))
            painter.drawEllipse(QPointF(center_x, center_y), self._radius, self._radius)


def _point_radius(plane: Plane) -> float:
    """Return the radius of a point: smaller where there are many."""
    n = max(1, len(plane.train) + len(plane.test))
    return max(_SMALLEST_POINT_PX, _POINT_PX * min(1.0, math.sqrt(_MANY_POINTS / n)))


def _line_pen(plane: Plane, style: StageStyle) -> QPen:
    """Return the pen of the border between classes, or of the curve the network answers."""
    theme = style.theme
    if not plane.is_curve:
        return QPen(theme.ink, 1.8 * style.factor)
    pen = QPen(theme.activation, 3.0 * style.factor)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _path_item(parent: QGraphicsItem, pen: QPen) -> QGraphicsPathItem:
    item = QGraphicsPathItem(parent)
    item.setPen(pen)
    item.setBrush(QBrush(Qt.BrushStyle.NoBrush))
    return item


def _rings(plane_map: PlaneMap, places: FloatArray, radius: float) -> QPainterPath:
    path = QPainterPath()
    x, y = plane_map.places(places)
    for center_x, center_y in zip(x.tolist(), y.tolist(), strict=True):
        path.addEllipse(QPointF(center_x, center_y), radius, radius)
    return path


def _crosses(plane_map: PlaneMap, places: FloatArray, reach: float) -> QPainterPath:
    x, y = plane_map.places(places)
    left, right, up, down = x - reach, x + reach, y - reach, y + reach
    return segments_path(
        np.vstack((np.column_stack((left, right)), np.column_stack((left, right)))),
        np.vstack((np.column_stack((up, down)), np.column_stack((down, up)))),
    )


def _add_axes(parent: QGraphicsItem, plane_map: PlaneMap, area: Rect, style: StageStyle) -> None:
    """Write −1, 0 and 1 below and left of the surface, and what is counted there."""
    theme, f = style.theme, style.factor
    below, beside = area.bottom + 10.0 * f, area.x - 6.0 * f
    for number in _AXIS_NUMBERS:
        x, y = plane_map.place(number, number)
        text = f"{number:.0f}".replace("-", "−")
        Text(parent, style.caption_font, theme.tertiary, Align.CENTER).at(x, below).show(text)
        if area.y <= y <= area.bottom:
            Text(parent, style.caption_font, theme.tertiary, Align.RIGHT).at(beside, y).show(text)
    x, y = plane_map.place(0.5, 0.5)
    across, up = plane_map.names
    Text(parent, style.caption_font, theme.secondary, Align.CENTER).at(x, below).show(across)
    Text(parent, style.caption_font, theme.secondary, Align.RIGHT).at(beside, y).show(up)
