"""The edges of a network drawn for a class, and the tag on the weight that is meant."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from bpviz.nn.arrays import FloatArray
from bpviz.ui.segment_path import segments_path
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import Theme, blend
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.large_layout import LargeLayout
from bpviz.viewmodel.lessons.large_network import Cell, LargeEdges, LargePicture, edges_of, tag_of
from bpviz.viewmodel.network.parts import BIAS, WeightPart

_LEVELS = 5
_WIDEST, _THINNEST = 3.2, 0.7
_MEANT_WIDEST, _MEANT_THINNEST = 6.0, 2.6
_FADED = 0.42
_TAG_PADDING, _TAG_HEIGHT, _LONG_TAG_HEIGHT, _TAG_RADIUS = 10, 32, 43, 7


class LargeEdgeItems:
    """One path for each sign, strength and whether it is meant."""

    def __init__(self, scene: QGraphicsScene, source: ThemeSource) -> None:
        self._source = source
        self._items: dict[tuple[int, int, bool, bool], QGraphicsPathItem] = {}
        self._scene = scene
        self._tag = QGraphicsPathItem()
        self._tag.setZValue(6.0)
        scene.addItem(self._tag)

    @property
    def tag_rect(self) -> QRectF | None:
        """Where the weight that is meant is written; None where none is."""
        return self._tag.path().boundingRect() if self._tag.isVisible() else None

    def show(self, picture: LargePicture, places: LargeLayout, texts: TextPool) -> None:
        """Draw all edges."""
        parts: dict[tuple[int, int, bool, bool], list[tuple[FloatArray, FloatArray]]] = {}
        for layer in range(picture.state.network.architecture.depth):
            edges = edges_of(picture, layer)
            x, y = _ends(edges, places, layer)
            is_selected = picture.selected is not None
            for key, mine in _groups(edges, is_selected).items():
                parts.setdefault(key, []).append((x[mine], y[mine]))
        for key, item in self._items.items():
            item.setVisible(key in parts)
        for key, ends in parts.items():
            item = self._item(key)
            item.setPen(self._pen(key, places.factor))
            item.setPath(segments_path(*(np.concatenate(axis) for axis in zip(*ends, strict=True))))
            item.setVisible(True)
        self._show_tag(picture, places, texts)

    def _item(self, key: tuple[int, int, bool, bool]) -> QGraphicsPathItem:
        if key not in self._items:
            level, is_meant = key[0], key[3]
            item = QGraphicsPathItem()
            item.setZValue(level / 10.0 + 1.0 * is_meant)
            self._scene.addItem(item)
            self._items[key] = item
        return self._items[key]

    def _pen(self, key: tuple[int, int, bool, bool], factor: float) -> QPen:
        level, sign, is_gradient, is_meant = key
        share = (level + 0.5) / _LEVELS
        color = _hue(self._source.theme, sign, is_gradient)
        if is_meant:
            faint, width = 1.0, _MEANT_THINNEST + (_MEANT_WIDEST - _MEANT_THINNEST) * share
        else:
            faint, width = 0.12 + 0.5 * share, _THINNEST + (_WIDEST - _THINNEST) * share**1.6
        pen = QPen(blend(color, self._source.theme.stage, faint), width * factor)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def _show_tag(self, picture: LargePicture, places: LargeLayout, texts: TextPool) -> None:
        tag, part = tag_of(picture), picture.selected
        self._tag.setVisible(tag is not None)
        if tag is None or not isinstance(part, WeightPart):
            return
        edge = _edge(picture, part, places)
        self._tag.setVisible(edge is not None)
        if edge is not None:
            self._write_tag(tag, edge, texts)

    def _write_tag(self, tag: Cell, edge: FloatArray, texts: TextPool) -> None:
        """Write a tag in the middle of an edge: on one line, or on two where the edge is short."""
        theme, u = self._source.theme, self._source.factor
        name, _, number = tag.text.partition(" = ")
        x, y = (float(place) for place in edge.mean(axis=0))
        width = texts.metrics(FontRole.NUMBER).width(tag.text)
        is_long = width + 3 * _TAG_PADDING * u > edge[1, 0] - edge[0, 0]
        if is_long:
            width = texts.metrics(FontRole.TITLE).width(number)
        height = (_LONG_TAG_HEIGHT if is_long else _TAG_HEIGHT) * u
        width += (1 if is_long else 2) * _TAG_PADDING * u
        path = QPainterPath()
        path.addRoundedRect(x - width / 2, y - height / 2, width, height, _TAG_RADIUS * u, _TAG_RADIUS * u)
        self._tag.setPath(path)
        self._tag.setBrush(QBrush(theme.stage))
        self._tag.setPen(QPen(theme.strong_line, 1.0))
        color = getattr(theme, tag.tone)
        if is_long:
            texts.write_around(
                "weight" if name == "w" else name, FontRole.BODY, theme.secondary, x, y - 0.23 * height
            )
            texts.write_around(number, FontRole.TITLE, color, x, y + 0.2 * height)
        else:
            texts.write_around(tag.text, FontRole.NUMBER, color, x, y)


def _ends(edges: LargeEdges, places: LargeLayout, layer: int) -> tuple[FloatArray, FloatArray]:
    """Return x and y of both ends of each edge, shape (n, 2) each."""
    tails, heads = places.tails(layer)[edges.source], places.heads(layer)[edges.target]
    return (
        np.stack((tails[:, 0], heads[:, 0]), axis=1),
        np.stack((tails[:, 1], heads[:, 1]), axis=1),
    )


def _groups(
    edges: LargeEdges, is_selected: bool
) -> dict[tuple[int, int, bool, bool], "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]"]:
    size = np.abs(edges.strength)
    if is_selected:
        size = np.where(edges.is_meant, size, _FADED * size)
    level = np.minimum((size * _LEVELS).astype(np.intp), _LEVELS - 1)
    groups = {}
    for sign in (1, -1):
        for is_meant in (False, True):
            chosen = (np.where(edges.strength < 0, -1, 1) == sign) & (
                (edges.is_meant & is_selected) == is_meant
            )
            for step in range(_LEVELS):
                mine = chosen & (level == step)
                if mine.any():
                    groups[(step, sign, edges.is_gradient, is_meant)] = mine
    return groups


def _hue(theme: Theme, sign: int, is_gradient: bool) -> QColor:
    if is_gradient:
        return theme.gradient_negative if sign < 0 else theme.gradient_positive
    return theme.weight_negative if sign < 0 else theme.weight_positive


def _edge(picture: LargePicture, part: WeightPart, places: LargeLayout) -> FloatArray | None:
    """Return both ends of a weight's edge, shape (2, 2); None where the edge is not drawn."""
    tails = places.tails(part.layer)
    if part.source == BIAS:
        place = len(tails) - 1
    elif part.layer:
        place = part.source
    elif part.source in picture.pixels:
        place = picture.pixels.index(part.source)
    else:
        return None
    return np.stack((tails[place], places.heads(part.layer)[part.target]))
