"""Pixels, hidden neurons and outputs of a network drawn for a class."""

from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from bpviz.ui.segment_path import segments_path
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend, contrast
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.large_layout import LargeLayout
from bpviz.viewmodel.lessons.large_network import LargePicture, cells, hidden_text, shows_delta
from bpviz.viewmodel.network.graph_geometry import Rect
from bpviz.viewmodel.network.parts import NeuronPart, WeightPart
from bpviz.viewmodel.words.number_format import fixed, grouped

_DEPTH = 3.0
_RADIUS = 6
_MEANT_EDGE, _EDGE = 2.4, 1.2


class LargeNeurons:
    """Boxes, pills and discs, used again."""

    def __init__(self, scene: QGraphicsScene, source: ThemeSource) -> None:
        self._scene = scene
        self._source = source
        self._shapes: list[QGraphicsPathItem] = []
        self._n_used = 0
        self._leads = QGraphicsPathItem()
        self._leads.setZValue(_DEPTH - 1.0)
        self._meant_lead = QGraphicsPathItem()
        self._meant_lead.setZValue(_DEPTH - 0.5)
        for item in (self._leads, self._meant_lead):
            scene.addItem(item)

    def show(self, picture: LargePicture, places: LargeLayout, texts: TextPool) -> None:
        """Draw all of them."""
        self._n_used = 0
        self._show_pixels(picture, places, texts)
        self._show_hidden(picture, places, texts)
        self._show_outputs(picture, places)
        self._show_bias(places, texts)
        for shape in self._shapes[self._n_used :]:
            shape.setVisible(False)

    def _show_pixels(self, picture: LargePicture, places: LargeLayout, texts: TextPool) -> None:
        theme, x = self._source.theme, picture.state.sample.x
        meant = _meant_pixel(picture)
        side = round(len(x) ** 0.5)
        cell = places.image.width / side
        leads: list[tuple[int, Rect, Rect]] = []
        for pixel, box in zip(picture.pixels, places.boxes, strict=True):
            value = float(x[pixel])
            level = round(255 * min(max(value, 0.0), 1.0))
            fill = QColor(level, level, level)
            ink = max((theme.ink, theme.on_ink), key=lambda ink: contrast(ink, fill))
            self._shape(box, _RADIUS * places.factor, fill, pixel == meant)
            texts.write_around(fixed(value, 2), FontRole.VALUE, ink, box.x + box.width / 2, box.center_y)
            row, column = divmod(pixel, side)
            spot = Rect(places.image.x + column * cell, places.image.y + row * cell, cell, cell)
            self._shape(spot, 1.0, None, pixel == meant)
            leads.append((pixel, spot, box))
        self._show_leads(leads, meant)
        first = places.boxes[0]
        told = f"{len(picture.pixels)} of {grouped(len(x))} pixels"
        middle = first.x + first.width / 2
        texts.write_around(told, FontRole.BODY, theme.secondary, middle, places.head_y)

    def _show_leads(self, leads: list[tuple[int, Rect, Rect]], meant: int | None) -> None:
        theme = self._source.theme
        for item, is_meant in ((self._leads, False), (self._meant_lead, True)):
            mine = [lead for lead in leads if (lead[0] == meant) == is_meant]
            item.setVisible(bool(mine))
            if mine:
                item.setPath(
                    segments_path(
                        [(spot.right, box.x) for _, spot, box in mine],
                        [(spot.center_y, box.center_y) for _, spot, box in mine],
                    )
                )
                color = theme.ink if is_meant else blend(theme.tertiary, theme.stage, 0.6)
                item.setPen(QPen(color, _EDGE * self._source.factor))

    def _show_hidden(self, picture: LargePicture, places: LargeLayout, texts: TextPool) -> None:
        theme, state = self._source.theme, picture.state
        for layer, pills in enumerate(places.hidden):
            is_delta = shows_delta(state, layer)
            for neuron, pill in enumerate(pills):
                told = hidden_text(state, layer, neuron)
                share = 0.0 if is_delta or not told.text else float(state.sample.a[layer][neuron])
                fill = self._activation(share)
                color = getattr(theme, told.tone) if is_delta else self._readable(fill)
                self._shape(pill, pill.height / 2, fill, _is_meant(picture, layer, neuron))
                texts.write_around(told.text, FontRole.VALUE, color, pill.x + pill.width / 2, pill.center_y)
            heading = "δ" if is_delta else "activation"
            name = "hidden" if len(places.hidden) == 1 else f"hidden {layer + 1}"
            middle = pills[0].x + pills[0].width / 2
            top = pills[0].y - 16 * places.factor
            texts.write_around(f"{name}: {heading}", FontRole.BODY, theme.secondary, middle, top)

    def _show_outputs(self, picture: LargePicture, places: LargeLayout) -> None:
        state = picture.state
        last, radius = len(state.sample.a) - 1, places.disc_radius
        outputs = cells(picture, "output")
        for k, y in enumerate(places.row_y):
            share = float(state.sample.output[k]) if outputs[k].text else 0.0
            disc = Rect(places.disc_x - radius, y - radius, 2 * radius, 2 * radius)
            self._shape(disc, radius, self._activation(share), _is_meant(picture, last, k))

    def _show_bias(self, places: LargeLayout, texts: TextPool) -> None:
        theme = self._source.theme
        for box in places.bias:
            self._shape(box, _RADIUS * places.factor, theme.control, False)
            texts.write_around("1", FontRole.VALUE, theme.text, box.x + box.width / 2, box.center_y)
        first = places.bias[0]
        texts.write_to("bias", FontRole.BODY, theme.secondary, first.x - 10 * places.factor, first.center_y)

    def _shape(self, rect: Rect, radius: float, fill: QColor | None, is_meant: bool) -> None:
        if self._n_used == len(self._shapes):
            item = QGraphicsPathItem()
            item.setZValue(_DEPTH)
            self._scene.addItem(item)
            self._shapes.append(item)
        item = self._shapes[self._n_used]
        self._n_used += 1
        theme, factor = self._source.theme, self._source.factor
        path = QPainterPath()
        path.addRoundedRect(rect.x, rect.y, rect.width, rect.height, radius, radius)
        item.setPath(path)
        item.setPen(
            QPen(theme.ink, _MEANT_EDGE * factor) if is_meant else QPen(theme.tertiary, _EDGE * factor)
        )
        item.setBrush(QBrush() if fill is None else QBrush(fill))
        item.setVisible(True)

    def _activation(self, share: float) -> QColor:
        theme = self._source.theme
        empty = blend(theme.control_hover, theme.stage, 0.8) if theme.is_dark else theme.stage
        hue = theme.activation_negative if share < 0 else theme.activation
        return blend(hue, empty, min(abs(share), 1.0))

    def _readable(self, fill: QColor) -> QColor:
        theme = self._source.theme
        return max((theme.ink, theme.on_ink), key=lambda ink: contrast(ink, fill))


def _meant_pixel(picture: LargePicture) -> int | None:
    part = picture.selected
    return part.source if isinstance(part, WeightPart) and part.layer == 0 else None


def _is_meant(picture: LargePicture, layer: int, neuron: int) -> bool:
    match picture.selected:
        case NeuronPart(layer=own, index=index):
            return (own, index) == (layer, neuron)
        case WeightPart(layer=own, source=source, target=target):
            return (layer, neuron) in ((own, target), (own - 1, source))
    return False
