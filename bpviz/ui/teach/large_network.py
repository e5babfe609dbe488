"""A small network drawn for a class: its input's pixels, its neurons, and its outputs as a table."""

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QWidget

from bpviz.nn.arrays import FloatArray
from bpviz.ui.gray_picture import gray_image
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.large_edges import LargeEdgeItems
from bpviz.ui.teach.large_neurons import LargeNeurons
from bpviz.ui.teach.large_table import LargeTable
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.large_layout import LargeLayout, large_layout
from bpviz.viewmodel.lessons.large_network import LargePicture, cells, loss_text
from bpviz.viewmodel.network.graph_geometry import Rect
from bpviz.viewmodel.run.phases import Phase

_TEXT_DEPTH = 10.0
_PHASES = (
    ("Forward", (Phase.FORWARD, Phase.LOSS)),
    ("Backward", (Phase.BACKWARD,)),
    ("Descent", (Phase.UPDATE,)),
)


class LargeNetwork(PlainView):
    """Shows a `LargePicture` with plain items; lives in the GUI thread.

    Signals
    -------
    moved
        Its parts stand elsewhere now.
    """

    moved = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._picture: LargePicture | None = None
        self._image = QGraphicsPixmapItem()
        self.scene().addItem(self._image)
        self._texts = TextPool(self.scene(), source, _TEXT_DEPTH)
        self._edges = LargeEdgeItems(self.scene(), source)
        self._neurons = LargeNeurons(self.scene(), source)
        self._table = LargeTable(self.scene(), source)
        self.places: LargeLayout | None = None
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def picture(self) -> LargePicture | None:
        """What is shown."""
        return self._picture

    def show_picture(self, picture: LargePicture) -> None:
        """Show another network, or the same otherwise."""
        self._picture = picture
        self._draw()

    def part_rect(self, part: str) -> QRectF | None:
        """Return where a part stands in this view; None for what is not drawn."""
        places = self.places
        if places is None:
            return None
        if part == "weight":
            return self._edges.tag_rect
        drawn = {
            "input": (places.image,),
            "pixels": places.boxes,
            "hidden": tuple(pill for layer in places.hidden for pill in layer),
            "bias": places.bias,
        }
        if part in drawn:
            return _around(drawn[part]) if drawn[part] else None
        return self._table.part_rect(part, places)

    def _draw(self) -> None:
        picture = self._picture
        if picture is None or self.room_width < 1.0:
            return
        layers = picture.state.network.architecture.layers
        places = large_layout(
            layers,
            len(picture.pixels),
            picture.columns,
            self.room_width,
            self.room_height,
            self._source.factor,
        )
        has_moved, self.places = places != self.places, places
        self._texts.begin()
        self._show_image(picture.state.sample.x, places.image)
        self._edges.show(picture, places, self._texts)
        self._neurons.show(picture, places, self._texts)
        self._table.show(picture, places, self._texts)
        self._write_phases(picture)
        self._texts.end()
        outputs = ", ".join(f"{k}: {cell.text}" for k, cell in enumerate(cells(picture, "output")))
        self.setAccessibleName(f"Network, outputs {outputs}, loss {loss_text(picture)}")
        if has_moved:
            self.moved.emit()

    def _write_phases(self, picture: LargePicture) -> None:
        """Write the three phases of an iteration one below the other, the one that is shown bright."""
        theme, u = self._source.theme, self._source.factor
        if picture.state.reveal is None or not picture.names_phases:
            return
        for place, (words, phases) in enumerate(_PHASES):
            is_here = picture.state.phase in phases
            role = FontRole.NUMBER if is_here else FontRole.SUBTITLE
            color = theme.text if is_here else theme.tertiary
            self._texts.write_at(f"{place + 1}  {words}", role, color, 0.0, (12 + 22 * place) * u)

    def _show_image(self, x: FloatArray, place: Rect) -> None:
        side = round(len(x) ** 0.5)
        if side * side != len(x):
            self._image.setVisible(False)
            return
        gray = np.clip(np.rint(255.0 * x), 0, 255).astype(np.uint8).reshape(side, side)
        ratio = self.devicePixelRatioF()
        size = max(1, round(place.width * ratio))
        pixmap = QPixmap.fromImage(gray_image(gray)).scaled(
            size, size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation
        )
        pixmap.setDevicePixelRatio(ratio)
        self._image.setPixmap(pixmap)
        self._image.setPos(round(place.x), round(place.y))
        self._image.setVisible(True)


def _rect(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)


def _around(rects: tuple[Rect, ...]) -> QRectF:
    whole = QRectF()
    for rect in rects:
        whole = whole.united(_rect(rect))
    return whole
