"""All edges of the network: one path item for each of sixteen looks, whatever the number of layers."""

from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from bpviz.ui.network_items import Layer
from bpviz.ui.segment_path import SegmentPaths
from bpviz.viewmodel.edge_buckets import N_LEVELS, Buckets
from bpviz.viewmodel.network_picture import EdgeLines


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
