"""The drawn network: shows states as often as they come, and answers the pointer."""

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsScene, QGraphicsView, QSizePolicy, QWidget

from bpviz.ui.hover_label import HoverLabel
from bpviz.ui.network.hidden_list import HiddenList
from bpviz.ui.network.network_renderer import NetworkRenderer
from bpviz.ui.network.plane_clicks import PlaneClicks
from bpviz.ui.network.stage_camera import StageCamera
from bpviz.ui.network.stage_gestures import PAN_KEYS, WHEEL_ZOOM, ZOOM_KEYS, pinch_of
from bpviz.ui.network.stage_zoom import StageZoom
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.graph_geometry import Arrangement, GraphLayout, InputStyle
from bpviz.viewmodel.network.hidden_neurons import hidden_neurons
from bpviz.viewmodel.network.network_picture import NetworkPicture
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import GapPart, Part, PlanePart, Selectable
from bpviz.viewmodel.network.tile_content import TileContent


class NetworkView(QGraphicsView):
    """Shows one network; belongs to the GUI thread.

    The wheel and a pinch zoom about the pointer, dragging pans, a double click fits the network to
    the view again; so do the keys +, −, 0 and Shift with an arrow. A click selects, Escape selects nothing.
    Nothing else ever moves the picture. It brings its own margins.
    """

    selection_changed = Signal(object)
    """The user selected another part: a `bpviz.viewmodel.network.parts.Part`, or None."""
    hovered_changed = Signal(object)
    """The pointer is over another part, or None."""

    def __init__(
        self,
        source: ThemeSource,
        parent: QWidget | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._hovered: Part | None = None
        self._pointer = QPointF()
        self._pressed_at: QPointF | None = None
        self._panned_to: QPointF | None = None
        self._create(clock)
        self._renderer.choices_changed.connect(self._on_choices_changed)
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _create(self, clock: Callable[[], float]) -> None:
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)
        # Items never get events of their own: one look-up by coordinates answers for all of them.
        self.setInteractive(False)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName("Network")
        self._renderer = NetworkRenderer(self._source, scene, self, clock)
        self._camera = StageCamera(self._renderer)
        self._label = HoverLabel(self._source, self)
        self._hidden = HiddenList(self._source, self)
        self._hidden.chosen.connect(self._choose)
        self.plane_clicks = PlaneClicks(self)

    def sizeHint(self) -> QSize:
        return QSize(746, 560)

    @property
    def renderer(self) -> NetworkRenderer:
        """What draws the picture."""
        return self._renderer

    @property
    def picture(self) -> NetworkPicture | None:
        """What is drawn and on which scales; None before the first state."""
        return self._renderer.picture

    @property
    def graph_layout(self) -> GraphLayout | None:
        """Where things stand, in stage pixels; None before the first state."""
        return self._renderer.layout

    @property
    def zoom(self) -> StageZoom:
        """How the stage is seen now."""
        return self._camera.zoom

    @property
    def hidden_list(self) -> HiddenList:
        """The list of neurons not drawn, opened by a click on the "⋮" of a layer."""
        return self._hidden

    @property
    def selected(self) -> Part | None:
        """What is selected."""
        return self._renderer.options.selected

    @property
    def hover_text(self) -> str:
        """What the label beside the pointer says, as rich text; empty while it is hidden."""
        return self._label.text() if self._label.isVisible() else ""

    def show_state(self, state: NetworkState) -> None:
        """Show a state; may be called for every frame."""
        before = self._renderer.state
        if before is not None and before.network.architecture != state.network.architecture:
            self._hover(None)
            self.select(None)
        self._renderer.show_state(state)

    def finish_updates(self) -> None:
        """Show now what waits for a later turn of the event loop."""
        self._renderer.finish_updates()

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Show with targets and loss (LAB), or with larger outputs in per cent (DRAW)."""
        self._renderer.set_stage_options(replace(self._renderer.stage_options, arrangement=arrangement))

    def set_edge_budget(self, n: int) -> None:
        """Draw at most `n` edges."""
        self._renderer.set_options(replace(self._renderer.options, edge_budget=max(0, n)))

    def set_weight_images_visible(self, is_on: bool) -> None:
        """Show the weight images of the first layer."""
        self._renderer.set_stage_options(replace(self._renderer.stage_options, with_tiles=is_on))

    def set_bias_nodes_visible(self, is_on: bool) -> None:
        """Show the constant 1 under each layer, and the biases as edges from it."""
        self._renderer.set_stage_options(replace(self._renderer.stage_options, with_bias=is_on))

    def set_sign_as_dashes(self, is_on: bool) -> None:
        """Draw negative edges dashed, so that the sign is seen without colour."""
        self._renderer.set_stage_options(replace(self._renderer.stage_options, sign_as_dashes=is_on))

    def set_input_style(self, style: InputStyle) -> None:
        """Show the input as its picture, as ten boxes, or as the pixels that count most."""
        self._renderer.set_stage_options(replace(self._renderer.stage_options, input_style=style))

    def set_tile_content(self, content: TileContent) -> None:
        """Show weights, their gradients or their velocity in the small images; weights where unknown."""
        self._renderer.set_options(replace(self._renderer.options, tile_content=content))

    def sort_neurons(self) -> None:
        """Let hidden neurons stand most active first, as they are now, until asked again."""
        self._renderer.sort_neurons()

    def select(self, part: Part | None) -> None:
        """Select a part without telling anyone; the picture stays where it is."""
        self._renderer.set_options(replace(self._renderer.options, selected=part))

    def fit(self) -> None:
        """Show the whole network, and keep doing so when the view is resized."""
        port = self.viewport()
        self._camera.set_view(float(port.width()), float(port.height()), self.devicePixelRatioF())
        self._camera.fit(self._source.factor)

    def zoom_by(self, factor: float, about: QPointF) -> None:
        """Magnify by `factor` with what is under `about`, a point of the view, staying there."""
        self._camera.zoom_by(factor, about)

    def part_at(self, point: QPointF) -> Part | None:
        """Return what is drawn at a point of the view."""
        return self._renderer.part_at(self.zoom.to_stage(point), 1.0 / self.zoom.scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # One view pixel is one scene pixel: the root item alone zooms and pans.
        width, height = float(self.viewport().width()), float(self.viewport().height())
        self.setSceneRect(0.0, 0.0, width, height)
        self._camera.set_view(width, height, self.devicePixelRatioF())
        if self._camera.is_fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(WHEEL_ZOOM ** event.angleDelta().y(), event.position())
        self._point_at(event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.plane_clicks.takes(event.button()):
            self._hidden.hide()
            self._pressed_at, self._panned_to = event.position(), None
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position()
        if self._pressed_at is None:
            self._point_at(here)
            return
        moved = here - self._pressed_at
        if self._panned_to is None and moved.manhattanLength() < QApplication.startDragDistance():
            return
        step = here - (self._panned_to or self._pressed_at)
        self._panned_to = here
        self._hover(None)
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._camera.pan(step.x(), step.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.plane_clicks.takes(event.button()) or self._pressed_at is None:
            return
        was_click = self._panned_to is None
        self._pressed_at = self._panned_to = None
        self.viewport().unsetCursor()
        if was_click:
            self._on_clicked(self.part_at(event.position()), event.position().toPoint(), event.button())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and not self.plane_clicks.draws:
            self.fit()
        else:
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in ZOOM_KEYS:
            self.zoom_by(ZOOM_KEYS[key], QPointF(self.viewport().rect().center()))
        elif key in PAN_KEYS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._camera.pan(*PAN_KEYS[key])
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Escape and self.selected is not None:
            self._choose(None)
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def event(self, event: QEvent) -> bool:
        # Gestures come here once the viewport has passed them on. Not `viewportEvent`: that is also
        # asked before every paint, and would take the interpreter from the training thread.
        pinch = pinch_of(event, self.viewport())
        if pinch is not None:
            self.zoom_by(pinch.factor, pinch.center)
            return True
        return super().event(event)

    def _on_clicked(self, part: Part | None, place: QPoint, button: Qt.MouseButton) -> None:
        if isinstance(part, PlanePart):
            self.plane_clicks.click(part, button)
            return
        if not isinstance(part, GapPart):
            self._choose(part)
            return
        state, picture = self._renderer.state, self._renderer.picture
        if state is not None and picture is not None:
            self._hover(None)
            self._hidden.open_at(place, hidden_neurons(part, state, picture))

    def _choose(self, part: Part | None) -> None:
        if not isinstance(part, Selectable):
            part = None
        if part != self.selected:
            self.select(part)
            self.selection_changed.emit(part)

    def _point_at(self, point: QPointF) -> None:
        self._pointer = point
        self._hover(self.part_at(point), point.toPoint())

    def _hover(self, part: Part | None, point: QPoint | None = None) -> None:
        if part != self._hovered:
            self._hovered = part
            self._renderer.set_hovered(part)
            self.hovered_changed.emit(part)
        if part is None or point is None:
            self._label.hide()
        else:
            self._label.show_lines(self._renderer.lines_about(part), point)

    def _on_choices_changed(self) -> None:
        if self._label.isVisible():
            self._point_at(self._pointer)

    def _on_theme_changed(self) -> None:
        self._renderer.set_calm(self._source.is_motion_reduced)
        self.setBackgroundBrush(self._source.theme.stage)
        self._renderer.forget_colors()
        if self._camera.is_fitted:
            self.fit()
