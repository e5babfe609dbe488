"""The input: its picture or its numbers, with the sample's name below."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.training.snapshot import SamplePass
from bpviz.ui.network.network_items import Align, Layer, Text, box_item
from bpviz.ui.network.network_palette import N_ACTIVATION_LEVELS, NetworkPalette
from bpviz.ui.network.network_theme import StageStyle
from bpviz.ui.network.neuron_discs import NeuronDiscs, add_gap_marks
from bpviz.viewmodel.drawing.answer_words import label_text
from bpviz.viewmodel.network.color_scale import ActivationScale
from bpviz.viewmodel.network.graph_geometry import GraphLayout, InputBlock, Rect
from bpviz.viewmodel.words.number_format import fixed, grouped

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class InputImage:
    """A square grey picture, one crisp square a pixel."""

    def __init__(self, parent: QGraphicsItem, area: Rect, side: int, style: StageStyle) -> None:
        self._side = side
        self._item = QGraphicsPixmapItem(parent)
        self._item.setPos(area.x, area.y)
        self._item.setScale(area.width / side)
        self._item.setTransformationMode(Qt.TransformationMode.FastTransformation)
        self._item.setZValue(Layer.TILES.value)
        frame = Rect(area.x - 0.5, area.y - 0.5, area.width + 1.0, area.height + 1.0)
        box_item(parent, frame, 2.0, QPen(style.theme.strong_line, 1.0), None)
        self._shown: FloatArray | None = None
        self._gradient: tuple[FloatArray, float] | None = None
        self._colors = np.zeros(0, np.uint32)

    def set_palette(self, palette: NetworkPalette) -> None:
        """Take the colours of gradients from the next `show_gradient` on."""
        self._colors = palette.gradient_colors()
        self._gradient = None

    def show_gradient(self, gradient: FloatArray, limit: float) -> None:
        """Show ∂L/∂x in the colours of gradients, shape (side²,); `limit` is drawn in full colour."""
        before = self._gradient
        if before is not None and before[0] is gradient and before[1] == limit:
            return
        self._shown, self._gradient = None, (gradient, limit)
        share = np.clip(np.nan_to_num(gradient) / limit, -1.0, 1.0)
        colors = self._colors[np.rint((share + 1.0) / 2.0 * (len(self._colors) - 1)).astype(np.intp)]
        image = QImage(colors.tobytes(), self._side, self._side, 4 * self._side, QImage.Format.Format_RGB32)
        self._item.setPixmap(QPixmap.fromImage(image))

    def show(self, x: FloatArray) -> None:
        """Show inputs from 0 (black) to 1 (white), shape (side²,)."""
        if self._shown is not None and np.array_equal(self._shown, x):
            return
        self._shown, self._gradient = x, None
        gray = np.clip(x * 255.0 + 0.5, 0, 255).astype(np.uint8)
        image = QImage(gray.tobytes(), self._side, self._side, self._side, QImage.Format.Format_Grayscale8)
        self._item.setPixmap(QPixmap.fromImage(image))


class InputNumbers:
    """Inputs that are no picture: a disc each, with name and value beside it."""

    def __init__(self, parent: QGraphicsItem, block: InputBlock, style: StageStyle) -> None:
        assert block.column is not None
        column = block.column
        self._discs = NeuronDiscs(parent, column, style)
        edge = column.x - column.radius if block.heat is None else float(block.heat.x.min())
        value_x = edge - 8.0 * style.factor
        name_x = value_x - 48.0 * style.factor
        self._names = [_text(parent, style, name_x, float(y)) for y in column.y]
        self._values = [
            Text(parent, style.value_font, style.theme.text, Align.RIGHT).at(value_x, float(y))
            for y in column.y
        ]

    def set_palette(self, palette: NetworkPalette) -> None:
        """Paint with another palette from the next call on."""
        self._discs.set_palette(palette)
        self._discs.show_rings(np.zeros(len(self._values), dtype=np.intp))

    def show(self, x: FloatArray, shown: IndexArray) -> None:
        """Fill the discs by the inputs, on a scale from -1 to 1."""
        self._discs.show_levels(ActivationScale(-1.0, 1.0).levels(x[shown], N_ACTIVATION_LEVELS))

    def show_texts(self, x: FloatArray, shown: IndexArray) -> None:
        """Write names and values."""
        for name, value, index in zip(self._names, self._values, shown.tolist(), strict=True):
            name.show(f"x{str(index).translate(_SUBSCRIPTS)}" if len(x) > 1 else "x")
            value.show(fixed(float(x[index]), 2))


def _text(parent: QGraphicsItem, style: StageStyle, x: float, y: float) -> Text:
    return Text(parent, style.label_font, style.theme.secondary, Align.RIGHT).at(x, y)


class PixelBoxes:
    """Some pixels of a picture: a grey box each with place and value, and the picture small above them."""

    def __init__(self, parent: QGraphicsItem, block: InputBlock, side: int, style: StageStyle) -> None:
        assert block.column is not None
        assert block.thumbnail is not None
        column, self._side, self._area = block.column, side, block.thumbnail
        half = 0.9 * column.radius
        self._image = InputImage(parent, block.thumbnail, side, style)
        self._marks = QGraphicsPathItem(parent)
        self._marks.setPen(QPen(style.theme.error, 1.2 * style.factor))
        self._marks.setZValue(Layer.MARKS.value)
        border = QPen(style.theme.tertiary, 1.0)
        areas = [Rect(column.x - half, float(y) - half, 2 * half, 2 * half) for y in column.y]
        self._boxes = [
            box_item(parent, area, 3.0 * style.factor, border, style.theme.stage) for area in areas
        ]
        value_x = column.x - column.radius - 8.0 * style.factor
        name_x = value_x - 38.0 * style.factor
        self._names = [_text(parent, style, name_x, float(y)) for y in column.y]
        self._values = [
            Text(parent, style.value_font, style.theme.text, Align.RIGHT).at(value_x, float(y))
            for y in column.y
        ]
        add_gap_marks(parent, column, style, column.x + 90.0 * style.factor)

    def show(self, x: FloatArray, shown: IndexArray) -> None:
        """Fill the boxes from black, 0, to white, 1."""
        self._image.show(x)
        for box, value in zip(self._boxes, np.clip(255.0 * x[shown] + 0.5, 0, 255).tolist(), strict=True):
            box.setBrush(QColor(int(value), int(value), int(value)))

    def show_texts(self, x: FloatArray, shown: IndexArray) -> None:
        """Write places and values, and mark the pixels in the small picture."""
        path, pixel = QPainterPath(), self._area.width / self._side
        for name, value, index in zip(self._names, self._values, shown.tolist(), strict=True):
            row, column = divmod(index, self._side)
            name.show(f"row {row}, col {column}")
            value.show(fixed(float(x[index]), 2))
            path.addRect(self._area.x + column * pixel, self._area.y + row * pixel, pixel, pixel)
        self._marks.setPath(path)


class SampleCaption:
    """Which sample it is, and what it should be."""

    def __init__(self, parent: QGraphicsItem, layout: GraphLayout, style: StageStyle) -> None:
        block = layout.input
        left = block.picture.x if block.column is None else block.legend.x
        self._side = layout.request.image_side
        self._name = Text(parent, style.label_font, style.theme.secondary).at(left, block.caption_y)
        self._label = Text(parent, style.value_font, style.theme.text, Align.RIGHT)
        self._label.at(block.right, block.caption_y)
        self._room = block.right - left - 8.0 * style.factor

    def show(self, sample: SamplePass) -> None:
        """Name a sample of the training set by its row, anything else as what was drawn or given."""
        is_drawing = bool(self._side)
        unnamed = "Your drawing" if is_drawing else "Your input"
        self._name.show(unnamed if sample.index is None else f"Sample {grouped(sample.index)}")
        if sample.label is not None:
            self._label.show(label_text(sample.label, len(sample.output)))
        else:
            self._label.show(f"{self._side} × {self._side}" if is_drawing else "")
            if self._name.width + self._label.width > self._room:
                # Under a small picture both would overlap; the heading says the size too.
                self._label.show("")
