"""The legend under the input: ramps with the numbers at their ends, and lines of text."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPixmapItem

from bpviz.ui.network.network_items import Align, Layer, Text
from bpviz.ui.network.network_palette import N_RAMP_COLORS, NetworkPalette
from bpviz.ui.network.network_theme import StageStyle
from bpviz.viewmodel.network.graph_geometry import InputBlock
from bpviz.viewmodel.network.legends import LegendRamp, LegendRow

MOST_ROWS = 5
_RAMP_HEIGHT_PX = 9.0
_TITLE_PX = 65.0
_CLEAR_PX = 6.0
_SHORTEST_RAMP_PX = 30.0


class LegendView:
    """Up to five rows, rewritten only where they changed."""

    def __init__(self, parent: QGraphicsItem, block: InputBlock, style: StageStyle) -> None:
        self._shown: tuple[LegendRow, ...] = ()
        self._factor = style.factor
        self._room = block.legend.width - (_TITLE_PX + 2 * _CLEAR_PX) * style.factor
        self._rows = [_RowItems(parent, block, style, row) for row in range(MOST_ROWS)]

    def set_palette(self, palette: NetworkPalette) -> None:
        """Paint the ramps with another palette."""
        for row in self._rows:
            row.set_palette(palette)

    def show(self, rows: tuple[LegendRow, ...]) -> None:
        """Show these rows, top to bottom."""
        if rows == self._shown:
            return
        self._shown = rows
        self._write(is_compact=False)
        if self._ramp_room() < _SHORTEST_RAMP_PX * self._factor:
            self._write(is_compact=True)
        # All ramps are as long as the widest numbers leave room for, so that they line up.
        low, high = self._number_widths()
        for items in self._rows:
            items.place_ramp(low, high)

    def _write(self, *, is_compact: bool) -> None:
        for number, items in enumerate(self._rows):
            row = self._shown[number] if number < len(self._shown) else LegendRow("")
            items.show(row, is_compact=is_compact)

    def _number_widths(self) -> tuple[float, float]:
        return max(row.low_width for row in self._rows), max(row.high_width for row in self._rows)

    def _ramp_room(self) -> float:
        return self._room - sum(self._number_widths())


class _RowItems:
    def __init__(self, parent: QGraphicsItem, block: InputBlock, style: StageStyle, row: int) -> None:
        theme = style.theme
        self._factor = style.factor
        self._y = block.legend.y + (row + 0.5) * block.legend_row
        self._left, self._right = block.legend.x + _TITLE_PX * style.factor, block.legend.right
        self._title = Text(parent, style.caption_font, theme.secondary).at(block.legend.x, self._y)
        self._low = Text(parent, style.caption_font, theme.text, Align.RIGHT)
        self._high = Text(parent, style.caption_font, theme.text, Align.RIGHT).at(self._right, self._y)
        self._ramp = QGraphicsPixmapItem(parent)
        self._ramp.setZValue(Layer.MARKS.value)
        self._row = LegendRow("")
        self._span = (self._left, self._right)
        self._palette: NetworkPalette | None = None

    @property
    def low_width(self) -> float:
        return self._low.width

    @property
    def high_width(self) -> float:
        return self._high.width if self._row.ramp is not None else 0.0

    def set_palette(self, palette: NetworkPalette) -> None:
        self._palette = palette
        self._paint_ramp()

    def show(self, row: LegendRow, *, is_compact: bool) -> None:
        self._row = row
        self._title.show(row.title)
        self._low.show("" if is_compact else row.low)
        self._high.show(row.compact if is_compact else row.high or row.text)

    def place_ramp(self, low_width: float, high_width: float) -> None:
        clear = _CLEAR_PX * self._factor
        before = low_width + clear if low_width else 0.0
        self._span = (self._left + before, self._right - high_width - clear)
        self._low.at(self._span[0] - clear, self._y)
        self._paint_ramp()

    def _paint_ramp(self) -> None:
        self._ramp.setVisible(self._row.ramp is not None)
        if self._row.ramp is None or self._palette is None:
            return
        colors = _colors(self._palette, self._row.ramp)
        image = QImage(colors.tobytes(), N_RAMP_COLORS, 1, 4 * N_RAMP_COLORS, QImage.Format.Format_RGB32)
        height = round(_RAMP_HEIGHT_PX * self._factor)
        width = max(1, round(self._span[1] - self._span[0]))
        self._ramp.setPixmap(
            QPixmap.fromImage(image).scaled(
                width,
                height,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        self._ramp.setPos(round(self._span[0]), round(self._y - height / 2))


def _colors(palette: NetworkPalette, ramp: LegendRamp) -> npt.NDArray[np.uint32]:
    match ramp:
        case LegendRamp.WEIGHT:
            return palette.weight_colors()
        case LegendRamp.GRADIENT | LegendRamp.CHANGE:
            return palette.edge_colors()
        case LegendRamp.TILE_GRADIENT:
            return palette.gradient_colors()
        case LegendRamp.SIGNED_ACTIVATION:
            return palette.activation_colors(is_signed=True)
        case LegendRamp.ACTIVATION:
            return palette.activation_colors(is_signed=False)
