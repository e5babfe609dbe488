"""A small network with every number of it, large enough for the back row."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QWidget

from bpviz.ui.path_pool import PathPool
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend, contrast
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.small_network import SmallEdge, SmallNetwork, SmallNeuron

_RADIUS, _LOSS_RADIUS = 32, 7
_LOSS_WIDTH, _LOSS_HEIGHT = 92, 62
_TOP, _BOTTOM = 30, 34
_THINNEST, _WIDEST, _CASING = 1.2, 4.0, 3.0
_LABEL_AT, _ALONE_AT = 0.38, 0.52
"""Where on an edge its number stands: before edges that cross have met; about the middle where none do."""
_DIMMED = 0.3


class SmallNetworkView(PlainView):
    """Shows a `SmallNetwork` with plain items; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._content: SmallNetwork | None = None
        self._paths = PathPool(self.scene())
        self._texts = TextPool(self.scene(), source, z=1.0)
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def content(self) -> SmallNetwork | None:
        """What is shown."""
        return self._content

    def show_content(self, content: SmallNetwork) -> None:
        """Show another network, or other numbers of it."""
        if content != self._content:
            self._content = content
            self._draw()

    def edge_rect(self, edge: SmallEdge) -> QRectF:
        """Return the place of an edge's number."""
        start, end = self._center(edge.layer, edge.source), self._center(edge.layer + 1, edge.target)
        crosses = self._content is not None and self._content.counts[edge.layer + 1] > 1
        middle = start + (end - start) * (_LABEL_AT if crosses else _ALONE_AT)
        width = self._texts.metrics(FontRole.TITLE).width(edge.text) + self._source.px(12)
        height = self._source.px(24)
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def _center(self, layer: int, place: int) -> QPointF:
        counts = self._content.counts if self._content is not None else (1, 1)
        px = self._source.px
        left = px(_RADIUS) + px(4)
        right = self.room_width - px(_LOSS_WIDTH) - 2.4 * px(_RADIUS)
        x = left + (right - left) * layer / (len(counts) - 1)
        room = self.room_height - px(_TOP) - px(_BOTTOM)
        y = px(_TOP) + room * (place + 0.5) / counts[layer]
        return QPointF(x, y)

    def _draw(self) -> None:
        content = self._content
        if content is None:
            return
        self._paths.begin()
        self._texts.begin()
        self._draw_loss(content)
        for edge in sorted(content.edges, key=lambda edge: edge.share):
            self._draw_edge(edge)
        for edge in content.edges:
            self._draw_number(edge)
        for neuron in content.neurons:
            self._draw_neuron(neuron)
        self._draw_heading(content)
        self._texts.end()
        self._paths.end()

    def _draw_heading(self, content: SmallNetwork) -> None:
        theme, last = self._source.theme, len(content.counts) - 1
        names = ("inputs", *("hidden" for _ in range(last - 1)), "output")
        for layer, name in enumerate(names):
            x = self._center(layer, 0).x()
            self._texts.write_around(name, FontRole.BODY, theme.secondary, x, self._source.px(16))

    def _draw_edge(self, edge: SmallEdge) -> None:
        px = self._source.px
        path = QPainterPath(self._center(edge.layer, edge.source))
        path.lineTo(self._center(edge.layer + 1, edge.target))
        width = px(1) * (_THINNEST + (_WIDEST - _THINNEST) * edge.share)
        if edge.is_marked:
            self._paths.stroke(path, self._source.theme.ink, width + px(_CASING))
        self._paths.stroke(path, self._dim(self._edge_color(edge.value, ""), edge.is_marked), width)

    def _draw_number(self, edge: SmallEdge) -> None:
        theme, rect = self._source.theme, self.edge_rect(edge)
        path = QPainterPath()
        path.addRoundedRect(rect, rect.height() / 3, rect.height() / 3)
        self._paths.fill(path, theme.stage)
        color = self._dim(self._edge_color(edge.value, "_text"), edge.is_marked)
        self._texts.write_around(edge.text, FontRole.TITLE, color, rect.center().x(), rect.center().y())

    def _draw_neuron(self, neuron: SmallNeuron) -> None:
        theme, center = self._source.theme, self._center(neuron.layer, neuron.place)
        radius = self._source.px(_RADIUS)
        fill = blend(theme.activation, theme.control, 0.75 * min(abs(neuron.activation), 1.0))
        path = QPainterPath()
        path.addEllipse(center, radius, radius)
        self._paths.fill(path, fill)
        self._paths.stroke(path, theme.activation if theme.is_dark else theme.strong_line, 1.5)
        ink = max((theme.ink, theme.on_ink), key=lambda ink: contrast(ink, fill))
        self._texts.write_around(neuron.text, FontRole.NUMBER, ink, center.x(), center.y())
        if neuron.under:
            color = self._dim(self._edge_color(neuron.under_value, "_text"), neuron.is_marked)
            middle = center.y() + radius + self._source.px(15)
            self._clear(QPointF(center.x(), middle), neuron.under)
            self._texts.write_around(neuron.under, FontRole.TITLE, color, center.x(), middle)

    def _clear(self, middle: QPointF, text: str) -> None:
        """Lay the ground anew where a text will stand, so that no edge runs through it."""
        width, height = self._texts.metrics(FontRole.TITLE).width(text), self._source.px(20)
        path = QPainterPath()
        path.addRect(QRectF(middle.x() - width / 2 - 3, middle.y() - height / 2, width + 6, height))
        self._paths.fill(path, self._source.theme.stage)

    def _draw_loss(self, content: SmallNetwork) -> None:
        px, theme = self._source.px, self._source.theme
        last = self._center(len(content.counts) - 1, 0)
        middle = (px(_TOP) + self.room_height - px(_BOTTOM)) / 2
        rect = QRectF(
            self.room_width - px(_LOSS_WIDTH) - 2,
            middle - px(_LOSS_HEIGHT) / 2,
            px(_LOSS_WIDTH),
            px(_LOSS_HEIGHT),
        )
        path = QPainterPath(QPointF(last.x(), middle))
        path.lineTo(rect.left(), middle)
        self._paths.stroke(path, theme.strong_line, px(2))
        path = QPainterPath()
        path.addRoundedRect(rect, px(_LOSS_RADIUS), px(_LOSS_RADIUS))
        self._paths.fill(path, theme.control)
        self._paths.stroke(path, theme.error, px(1.5))
        x = rect.center().x()
        self._texts.write_around("loss", FontRole.BODY, theme.secondary, x, rect.top() + px(16))
        self._texts.write_around(content.loss, FontRole.NUMBER, theme.error_text, x, rect.bottom() - px(20))
        words = f"target {content.target}"
        self._texts.write_around(words, FontRole.BODY, theme.secondary, x, rect.bottom() + px(14))

    def _edge_color(self, value: float, text: str) -> QColor:
        kind = "gradient" if self._content is not None and self._content.shows_gradient else "weight"
        sign = "negative" if value < 0 else "positive"
        color: QColor = getattr(self._source.theme, f"{kind}_{sign}{text}")
        return color

    def _dim(self, color: QColor, is_marked: bool) -> QColor:
        """Return the colour, weaker where another weight is meant."""
        if is_marked or self._content is None or not self._content.is_any_marked:
            return color
        return blend(color, self._source.theme.stage, _DIMMED)
