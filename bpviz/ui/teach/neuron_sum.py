"""The sum in the large neuron: a bar for each term, beginning where the one above ends, down to z."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem

from bpviz.ui.network.network_items import Align, Layer, Text
from bpviz.ui.teach.neuron_look import NeuronLook, line_path, path_item
from bpviz.viewmodel.lessons.neuron_layout import NeuronLayout
from bpviz.viewmodel.lessons.neuron_picture import (
    TIMES,
    NeuronPicture,
    factors_text,
    italic,
    subscripted,
)
from bpviz.viewmodel.words.number_format import fixed, signed

_BAR, _TOTAL_BAR, _LEAST = 15.0, 19.0, 2.0


class SumRows:
    """Every number of the sum, and the bars that add up to it."""

    def __init__(self, parent: QGraphicsItem, layout: NeuronLayout, look: NeuronLook) -> None:
        self._layout, self._look = layout, look
        u, theme = look.factor, look.theme
        self._positive, self._negative, self._total = (path_item(parent, Layer.MARKS) for _ in range(3))
        self._positive.setBrush(QBrush(theme.weight_positive))
        self._negative.setBrush(QBrush(theme.weight_negative))
        self._total.setBrush(QBrush(theme.ink))
        tie = QPen(theme.tertiary, 1.2 * u)
        tie.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._ties = path_item(parent, Layer.LEADS, tie)
        rule = path_item(parent, Layer.LEADS, QPen(theme.strong_line, 1.2 * u))
        rule_y = layout.rows[-1] + layout.row_height / 2 + 3.0 * u
        rule.setPath(line_path((layout.label_left, rule_y, layout.value_right, rule_y)))
        self._write_rows(parent)
        self._sum = Text(parent, look.number_font(22), theme.text, Align.RIGHT)
        self._sum.at(layout.value_right, layout.total_y)

    def show(self, picture: NeuronPicture) -> None:
        """Show another sum."""
        self._show_numbers(picture)
        self._show_bars(picture)

    def _write_rows(self, parent: QGraphicsItem) -> None:
        layout, look, theme = self._layout, self._look, self._look.theme
        symbol, number = look.symbol_font(16), look.text_font(15)
        value = look.number_font(16)
        self._names = [
            Text(parent, symbol, theme.secondary).at(layout.label_left, y)
            for y in (*layout.rows, layout.total_y)
        ]
        self._factors = [
            Text(parent, number, theme.secondary, Align.RIGHT).at(layout.label_right, y) for y in layout.rows
        ]
        self._values = [
            Text(parent, value, theme.text, Align.RIGHT).at(layout.value_right, y) for y in layout.rows
        ]
        for index, name in enumerate(self._names[:-2]):
            name.show(subscripted("w", index) + subscripted("a", index))

    def _show_numbers(self, picture: NeuronPicture) -> None:
        neuron = picture.neuron
        for place, (w, a) in enumerate(zip(neuron.weights, neuron.inputs, strict=True)):
            self._factors[place].show(factors_text(w, a))
        b, is_input = italic("b"), picture.is_input
        self._names[-2].show(f"{b} · 1" if is_input else b)
        products = f"{italic('z')} = ∑{italic('w')}{italic('a')}"
        self._names[-1].show(products if is_input else f"{products} + {b}")
        self._factors[-1].show(f"{fixed(neuron.bias, 1)} {TIMES} 1" if is_input else "")
        for text, term in zip(self._values, neuron.terms, strict=True):
            text.show(signed(term, 2)).paint_with(self._look.weight_text(term))
        self._sum.show(signed(neuron.z, 2))

    def _show_bars(self, picture: NeuronPicture) -> None:
        layout, u, neuron = self._layout, self._look.factor, picture.neuron
        reach, half = picture.reach, _BAR / 2 * u
        positive, negative, total, ties = (QPainterPath() for _ in range(4))
        for place, (y, (start, end)) in enumerate(zip(layout.rows, neuron.bars, strict=True)):
            x, to = layout.z_x(start, reach), layout.z_x(end, reach)
            path = negative if end < start else positive
            if start != end:
                path.addRect(min(x, to), y - half, max(abs(to - x), _LEAST * u), 2 * half)
            is_last = place == len(layout.rows) - 1
            below = layout.total_y - _TOTAL_BAR / 2 * u if is_last else layout.rows[place + 1] - half
            ties.addPath(line_path((to, y + half, to, below)))
        zero, z = layout.z_x(0.0, reach), layout.z_x(neuron.z, reach)
        height = _TOTAL_BAR * u
        total.addRect(min(zero, z), layout.total_y - height / 2, max(abs(z - zero), _LEAST * u), height)
        for item, path in (
            (self._positive, positive),
            (self._negative, negative),
            (self._total, total),
            (self._ties, ties),
        ):
            item.setPath(path)
