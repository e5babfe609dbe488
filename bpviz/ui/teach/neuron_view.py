"""One neuron drawn large, whose weights, inputs and bias are moved by hand on the drawing itself."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QMouseEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QGraphicsRectItem, QWidget

from bpviz.ui.network.network_items import NO_PEN, Align, Layer, Text, box_item, disc_item
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.neuron_curve import CurvePlot, Output
from bpviz.ui.teach.neuron_inputs import Chips, Edges, HandleRing, Pixels
from bpviz.ui.teach.neuron_look import NeuronLook
from bpviz.ui.teach.neuron_sum import SumRows
from bpviz.viewmodel.lessons.neuron import LIMITS, Handle, HandleKind
from bpviz.viewmodel.lessons.neuron_layout import NeuronLayout, neuron_layout
from bpviz.viewmodel.lessons.neuron_picture import NeuronPicture

_BODY_RADIUS = 22.0
_PX_PER_UNIT = {HandleKind.WEIGHT: 28.0, HandleKind.BIAS: 28.0, HandleKind.INPUT: 110.0}
"""How far the hand goes for a change of 1, at scale 1.0."""
_NOTCH = 120
_SLACK = 5.0


class NeuronView(PlainView):
    """Shows one `NeuronPicture`; tells what the hand does and changes nothing itself.

    Signals
    -------
    moved
        The learner wants this handle at this value.
    dropped
        A handle was let go, or turned one notch, at another value than it had.
    """

    moved = Signal(object, float)
    dropped = Signal(object)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._picture: NeuronPicture | None = None
        self._parts: _Parts | None = None
        self._hot: Handle | None = None
        self._chosen: Handle | None = None
        self._drag: _Drag | None = None
        self._turned = 0
        self.resized.connect(self._rebuild)
        source.changed.connect(self._rebuild)

    @property
    def picture(self) -> NeuronPicture | None:
        """What is shown."""
        return self._picture

    @property
    def places(self) -> NeuronLayout | None:
        """Where everything stands; None while nothing is shown."""
        return None if self._parts is None else self._parts.layout

    @property
    def chosen(self) -> Handle | None:
        """The handle that keys move."""
        return self._chosen

    def show_picture(self, picture: NeuronPicture) -> None:
        """Show another neuron, or the same otherwise."""
        known = self._picture
        self._picture = picture
        if picture.is_held:
            self._drag = None
            self._point_at(None)
        if known is None or len(known.neuron.inputs) != len(picture.neuron.inputs):
            self._chosen = self._hot = None
            self._rebuild()
        elif self._parts is not None:
            self._parts.show(picture)
            self._show_ring()

    def choose(self, handle: Handle | None) -> None:
        """Let keys move this handle, or none."""
        self._chosen = handle
        self._show_ring()

    def turn(self, handle: Handle, steps: int) -> None:
        """Move a handle by so many of its smallest steps."""
        picture = self._picture
        if picture is None or picture.is_held or not steps:
            return
        value = picture.neuron.value(handle)
        self.moved.emit(handle, value + steps * LIMITS[handle.kind].step)
        if self._picture is not None and self._picture.neuron.value(handle) != value:
            self.dropped.emit(handle)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle = self._handle_at(event.position())
        picture = self._picture
        if event.button() != Qt.MouseButton.LeftButton or handle is None or picture is None:
            event.ignore()
            return
        self._drag = _Drag(handle, event.position(), picture.neuron.value(handle))
        self.choose(handle)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            self._point_at(self._handle_at(event.position()))
            return
        drag = self._drag
        value = drag.value_at(event.position(), self._source.factor)
        if self._picture is not None and LIMITS[drag.handle.kind].nearest(value) != self._value(drag.handle):
            self.moved.emit(drag.handle, value)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        if drag is not None and self._value(drag.handle) != drag.start_value:
            self.dropped.emit(drag.handle)
        self._point_at(self._handle_at(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        handle = self._handle_at(event.position())
        if handle is None:
            event.ignore()
            return
        self._turned += event.angleDelta().y()
        notches = int(self._turned / _NOTCH)
        self._turned -= notches * _NOTCH
        self.turn(handle, notches)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def _value(self, handle: Handle) -> float:
        return float("nan") if self._picture is None else self._picture.neuron.value(handle)

    def _handle_at(self, place: QPointF) -> Handle | None:
        picture, layout = self._picture, self.places
        if picture is None or layout is None or picture.is_held:
            return None
        slack = _SLACK * layout.factor
        for handle in reversed(picture.neuron.handles):
            rect = layout.handle_rect(handle, picture.is_input)
            near_x = rect.x - slack <= place.x() <= rect.right + slack
            if near_x and rect.y - slack <= place.y() <= rect.bottom + slack:
                return handle
        return None

    def _point_at(self, handle: Handle | None) -> None:
        if handle != self._hot:
            self._hot = handle
            shape = Qt.CursorShape.ArrowCursor if handle is None else Qt.CursorShape.SizeVerCursor
            self.viewport().setCursor(shape)
            self._show_ring()

    def _show_ring(self) -> None:
        if self._parts is not None and self._picture is not None:
            held = None if self._drag is None else self._drag.handle
            self._parts.ring.show(held or self._hot or self._chosen, self._picture)

    def _rebuild(self) -> None:
        if self._parts is not None:
            self.scene().removeItem(self._parts.root)
            self._parts = None
        if self._picture is None:
            return
        n, factor = len(self._picture.neuron.inputs), self._source.factor
        layout = neuron_layout(n, self.room_width, self.room_height, factor)
        self._parts = _Parts(layout, NeuronLook(self._source))
        self.scene().addItem(self._parts.root)
        self._parts.show(self._picture)
        self._show_ring()


class _Drag:
    """A handle in the hand: up and right make it more, down and left less."""

    def __init__(self, handle: Handle, start: QPointF, start_value: float) -> None:
        self.handle = handle
        self.start_value = start_value
        self._start = start

    def value_at(self, place: QPointF, factor: float) -> float:
        moved = place - self._start
        return self.start_value + (moved.x() - moved.y()) / (_PX_PER_UNIT[self.handle.kind] * factor)


class _Parts:
    """All items of one drawing, made for one size and look."""

    def __init__(self, layout: NeuronLayout, look: NeuronLook) -> None:
        self.layout = layout
        self.root = QGraphicsRectItem()
        self.root.setPen(NO_PEN)
        u, theme = look.factor, look.theme
        edge = QPen(theme.strong_line, 1.5 * u)
        body = box_item(self.root, layout.body, _BODY_RADIUS * u, edge, theme.panel)
        body.setZValue(Layer.EDGES.value - 1.0)
        port = disc_item(self.root, layout.port.x, layout.port.y, layout.port.radius)
        port.setPen(QPen(theme.ink, 2.0 * u))
        port.setBrush(QBrush(theme.control))
        Text(self.root, look.symbol_font(32), theme.text, Align.CENTER).at(layout.port.x, layout.port.y).show(
            "∑"
        )
        self.ring = HandleRing(self.root, layout, look)
        self._parts = (
            Edges(self.root, layout, look),
            Pixels(self.root, layout, look),
            Chips(self.root, layout, look),
            SumRows(self.root, layout, look),
            CurvePlot(self.root, layout, look),
            Output(self.root, layout, look),
        )

    def show(self, picture: NeuronPicture) -> None:
        for part in self._parts:
            part.show(picture)
