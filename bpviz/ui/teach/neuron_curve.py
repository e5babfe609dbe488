"""The activation in the large neuron: its curve under the sum, the point on it, and the output."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem

from bpviz.ui.network.network_items import Align, Layer, Text, disc_item
from bpviz.ui.teach.neuron_look import NeuronLook, line_path, path_item
from bpviz.viewmodel.lessons.neuron import Neuron, curve, output_span
from bpviz.viewmodel.lessons.neuron_layout import NeuronLayout
from bpviz.viewmodel.lessons.neuron_picture import NeuronPicture, italic
from bpviz.viewmodel.words.number_format import fixed, short

_POINT, _MARK = 8.5, 6.5
_CURVE = 2.6
_NAMES = {
    "sigmoid": "Sigmoid",
    "step": "Step",
    "relu": "ReLU",
    "tanh": "tanh",
    "identity": "Identity",
}


class CurvePlot:
    """Axes, curve and point; the axis of z is the sum's own."""

    def __init__(self, parent: QGraphicsItem, layout: NeuronLayout, look: NeuronLook) -> None:
        self._layout, self._look = layout, look
        u, theme = look.factor, look.theme
        self._zero = path_item(parent, Layer.EDGES, QPen(theme.strong_line, 1.2 * u))
        self._axis = path_item(parent, Layer.EDGES, QPen(theme.strong_line, 1.2 * u))
        self._turn = path_item(parent, Layer.LEADS, QPen(theme.text, 2.0 * u))
        self._curve = path_item(parent, Layer.LEADS, QPen(theme.secondary, _CURVE * u))
        self._guide = path_item(parent, Layer.LEADS, QPen(theme.text, 1.8 * u, Qt.PenStyle.DotLine))
        self._mark = path_item(parent, Layer.DISCS, QPen(theme.secondary, 2.0 * u))
        self._point = path_item(parent, Layer.SELECTION, QPen(theme.ink, 2.0 * u))
        self._point.setBrush(QBrush(theme.activation))
        self._write(parent)

    def show(self, picture: NeuronPicture) -> None:
        """Show another neuron's curve and point."""
        neuron, layout = picture.neuron, self._layout
        reach = picture.reach
        span = output_span(neuron.activation, reach)
        self._show_axes(reach, span)
        x, a = curve(neuron.activation, reach, picture.shift)
        points = [
            QPointF(layout.z_x(at, reach), layout.output_y(value, span))
            for at, value in zip(x.tolist(), a.tolist(), strict=True)
        ]
        path = QPainterPath()
        path.addPolygon(QPolygonF(points))
        self._curve.setPath(path)
        self._show_point(picture, reach, span)
        self._show_mark(picture.mark, picture.is_over_sum, reach, span)
        self._show_turn(picture, reach)
        self._name.show(_NAMES[neuron.activation])

    def _write(self, parent: QGraphicsItem) -> None:
        layout, look, theme = self._layout, self._look, self._look.theme
        u, plot, small = look.factor, layout.plot, look.text_font(14)
        below = plot.bottom + 19.0 * u
        self._ends = [
            Text(parent, small, theme.secondary, Align.CENTER).at(x, below)
            for x in (plot.x, plot.x + plot.width / 2, plot.right)
        ]
        self._ends[1].show("0")
        self._outputs = [
            Text(parent, small, theme.secondary, Align.RIGHT).at(plot.x - 10.0 * u, y)
            for y in (plot.y, plot.bottom)
        ]
        symbol = look.symbol_font(17)
        self._axis_name = Text(parent, symbol, theme.secondary).at(plot.right + 14.0 * u, plot.bottom)
        self._turn_text = Text(parent, look.number_font(15), theme.text, Align.CENTER)
        # Level with the top end of the curve's own axis, above the middle of its room.
        y = plot.center_y
        self._name = Text(parent, look.number_font(16), theme.text).at(layout.label_left, y - 12.0 * u)
        self._formula = Text(parent, symbol, theme.secondary).at(layout.label_left, y + 14.0 * u)

    def _show_axes(self, reach: float, span: tuple[float, float]) -> None:
        layout, u = self._layout, self._look.factor
        plot = layout.plot
        zero_x, zero_y = layout.z_x(0.0, reach), layout.output_y(0.0, span)
        top = layout.rows[0] - layout.row_height / 2
        self._zero.setPath(line_path((zero_x, top, zero_x, plot.bottom + 5.0 * u)))
        ends = ((x, plot.bottom, x, plot.bottom + 5.0 * u) for x in (plot.x, plot.right))
        floors = {zero_y, plot.bottom}
        self._axis.setPath(line_path(*((plot.x, y, plot.right, y) for y in sorted(floors)), *ends))
        self._ends[0].show(short(-reach))
        self._ends[2].show(short(reach))
        for text, value in zip(self._outputs, (span[1], span[0]), strict=True):
            text.show(short(value))

    def _show_point(self, picture: NeuronPicture, reach: float, span: tuple[float, float]) -> None:
        layout, u = self._layout, self._look.factor
        x = layout.z_x(picture.place, reach)
        y = layout.output_y(picture.neuron.output, span)
        self._point.setPath(_circle(x, y, _POINT * u))
        above = layout.rows[-2] if picture.is_over_sum else layout.total_y
        start = above + (8.0 if picture.is_over_sum else 11.0) * u
        self._guide.setPath(line_path((x, start, x, y)))
        w_a = f"∑{italic('w')}{italic('a')}"
        self._axis_name.show(w_a if picture.is_over_sum else italic("z"))
        inner = f"{w_a} + {italic('b')}" if picture.is_over_sum else italic("z")
        self._formula.show(f"{italic('a')} = {italic('f')}({inner})")

    def _show_mark(
        self, before: Neuron | None, is_over_sum: bool, reach: float, span: tuple[float, float]
    ) -> None:
        self._mark.setVisible(before is not None)
        if before is not None:
            place = before.weighted_sum if is_over_sum else before.z
            x = self._layout.z_x(float(np.clip(place, -reach, reach)), reach)
            y = self._layout.output_y(float(np.clip(before.output, *span)), span)
            self._mark.setPath(_circle(x, y, _MARK * self._look.factor))

    def _show_turn(self, picture: NeuronPicture, reach: float) -> None:
        """Mark where the neuron turns on, while the bias moves the curve."""
        plot, u = self._layout.plot, self._look.factor
        x = self._layout.z_x(-picture.neuron.bias, reach)
        self._turn.setVisible(picture.is_over_sum)
        self._turn.setPath(line_path((x, plot.bottom - 6.0 * u, x, plot.bottom + 6.0 * u)))
        words = f"−{italic('b')} = {fixed(-picture.neuron.bias, 1)}" if picture.is_over_sum else ""
        self._turn_text.at(x, plot.bottom + 19.0 * u).show(words)
        self._ends[1].item.setVisible(not picture.is_over_sum)
        for end, at in ((self._ends[0], plot.x), (self._ends[2], plot.right)):
            end.item.setVisible(not picture.is_over_sum or abs(at - x) > self._turn_text.width)


