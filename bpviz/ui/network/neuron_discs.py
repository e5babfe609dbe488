"""Discs filled by activation and ringed by δ, one column per layer."""

import numpy as np
from PySide6.QtGui import QBrush, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsLineItem

from bpviz.nn.arrays import IndexArray
from bpviz.ui.network.network_items import Align, Layer, Text, bar_item, disc_item
from bpviz.ui.network.network_palette import N_ACTIVATION_LEVELS, N_RING_LEVELS, NetworkPalette
from bpviz.ui.network.network_theme import StageStyle
from bpviz.viewmodel.network.graph_geometry import Column, Rect, Tiles
from bpviz.viewmodel.words.number_format import grouped

EMPTY_LEVEL = N_ACTIVATION_LEVELS + 1
"""The fill of a disc whose activation is not known."""
DASHED_LEVEL = N_RING_LEVELS + 1
"""The outline of a disc that is not computed yet."""
_UNSET = 10_000


class NeuronDiscs:
    """The discs of one layer; only those whose level changed are touched.

    `right` is where the next layer begins: a count of neurons not drawn is written if it ends before.
    """

    def __init__(self, parent: QGraphicsItem, column: Column, style: StageStyle, right: float = 0.0) -> None:
        self._column = column
        self._discs = [disc_item(parent, column.x, float(y), column.radius) for y in column.y]
        self._fills = np.full(len(self._discs), _UNSET)
        self._rings = np.full(len(self._discs), _UNSET)
        self._ring_pens: list[QPen] = []
        self._brushes: list[QBrush] = []
        add_gap_marks(parent, column, style, right)

    def set_palette(self, palette: NetworkPalette) -> None:
        """Paint with another palette from the next call on."""
        self._ring_pens = [*palette.ring_pens(self._column.radius), palette.dashed]
        self._brushes = [*palette.discs, palette.empty]
        self._fills = np.full(len(self._discs), _UNSET)
        self._rings = np.full(len(self._discs), _UNSET)

    def show_levels(self, levels: IndexArray) -> None:
        """Fill each slot's disc by its activation level, -48 to 48, or EMPTY_LEVEL."""
        for slot in np.flatnonzero(levels != self._fills).tolist():
            self._discs[slot].setBrush(self._brushes[int(levels[slot]) + N_ACTIVATION_LEVELS])
        self._fills = levels

    def show_rings(self, levels: IndexArray) -> None:
        """Ring each slot's disc by its δ level, -8 to 8, or DASHED_LEVEL."""
        for slot in np.flatnonzero(levels != self._rings).tolist():
            self._discs[slot].setPen(self._ring_pens[int(levels[slot]) + N_RING_LEVELS])
        self._rings = levels


class Leads:
    """Lines from each weight image to its disc, lit by the activation."""

    def __init__(self, parent: QGraphicsItem, tiles: Tiles, column: Column) -> None:
        self._lines = [
            _lead(parent, float(x) + tiles.size, column.x, float(y))
            for x, y in zip(tiles.x, column.y, strict=True)
        ]
        self._levels = np.full(len(self._lines), _UNSET)
        self._pens: list[QPen] = []

    def set_palette(self, palette: NetworkPalette) -> None:
        """Paint with another palette from the next call on."""
        self._pens = [*palette.leads, palette.leads[0]]
        self._levels = np.full(len(self._lines), _UNSET)

    def show_levels(self, levels: IndexArray) -> None:
        """Light each lead by its activation level; an unknown one is dim."""
        sizes = np.abs(levels)
        for slot in np.flatnonzero(sizes != self._levels).tolist():
            self._lines[slot].setPen(self._pens[int(sizes[slot])])
        self._levels = sizes


def _lead(parent: QGraphicsItem, start_x: float, end_x: float, y: float) -> QGraphicsLineItem:
    item = QGraphicsLineItem(start_x, y, end_x, y, parent)
    item.setZValue(Layer.LEADS.value)
    return item


def add_gap_marks(parent: QGraphicsItem, column: Column, style: StageStyle, right: float) -> None:
    """Write "⋮" and a count where a column stands for more than it draws."""
    for gap in column.gaps:
        dots = Text(parent, style.value_font, style.theme.secondary, Align.CENTER)
        dots.at(column.x, gap.y).show("⋮")
        if gap.is_counted:
            _add_count(parent, column, gap.y, style, right)


def _add_count(parent: QGraphicsItem, column: Column, y: float, style: StageStyle, right: float) -> None:
    """Say how many neurons a gap stands for, on a patch of stage that hides the edges behind."""
    left = column.x + column.radius + 1.0
    count = Text(parent, style.caption_font, style.theme.secondary).at(left + 3.0 * style.factor, y)
    number = grouped(column.n_hidden)
    # Without ends of its own a column stands by activation.
    wordings = (f"{number} more",) if column.n_ends else (f"{number} less active", f"{number} weaker")
    for wording in (*wordings, f"+{number}"):
        width = count.show(wording).width + 6.0 * style.factor
        if left + width <= right:
            break
    else:
        count.show("")
        return
    height = min(16.0 * style.factor, column.pitch)
    bar_item(parent, Rect(left, y - height / 2, width, height), style.theme.stage)
