"""All edges of the network: one path item for each look, whatever the number of layers."""

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from bpviz.ui.network.network_items import Layer
from bpviz.ui.segment_path import SegmentPaths, segments_path
from bpviz.viewmodel.network.edge_buckets import N_LEVELS, Buckets
from bpviz.viewmodel.network.edge_choice import FaintEdges
from bpviz.viewmodel.network.network_picture import EdgeLines


class EdgeLayer:
    """Paints edges by strength and sign, the strongest above the others."""

    def __init__(self, parent: QGraphicsItem) -> None:
        self._items = [QGraphicsPathItem(parent) for _ in range(2 * N_LEVELS)]
        for bucket, item in enumerate(self._items):
            item.setZValue(Layer.EDGES.value + bucket // 2)
        self._filled = [False] * len(self._items)

    @property
    def items(self) -> tuple[QGraphicsPathItem, ...]:
        """The path items, index 2 × level + (1 if negative)."""
        return tuple(self._items)

    def set_pens(self, pens: list[QPen]) -> None:
        """Use these pens, one for each item."""
        for item, pen in zip(self._items, pens, strict=True):
            item.setPen(pen)

    def show(self, lines: EdgeLines, buckets: Buckets) -> None:
        """Draw each edge in its bucket."""
        paths = SegmentPaths(lines.x[buckets.order], lines.y[buckets.order])
        bounds = buckets.bounds.tolist()
        for bucket, item in enumerate(self._items):
            start, end = bounds[bucket], bounds[bucket + 1]
            if end > start:
                item.setPath(paths.path(start, end))
                self._filled[bucket] = True
            elif self._filled[bucket]:
                item.setPath(QPainterPath())
                self._filled[bucket] = False


class FaintEdgeLayer:
    """Four paths below the edges, one for each sign of what is not computed yet and of what was before."""

    def __init__(self, parent: QGraphicsItem) -> None:
        self._items = [QGraphicsPathItem(parent) for _ in range(4)]
        for item in self._items:
            item.setZValue(Layer.EDGES.value - 1.0)
        self._is_empty = True

    @property
    def is_empty(self) -> bool:
        """True while nothing is hinted at."""
        return self._is_empty

    def set_pens(self, pens: list[QPen]) -> None:
        """Use these pens: not known yet + and −, known before + and −."""
        for item, pen in zip(self._items, pens, strict=True):
            item.setPen(pen)

    def show(self, faint: FaintEdges | None, lines: EdgeLines | None) -> None:
        """Draw these edges, or none."""
        if faint is None or lines is None:
            if not self._is_empty:
                for item in self._items:
                    item.setPath(QPainterPath())
            self._is_empty = True
            return
        look = 2 * faint.is_done.astype(np.intp) + faint.is_negative
        for number, item in enumerate(self._items):
            mine = look == number
            item.setPath(segments_path(lines.x[mine], lines.y[mine]))
        self._is_empty = False


class EdgeFlash:
    """A short glow under the edges of layers whose weights have just changed."""

    def __init__(self, parent: QGraphicsItem) -> None:
        self._item = QGraphicsPathItem(parent)
        self._item.setZValue(Layer.EDGES.value - 0.5)
        self._item.setVisible(False)

    @property
    def is_lit(self) -> bool:
        """True while the glow is seen."""
        return self._item.isVisible()

    def set_pen(self, pen: QPen) -> None:
        """Glow in this colour and width."""
        self._item.setPen(pen)

    def light(self, lines: EdgeLines, chosen: npt.NDArray[np.bool_]) -> None:
        """Glow along the chosen lines until `put_out`."""
        self._item.setPath(segments_path(lines.x[chosen], lines.y[chosen]))
        self._item.setVisible(True)

    def put_out(self) -> None:
        """End the glow."""
        self._item.setVisible(False)
