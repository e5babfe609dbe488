"""The pixels that count most for a selected neuron, outlined and led to the picture's border."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from bpviz.nn.arrays import IndexArray
from bpviz.ui.network.network_items import Layer
from bpviz.ui.network.network_palette import NetworkPalette
from bpviz.viewmodel.network.edges import edge_values
from bpviz.viewmodel.network.graph_geometry import InputBlock
from bpviz.viewmodel.network.network_picture import NetworkPicture
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, NeuronPart, Part

_MOST_PIXELS = 12


class PixelMarks:
    """Two outlines, one for each sign, over a picture of side × side pixels."""

    def __init__(self, parent: QGraphicsItem, block: InputBlock, side: int) -> None:
        self._block, self._side = block, side
        self._items = [QGraphicsPathItem(parent) for _ in range(2)]
        for item in self._items:
            item.setZValue(Layer.MARKS.value)
            item.setBrush(QBrush())

    def set_palette(self, palette: NetworkPalette) -> None:
        """Paint with the hues of the palette's edges."""
        strongest = palette.edges[-2:]
        for item, pen in zip(self._items, strongest, strict=True):
            item.setPen(QPen(pen.color(), 1.5 * palette.look.factor))

    def show(self, state: NetworkState, picture: NetworkPicture, selected: Part | None) -> None:
        """Outline the strongest pixels of a selected neuron of the first layer; none for anything else."""
        pixels, signs = strongest_pixels(state, picture, selected)
        for item, sign in zip(self._items, (1, -1), strict=True):
            item.setPath(self._path(pixels[signs == sign]))

    def _path(self, pixels: IndexArray) -> QPainterPath:
        path, area = QPainterPath(), self._block.picture
        size = area.width / self._side
        for row, column in zip((pixels // self._side).tolist(), (pixels % self._side).tolist(), strict=True):
            x, y = area.x + column * size, area.y + row * size
            path.addRect(QRectF(x, y, size, size))
            path.moveTo(x + size, y + size / 2)
            path.lineTo(self._block.right, y + size / 2)
        return path


def strongest_pixels(
    state: NetworkState, picture: NetworkPicture, selected: Part | None
) -> tuple[IndexArray, IndexArray]:
    """Return the pixels with the strongest drawn edges to a selected neuron, and their signs."""
    edges = picture.edges
    if not isinstance(selected, NeuronPart) or selected.layer != 0:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    mine = np.flatnonzero((edges.layer == 0) & (edges.target == selected.index) & (edges.source != BIAS))
    values = edge_values(state, edges)[mine]
    order = np.argsort(-np.abs(values))[:_MOST_PIXELS]
    return edges.source[mine[order]], np.sign(np.nan_to_num(values[order])).astype(np.intp)
