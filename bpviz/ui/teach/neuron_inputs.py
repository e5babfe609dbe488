"""The left side of the large neuron: pixels that come in, edges that weigh them, and numbers to drag."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from bpviz.ui.network.network_items import Align, Layer, Text, rounded
from bpviz.ui.style.theme import blend
from bpviz.ui.teach.neuron_look import Grip, NeuronLook, line_path, path_item
from bpviz.viewmodel.lessons.neuron import Handle, HandleKind
from bpviz.viewmodel.lessons.neuron_layout import NeuronLayout
from bpviz.viewmodel.lessons.neuron_picture import NeuronPicture, italic, subscripted
from bpviz.viewmodel.network.graph_geometry import Rect
from bpviz.viewmodel.words.number_format import fixed

_THINNEST, _PER_UNIT = 1.5, 2.4
_RADIUS, _CHIP_RADIUS = 5.0, 9.0
_CHIP_PAD = 11.0
_DASH = [3.0, 3.0]


class Pixels:
    """The inputs, grey as they are bright, and the input that is always 1."""

    def __init__(self, parent: QGraphicsItem, layout: NeuronLayout, look: NeuronLook) -> None:
        self._layout, self._look = layout, look
        u, theme = look.factor, look.theme
        self._boxes = [_box(parent, rect, _RADIUS * u, look) for rect in layout.pixels]
        self._names = [
            Text(parent, look.symbol_font(18), theme.secondary, Align.RIGHT) for _ in layout.pixels
        ]
        self._values = [Text(parent, look.number_font(18), theme.text, Align.CENTER) for _ in layout.pixels]
        self._grips = [Grip(parent, look) for _ in layout.pixels]
        self._one = _box(parent, layout.one, _RADIUS * u, look)
        self._one.setBrush(QBrush(theme.stage))
        self._one_text = Text(parent, look.number_font(20), theme.text, Align.CENTER)
        self._one_text.at(layout.one.x + layout.one.width / 2, layout.one.center_y).show("1")
        for index, (name, value, rect) in enumerate(
            zip(self._names, self._values, layout.pixels, strict=True)
        ):
            name.at(rect.x - 9.0 * u, rect.center_y).show(subscripted("a", index))
            value.at(rect.x + 0.44 * rect.width, rect.center_y)

    def show(self, picture: NeuronPicture) -> None:
        """Show the inputs."""
        u = self._look.factor
        for index, value in enumerate(picture.neuron.inputs):
            level, rect = round(255 * value), self._layout.pixels[index]
            gray = QColor(level, level, level)
            # Not the theme's: a pixel is as grey on white as it is on black.
            ink = self._look.readable_on(gray)
            self._boxes[index].setBrush(QBrush(gray))
            self._values[index].show(fixed(value, 1)).paint_with(ink)
            grip_x = rect.right - 13.0 * u
            self._grips[index].show(grip_x, rect.center_y, blend(ink, gray, 0.8), not picture.is_held)
        self._one.setVisible(picture.is_input)
        self._one_text.item.setVisible(picture.is_input)


class Edges:
    """The weights as lines, blue or orange, as thick as they are large; the bias as one of them."""

    def __init__(self, parent: QGraphicsItem, layout: NeuronLayout, look: NeuronLook) -> None:
        self._layout, self._look = layout, look
        self._items = [path_item(parent, Layer.EDGES) for _ in range(len(layout.pixels) + 1)]
        port = layout.port
        # Begun under the pixel, so that a slanted line has no corner of its own.
        self._hidden = 10.0 * look.factor
        for item, rect in zip(self._items, layout.pixels, strict=False):
            item.setPath(line_path((rect.right - self._hidden, rect.center_y, port.x, port.y)))

    def show(self, picture: NeuronPicture) -> None:
        """Show the weights."""
        layout, port = self._layout, self._layout.port
        start = layout.one if picture.is_input else layout.bias_beside
        x = start.right - self._hidden if picture.is_input else start.x + start.width / 2
        self._items[-1].setPath(line_path((x, start.center_y, port.x, port.y)))
        values = (*picture.neuron.weights, picture.neuron.bias)
        for item, value in zip(self._items, values, strict=True):
            item.setPen(self._pen(value))

    def _pen(self, value: float) -> QPen:
        theme, u = self._look.theme, self._look.factor
        if value == 0:
            pen = QPen(theme.tertiary, 1.2 * u)
            pen.setDashPattern(_DASH)
            return pen
        pen = QPen(self._look.weight_color(value), (_THINNEST + _PER_UNIT * abs(value)) * u)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen


class Chips:
    """The numbers of weights and bias, each a handle."""

    def __init__(self, parent: QGraphicsItem, layout: NeuronLayout, look: NeuronLook) -> None:
        self._layout = layout
        self._weights = [_Chip(parent, look, subscripted("w", index)) for index in range(len(layout.pixels))]
        self._bias = _Chip(parent, look, "")

    def show(self, picture: NeuronPicture) -> None:
        """Show the weights and the bias."""
        neuron = picture.neuron
        for chip, rect, value in zip(self._weights, self._layout.weight_chips, neuron.weights, strict=True):
            chip.show(rect, value, picture.is_held)
        self._bias.name(italic("b") if picture.is_input else f"+ {italic('b')}")
        self._bias.show(self._layout.bias_chip(picture.is_input), neuron.bias, picture.is_held)


class HandleRing:
    """The outline of the handle that is meant: under the pointer, in the hand, or chosen by key."""

    def __init__(self, parent: QGraphicsItem, layout: NeuronLayout, look: NeuronLook) -> None:
        self._layout, self._look = layout, look
        self._item = path_item(parent, Layer.SELECTION, QPen(look.theme.ink, 2.0 * look.factor))

    def show(self, handle: Handle | None, picture: NeuronPicture) -> None:
        """Show around this handle, or not at all."""
        self._item.setVisible(handle is not None and not picture.is_held)
        if handle is not None:
            u = self._look.factor
            rect = self._layout.handle_rect(handle, picture.is_input)
            radius = _RADIUS if handle.kind is HandleKind.INPUT else _CHIP_RADIUS
            self._item.setPath(rounded(rect, radius * u))


class _Chip:
    def __init__(self, parent: QGraphicsItem, look: NeuronLook, name: str) -> None:
        theme, self._look = look.theme, look
        edge = theme.strong_line
        self._box = path_item(parent, Layer.TAGS, QPen(edge, 1.2 * look.factor))
        self._box.setBrush(QBrush(theme.control))
        self._name = Text(parent, look.symbol_font(17), theme.secondary)
        self._value = Text(parent, look.number_font(17), theme.text, Align.RIGHT)
        self._grip = Grip(self._box, look)
        self._texts = (self._name, self._value)
        for text in self._texts:
            text.item.setZValue(Layer.TAGS.value + 0.5)
        self._name.show(name)

    def name(self, name: str) -> None:
        self._name.show(name)

    def show(self, rect: Rect, value: float, is_held: bool) -> None:
        u, look = self._look.factor, self._look
        self._box.setPath(rounded(rect, _CHIP_RADIUS * u))
        self._name.at(rect.x + _CHIP_PAD * u, rect.center_y)
        right = rect.right - (_CHIP_PAD + 17.0) * u
        self._value.at(right, rect.center_y).show(fixed(value, 1)).paint_with(look.weight_text(value))
        self._grip.show(rect.right - 13.0 * u, rect.center_y, look.theme.secondary, not is_held)


def _box(parent: QGraphicsItem, rect: Rect, radius: float, look: NeuronLook) -> QGraphicsPathItem:
    item = path_item(parent, Layer.TILES, QPen(look.theme.tertiary, 1.2 * look.factor))
    item.setPath(rounded(rect, radius))
    return item
