"""What stands beside the output discs: name, bar, value, target and error."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsRectItem

from bpviz.nn.arrays import IndexArray
from bpviz.training.snapshot import SamplePass
from bpviz.ui.network.network_items import Align, Layer, Text, bar_item, box_item
from bpviz.ui.network.network_palette import NetworkPalette
from bpviz.ui.network.network_theme import StageStyle
from bpviz.ui.style.theme import Theme, blend
from bpviz.viewmodel.drawing.answer import share_text
from bpviz.viewmodel.network.color_scale import ActivationScale
from bpviz.viewmodel.network.graph_geometry import GraphLayout, Rect
from bpviz.viewmodel.words.number_format import NO_VALUE, fixed, target_text

_ERROR_PX = 3.0
_TICK_PX = 2.0
_SMALLEST_BAR_PX = 1.5
_SMALLEST_MOVE_PX = 0.1
"""A bar that would move by less is left where it is."""


@dataclass(slots=True)
class _Row:
    name: Text
    bar: QGraphicsRectItem
    error: QGraphicsRectItem
    tick: QGraphicsRectItem
    value: Text
    box: QGraphicsPathItem | None
    target: Text | None
    y: float
    shown_width: float = math.inf
    shown_target: float | None = None


class OutputRows:
    """One row per output shown. Bars follow every frame, texts when asked."""

    def __init__(self, parent: QGraphicsItem, layout: GraphLayout, style: StageStyle) -> None:
        self._block = layout.outputs
        self._style = style
        self._rows = [self._make_row(parent, y) for y in layout.row_y]
        self._scale = ActivationScale(0.0, 1.0)
        self._in_percent = not layout.outputs.has_targets

    @property
    def value_texts(self) -> tuple[str, ...]:
        """The values as written, top to bottom."""
        return tuple(row.value.text for row in self._rows)

    def set_palette(self, palette: NetworkPalette) -> None:
        """Paint bars with another palette."""
        theme = palette.theme
        color = blend(theme.activation, theme.stage, 0.55) if palette.is_receded else theme.activation
        for row in self._rows:
            row.bar.setBrush(color)

    def show(
        self,
        sample: SamplePass,
        shown: IndexArray,
        scale: ActivationScale,
        known: npt.NDArray[np.bool_] | None = None,
        has_loss: bool = True,
    ) -> None:
        """Draw bars, targets' ticks and errors of the shown outputs.

        Parameters
        ----------
        known
            Which of the shown outputs have their activation; None for all.
        has_loss
            Whether the distance to the targets is known.
        """
        self._scale = scale
        targets = sample.target if has_loss and self._block.has_targets else None
        values = sample.output[shown].astype(np.float64)
        if known is not None:
            values[~known] = np.nan
        zero = self._x(0.0)
        for number, (row, index, a) in enumerate(
            zip(self._rows, shown.tolist(), values.tolist(), strict=True)
        ):
            end = self._x(a)
            width = end - zero
            if known is not None and not known[number]:
                width = 0.0
            elif abs(width) < _SMALLEST_BAR_PX:
                width = _SMALLEST_BAR_PX
            target = None if targets is None else float(targets[index])
            if abs(width - row.shown_width) < _SMALLEST_MOVE_PX and row.shown_target == target:
                continue
            row.shown_width, row.shown_target = width, target
            height = self._block.bar_height
            row.bar.setRect(min(zero, zero + width), row.y - height / 2, abs(width), height)
            if target is not None:
                self._show_error(row, end, self._x(target))

    def show_texts(
        self,
        sample: SamplePass,
        shown: IndexArray,
        known: npt.NDArray[np.bool_] | None = None,
        has_loss: bool = True,
    ) -> None:
        """Write names, values and targets; a dash for what is not known."""
        theme = self._style.theme
        largest = int(sample.output.argmax())
        in_percent = self._in_percent and self._is_share()
        has_target = self._block.has_targets and sample.target is not None and has_loss
        values = sample.output[shown].tolist()
        for number, (row, index, a) in enumerate(zip(self._rows, shown.tolist(), values, strict=True)):
            is_known = known is None or bool(known[number])
            row.name.show(str(index) if len(sample.output) > 1 else "")
            text = share_text(a, is_probability=True) if in_percent else fixed(a)
            row.value.show(text if is_known else NO_VALUE)
            row.value.paint_with(theme.text if index == largest and is_known else theme.secondary)
            row.error.setVisible(has_target)
            target = None if sample.target is None else float(sample.target[index])
            # Nine ticks at 0 would say nothing; that of a single output always does.
            row.tick.setVisible(has_target and (target != 0.0 or len(sample.output) == 1))
            self._show_target(row, target)

    def _is_share(self) -> bool:
        return self._scale == ActivationScale(0.0, 1.0)

    def _x(self, a: float) -> float:
        """Return where an activation ends on the bar."""
        block, scale = self._block, self._scale
        share = (min(max(a, scale.low), scale.high) - scale.low) / (scale.high - scale.low)
        # A value that is no number has no bar: comparisons with NaN leave it in place above.
        share = share if np.isfinite(share) else 0.0
        return block.bar_left + share * (block.bar_right - block.bar_left)

    def _show_error(self, row: _Row, end: float, target: float) -> None:
        height = self._block.bar_height
        below = row.y + height / 2 + 2.0 * self._style.factor
        row.error.setRect(min(end, target), below, abs(target - end), _ERROR_PX * self._style.factor)
        reach = 3.0 * self._style.factor
        row.tick.setRect(target - _TICK_PX / 2, row.y - height / 2 - reach, _TICK_PX, height + 2 * reach)

    def _show_target(self, row: _Row, target: float | None) -> None:
        if row.box is None or row.target is None:
            return
        theme = self._style.theme
        row.target.show(NO_VALUE if target is None else target_text(target, 2))
        row.target.paint_with(theme.text if target else theme.secondary)
        row.box.setPen(target_pen(theme, is_target=bool(target)))

    def _make_row(self, parent: QGraphicsItem, y: float) -> _Row:
        block, style, theme = self._block, self._style, self._style.theme
        height = block.bar_height
        track = Rect(block.bar_left, y - height / 2, block.bar_right - block.bar_left, height)
        bar_item(parent, track, theme.control if theme.is_dark else theme.inset)
        empty = Rect(block.bar_left, y, 0.0, 0.0)
        tick = bar_item(parent, empty, theme.ink)
        box, target = self._make_target(parent, y)
        return _Row(
            name=Text(parent, style.digit_font, theme.text, Align.CENTER).at(block.label_x, y),
            bar=bar_item(parent, empty, theme.activation),
            error=bar_item(parent, empty, theme.error),
            tick=tick,
            value=Text(parent, style.output_font, theme.secondary, Align.RIGHT).at(block.value_right, y),
            box=box,
            target=target,
            y=y,
        )

    def _make_target(self, parent: QGraphicsItem, y: float) -> tuple[QGraphicsPathItem | None, Text | None]:
        block, style, theme = self._block, self._style, self._style.theme
        if not block.has_targets:
            return None, None
        size = block.box_size
        half = block.box_right - block.box_x
        area = Rect(block.box_x - half, y - size / 2, 2 * half, size)
        box = box_item(parent, area, 5.0 * style.factor, target_pen(theme, is_target=False), theme.stage)
        text = Text(parent, style.value_font, theme.secondary, Align.CENTER).at(block.box_x, y)
        return box, text


def target_pen(theme: Theme, *, is_target: bool) -> QPen:
    """Return the outline of a target box; a target of 0 is still clearly a box."""
    return QPen(theme.ink, 2.0) if is_target else QPen(blend(theme.tertiary, theme.stage, 0.8), 1.0)


class LossBus:
    """The line from all outputs into the loss node: the chain visibly starts at L."""

    def __init__(self, parent: QGraphicsItem, layout: GraphLayout, style: StageStyle) -> None:
        assert layout.loss is not None
        self._style = style
        self._rect = layout.loss.rect
        self._is_lit, self._is_known = False, True
        self._line = QGraphicsPathItem(_bus_path(layout), parent)
        self._line.setZValue(Layer.LEADS.value)
        radius = 7.0 * style.factor
        self._box = box_item(parent, self._rect, radius, QPen(style.theme.error, 1.5), style.theme.stage)
        self._text = Text(parent, style.output_font, style.theme.error_text, Align.CENTER)
        self._text.at(self._rect.x + self._rect.width / 2, self._rect.center_y)

    def set_palette(self, palette: NetworkPalette) -> None:
        """Paint with another palette: in the loss phase the bus is lit."""
        self._is_lit = palette.look.phase.value in ("loss", "backward")
        self._paint(palette.theme)

    @property
    def text(self) -> str:
        """What the node says."""
        return self._text.text

    def show_loss(self, loss: float | None, *, is_known: bool = True) -> None:
        """Write the loss, or a dash where none is known; one that is not computed yet is grey."""
        self._text.show(f"Loss {NO_VALUE if loss is None or not is_known else fixed(loss)}")
        if is_known is not self._is_known:
            self._is_known = is_known
            self._paint(self._style.theme)

    def _paint(self, theme: Theme) -> None:
        factor, is_lit = self._style.factor, self._is_lit and self._is_known
        quiet = blend(theme.tertiary, theme.stage, 0.6)
        self._line.setPen(QPen(theme.error if is_lit else quiet, (2.0 if is_lit else 1.0) * factor))
        fill = blend(theme.error, theme.stage, 0.34 if is_lit else 0.2)
        self._box.setBrush(fill if self._is_known else theme.stage)
        color = theme.error if self._is_known else theme.tertiary
        self._box.setPen(QPen(color, (2.0 if is_lit else 1.5) * factor))
        self._text.paint_with(theme.error_text if self._is_known else theme.secondary)


def _bus_path(layout: GraphLayout) -> QPainterPath:
    assert layout.loss is not None
    block, path = layout.outputs, QPainterPath()
    ys = layout.row_y
    for y in ys:
        path.moveTo(block.box_right, y)
        path.lineTo(block.bus_x, y)
    path.moveTo(block.bus_x, ys[0])
    path.lineTo(block.bus_x, layout.loss.rect.y + 8.0)
    return path
