"""The stage of one neuron: the drawing, the switches under it, and the keys that move what is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.lesson_stage import LessonStage
from bpviz.ui.teach.neuron_glide import GLIDE_MS, NeuronGlide
from bpviz.ui.teach.neuron_view import NeuronView
from bpviz.viewmodel.lessons.neuron import MOST_INPUTS, Handle
from bpviz.viewmodel.lessons.neuron_layout import NeuronLayout
from bpviz.viewmodel.lessons.neuron_picture import NeuronPicture
from bpviz.viewmodel.network.graph_geometry import Rect

ACTIVATION_SWITCH, DRAWING_SWITCH = "activation", "drawing"
SWITCHES = (ACTIVATION_SWITCH, DRAWING_SWITCH)
PARTS = frozenset(
    {
        "inputs",
        "weights",
        "bias",
        "port",
        "sum",
        "activation",
        "output",
        "neuron",
        "switches",
        *(f"{name}-{n}" for name in ("input", "weight") for n in range(1, MOST_INPUTS + 1)),
    }
)
_ACTIVATIONS = ("sigmoid", "step", "relu")
_MANY = 5


class NeuronStage(LessonStage):
    """Lives in the GUI thread; shows what it is told and tells what the learner does.

    Signals
    -------
    moved, dropped
        A handle is wanted at a value; it was let go there.
    activation_chosen, drawing_chosen
        Another activation; the bias as an input (True) or beside the sum.
    """

    moved = Signal(object, float)
    dropped = Signal(object)
    activation_chosen = Signal(str)
    drawing_chosen = Signal(bool)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.view = NeuronView(source, self)
        self._glide = NeuronGlide(self)
        segments = [Segment("Sigmoid"), Segment("Step"), Segment("ReLU")]
        self.activations = SegmentedControl(source, segments)
        self.drawings = SegmentedControl(source, [Segment("+ b"), Segment("1 × b")])
        self._foot = QWidget(self)
        self._row = QHBoxLayout(self._foot)
        self._labels = TextLabel(source, "Activation"), TextLabel(source, "Bias drawn as")
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._glide.came.connect(self.view.show_picture)
        self.view.moved.connect(self.moved)
        self.view.dropped.connect(self.dropped)
        self.activations.index_changed.connect(lambda i: self.activation_chosen.emit(_ACTIVATIONS[i]))
        self.drawings.index_changed.connect(lambda i: self.drawing_chosen.emit(bool(i)))
        source.changed.connect(self._place)
        self.view.resized.connect(self._place)
        self.show_switches(())

    def show_picture(self, picture: NeuronPicture) -> None:
        """Show another neuron, or the same otherwise, at once."""
        self._glide.stop()
        self.view.show_picture(picture)
        self._say(picture)

    def glide_to(self, picture: NeuronPicture) -> int:
        """Let the eye follow to another picture; return the milliseconds it takes, 0 for at once."""
        shown = self.view.picture
        is_still = self._source.is_motion_reduced or not self.isVisible()
        if shown is None or shown.neuron == picture.neuron or is_still:
            self.show_picture(picture)
            return 0
        self._glide.start(shown, picture)
        self._say(picture)
        return GLIDE_MS

    def show_switches(self, switches: Sequence[str]) -> None:
        """Offer these of `SWITCHES`."""
        for name, control, label in zip(
            SWITCHES, (self.activations, self.drawings), self._labels, strict=True
        ):
            control.setVisible(name in switches)
            label.setVisible(name in switches)
        self._foot.setVisible(bool(switches))
        self._place()

    def part_rect(self, part: str) -> QRect | None:
        layout, picture = self.view.places, self.view.picture
        if layout is None or picture is None:
            return None
        if part == "switches":
            return self._foot.geometry() if self._foot.isVisible() else None
        rects = _part_rects(part, layout, picture.is_input)
        if part == "weights":
            rects.append(_between(layout))
        if not rects:
            return None
        left, top = min(rect.x for rect in rects), min(rect.y for rect in rects)
        right, bottom = max(rect.right for rect in rects), max(rect.bottom for rect in rects)
        return QRect(round(left), round(top), round(right - left), round(bottom - top))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        chosen = self.view.chosen
        plain = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if direction is None or chosen is None or plain:
            super().keyPressEvent(event)
            return
        is_much = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.view.turn(chosen, direction * (_MANY if is_much else 1))

    def focusNextPrevChild(self, next: bool) -> bool:
        """Let Tab go through the handles before it leaves the drawing."""
        picture = self.view.picture
        if not self.hasFocus() or picture is None or picture.is_held:
            return super().focusNextPrevChild(next)
        handles: list[Handle] = list(picture.neuron.handles)
        chosen = self.view.chosen
        place = (-1 if next else len(handles)) if chosen is None else handles.index(chosen)
        place += 1 if next else -1
        if 0 <= place < len(handles):
            self.view.choose(handles[place])
            return True
        self.view.choose(None)
        return super().focusNextPrevChild(next)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.view.choose(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.setGeometry(self.rect())
        self._place()

    def _say(self, picture: NeuronPicture) -> None:
        self.setAccessibleName(picture.description)
        if picture.neuron.activation in _ACTIVATIONS:
            self.activations.set_index(_ACTIVATIONS.index(picture.neuron.activation))
        self.drawings.set_index(int(picture.is_input))
        self._foot.setEnabled(not picture.is_held)

    def _lay_out(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        for label, control in zip(self._labels, (self.activations, self.drawings), strict=True):
            self._row.addWidget(label)
            self._row.addWidget(control)

    def _place(self) -> None:
        layout = self.view.places
        if layout is None:
            return
        self._row.setSpacing(self._source.px(10))
        self._foot.adjustSize()
        self._foot.move(0, round(layout.foot_y - self._foot.height() / 2))
        self._foot.raise_()


def _part_rects(part: str, layout: NeuronLayout, is_input: bool) -> list[Rect]:
    name, _, number = part.partition("-")
    if number:
        return _handle_rects(name, layout)[int(number) - 1 :][:1]
    if part == "bias":
        return [layout.bias_chip(is_input), *([layout.one] if is_input else [])]
    if part in ("inputs", "weights"):
        return _handle_rects(part.removesuffix("s"), layout)
    return [_large_rect(part, layout)]


def _between(layout: NeuronLayout) -> Rect:
    """Return where the lines of the weights are seen between the pixels and the sum."""
    first, last, port = layout.pixels[0], layout.pixels[-1], layout.port
    left = first.right + 2.0
    right = port.x - port.radius - 9.0 * layout.factor
    return Rect(left, first.center_y, right - left, last.center_y - first.center_y)


def _handle_rects(name: str, layout: NeuronLayout) -> list[Rect]:
    """Return the pixels with their names, or the weights' numbers."""
    if name == "weight":
        return list(layout.weight_chips)
    return [Rect(0.0, pixel.y, pixel.right, pixel.height) for pixel in layout.pixels]


def _large_rect(part: str, layout: NeuronLayout) -> Rect:
    body, disc, u = layout.body, layout.disc, layout.factor
    split = layout.plot.y - 9.0 * u
    left = layout.label_left - 9.0 * u
    port = layout.port
    match part:
        case "port":
            return Rect(port.x - port.radius, port.y - port.radius, 2 * port.radius, 2 * port.radius)
        case "sum":
            return Rect(left, body.y, body.right - left, split - body.y)
        case "activation":
            return Rect(left, split, body.right - left, body.bottom - split)
        case "output":
            side = 2 * disc.radius
            return Rect(disc.x - disc.radius, disc.y - disc.radius - 34.0 * u, side, side + 68.0 * u)
        case _:
            return Rect(port.x - port.radius, body.y, body.right - port.x + port.radius, body.height)
