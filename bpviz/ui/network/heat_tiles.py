"""Small pictures of what neurons answer over all inputs: a heat map over the plane, or a curve."""

from abc import ABC, abstractmethod

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem, QGraphicsRectItem

from bpviz.nn.arrays import FloatArray
from bpviz.ui.network.network_items import NO_PEN, Layer
from bpviz.ui.network.network_palette import N_RAMP_COLORS, NetworkPalette
from bpviz.ui.network.network_theme import StageStyle
from bpviz.ui.segment_path import segments_path
from bpviz.viewmodel.network.color_scale import ActivationScale
from bpviz.viewmodel.network.graph_geometry import Tiles
from bpviz.viewmodel.network.plane import GRID

_CORNER_PX = 3.0
_CURVE_STEP = 4
"""In a small picture every fourth place of a curve is as good as each."""


def field_pixmap(colors: npt.NDArray[np.uint32], width: int, height: int) -> QPixmap:
    """Return colours as a picture, row by row; shape (height · width,)."""
    image = QImage(colors.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32)
    return QPixmap.fromImage(image)


def color_places(values: FloatArray, low: float, high: float) -> npt.NDArray[np.intp]:
    """Return where values stand on a ramp of 256 colours from `low` to `high`; no number is its middle."""
    places: FloatArray = (np.nan_to_num(values, nan=(low + high) / 2, posinf=high, neginf=low) - low) * (
        (N_RAMP_COLORS - 1) / (high - low)
    )
    return np.asarray(np.clip(places, 0, N_RAMP_COLORS - 1), np.intp)


class AnswerTiles(ABC):
    """The pictures of one layer."""

    def __init__(self, parent: QGraphicsItem, tiles: Tiles, style: StageStyle) -> None:
        self._root = QGraphicsRectItem(parent)
        self._root.setPen(NO_PEN)
        self._root.setZValue(Layer.TILES.value)
        self._borders = QGraphicsPathItem(_boxes(tiles), self._root)
        self._borders.setPen(QPen(style.theme.strong_line, 1.0))
        self._borders.setZValue(1.0)

    def set_share(self, share: float) -> None:
        """Show the pictures at this strength, 1 for full."""
        if self._root.opacity() != share:
            self._root.setOpacity(share)

    @abstractmethod
    def set_palette(self, palette: NetworkPalette) -> None:
        """Paint with another palette from the next call on."""

    @abstractmethod
    def show(self, answers: FloatArray, scale: ActivationScale) -> None:
        """Show what each slot's neuron answers, shape (places, slots)."""


class HeatTiles(AnswerTiles):
    """One pixmap a neuron, coloured as its disc would be at each place."""

    def __init__(self, parent: QGraphicsItem, tiles: Tiles, style: StageStyle) -> None:
        super().__init__(parent, tiles, style)
        self._items = [
            field_item(self._root, x, y, tiles.size)
            for x, y in zip(tiles.x.tolist(), tiles.y.tolist(), strict=True)
        ]
        self._colors: dict[bool, npt.NDArray[np.uint32]] = {}

    def set_palette(self, palette: NetworkPalette) -> None:
        self._colors = {
            is_signed: palette.activation_colors(is_signed=is_signed) for is_signed in (True, False)
        }

    def show(self, answers: FloatArray, scale: ActivationScale) -> None:
        colors = self._colors[scale.low < 0.0].take(color_places(answers.T, scale.low, scale.high))
        for item, field in zip(self._items, colors, strict=True):
            item.setPixmap(field_pixmap(field, GRID, GRID))


class CurveTiles(AnswerTiles):
    """One line a neuron: its answer, up, over the input, right."""

    def __init__(self, parent: QGraphicsItem, tiles: Tiles, style: StageStyle) -> None:
        super().__init__(parent, tiles, style)
        theme = style.theme
        self._borders.setBrush(theme.weight_zero)
        self._borders.setZValue(-1.0)
        self._tiles = tiles
        self._curve = QGraphicsPathItem(self._root)
        self._curve.setPen(
            QPen(theme.activation if theme.is_dark else theme.activation_text, 1.6 * style.factor)
        )
        self._zero = QGraphicsPathItem(self._root)
        self._zero.setPen(QPen(theme.strong_line, 1.0))

    def set_palette(self, palette: NetworkPalette) -> None:
        """Curves keep their colour."""

    def show(self, answers: FloatArray, scale: ActivationScale) -> None:
        size, (left, top) = self._tiles.size, (self._tiles.x, self._tiles.y)
        held = np.clip(np.nan_to_num(answers[::_CURVE_STEP]), scale.low, scale.high)
        share = (scale.high - held) / (scale.high - scale.low)
        x = left + size * np.linspace(0.02, 0.98, len(held))[:, None]
        y = top + size * (0.06 + 0.88 * share)
        self._curve.setPath(curves_path(x, y))
        zero = top + size * (0.06 + 0.88 * scale.high / (scale.high - scale.low))
        self._zero.setPath(segments_path(np.column_stack((left, left + size)), np.column_stack((zero, zero))))


def curves_path(x: FloatArray, y: FloatArray) -> QPainterPath:
    """Return one path of a line through each column's points, shapes (points, lines)."""
    return segments_path(
        np.column_stack((x[:-1].T.ravel(), x[1:].T.ravel())),
        np.column_stack((y[:-1].T.ravel(), y[1:].T.ravel())),
    )


def field_item(parent: QGraphicsItem, x: float, y: float, size: float) -> QGraphicsPixmapItem:
    """Return the item of a field of `GRID` places a side, magnified smoothly."""
    item = QGraphicsPixmapItem(parent)
    item.setPos(x, y)
    item.setScale(size / GRID)
    item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
    return item


def _boxes(tiles: Tiles) -> QPainterPath:
    path = QPainterPath()
    for x, y in zip(tiles.x.tolist(), tiles.y.tolist(), strict=True):
        path.addRoundedRect(QRectF(x, y, tiles.size, tiles.size), _CORNER_PX, _CORNER_PX)
    return path