class Output:
    """The large disc on the right, with the line from the point that fills it."""

    def __init__(self, parent: QGraphicsItem, layout: NeuronLayout, look: NeuronLook) -> None:
        self._layout, self._look = layout, look
        disc, theme, u = layout.disc, look.theme, look.factor
        text = theme.activation_text
        self._lead = path_item(parent, Layer.LEADS, QPen(text, 1.8 * u, Qt.PenStyle.DotLine))
        self._disc = disc_item(parent, disc.x, disc.y, disc.radius)
        self._disc.setPen(QPen(theme.activation if theme.is_dark else text, 2.0 * u))
        self._value = Text(parent, look.number_font(33), theme.text, Align.CENTER).at(disc.x, disc.y)
        above, below = disc.y - disc.radius - 20.0 * u, disc.y + disc.radius + 22.0 * u
        Text(parent, look.text_font(16), theme.text, Align.CENTER).at(disc.x, above).show("Output")
        self._before = Text(parent, look.text_font(16), theme.secondary, Align.CENTER).at(disc.x, below)

    def show(self, picture: NeuronPicture) -> None:
        """Show another output."""
        neuron, layout = picture.neuron, self._layout
        reach = picture.reach
        span = output_span(neuron.activation, reach)
        y = layout.output_y(neuron.output, span)
        x, border = layout.z_x(picture.place, reach), layout.body.right
        disc = layout.disc
        self._lead.setPath(line_path((x, y, border, y), (border, y, disc.x, disc.y)))
        fill = self._look.activation_fill(neuron.output / span[1])
        self._disc.setBrush(QBrush(fill))
        self._value.show(fixed(neuron.output, 2)).paint_with(self._look.readable_on(fill))
        before = picture.remembered
        is_told = before is not None and fixed(before.output, 2) != fixed(neuron.output, 2)
        self._before.show(f"was {fixed(before.output, 2)}" if before is not None and is_told else "")


def _circle(x: float, y: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path
