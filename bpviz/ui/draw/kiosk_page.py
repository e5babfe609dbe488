"""The stand's page: a large canvas, the network, the answer in huge type, and nothing to get lost in."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent, QWheelEvent

from bpviz.data.drawing_check import doubt_about
from bpviz.data.pen_strokes import PenStroke
from bpviz.nn.network import Network
from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.panel import Panel
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.draw.canvas_frame import CanvasLook
from bpviz.ui.draw.digit_canvas import DigitCanvas
from bpviz.ui.draw.kiosk_answer import KioskAnswer
from bpviz.ui.draw.kiosk_layout import kiosk_layout
from bpviz.ui.network.network_view import NetworkView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.drawing import Drawing
from bpviz.viewmodel.drawing.kiosk_script import ClearAll, Deed, KioskScript, PenDown, PenMove
from bpviz.viewmodel.drawing.kiosk_words import kiosk_words
from bpviz.viewmodel.drawing.reading import Reading, read_drawing
from bpviz.viewmodel.network.graph_geometry import Arrangement
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.run.phases import Phase

_TICK_MS = 33


class KioskPage(Panel):
    """Draws, reads and clears itself; belongs to the GUI thread and needs nobody but its visitors.

    Only the canvas and the clear button answer the hand, only Escape and F11 the keyboard.

    Parameters
    ----------
    next_demo
        Gives the strokes of another digit, drawn while nobody is there.

    Signals
    -------
    leave_requested
        Escape or F11 was pressed.
    """

    leave_requested = Signal()

    def __init__(
        self,
        source: ThemeSource,
        next_demo: Callable[[], tuple[PenStroke, ...]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__("stage")
        self._source = source
        self._drawing = Drawing()
        self._script = KioskScript(clock, next_demo)
        self._network: Network | None = None
        self._reading: Reading | None = None
        self._is_acting = False
        self._create()
        self._connect()
        self._show_reading()

    @property
    def reading(self) -> Reading | None:
        """What the drawing is read as; None before there is a network."""
        return self._reading

    @property
    def strokes(self) -> tuple[PenStroke, ...]:
        """The strokes on the canvas, a visitor's or the demonstration's."""
        return self._drawing.strokes

    @property
    def line_text(self) -> str:
        """What stands under the clear button."""
        return self._line.text()

    @property
    def clear_after_s(self) -> float:
        """How long a drawing stays that nobody touches."""
        return self._script.clear_after_s

    def set_clear_after(self, seconds: float) -> None:
        """Let a drawing stay for so long, within reason."""
        self._script.set_clear_after(seconds)

    def show_network(self, network: Network, caption: str) -> None:
        """Read with this network from now on, named by `caption`.

        Raises
        ------
        ShapeError
            If the network does not take 28 x 28 pixels; what was shown before stays.
        """
        read_drawing(network, self._drawing.prepared())
        self._network = network
        self._caption.setText(caption)
        self._show_reading()

    def begin(self) -> None:
        """Begin with an empty canvas, as for a first visitor."""
        self._script.touch()
        self.canvas.clear()
        self._show_line()

    def tick(self) -> None:
        """Do what is due; the page's own timer asks thirty times a second while it is seen."""
        if self._drawing.is_stroke_open and not self._script.is_demonstrating:
            self._script.touch()
        self._is_acting = True
        for deed in self._script.tick(is_empty=self._drawing.is_empty):
            self._act(deed)
        self._is_acting = False
        self._show_line()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11) and not event.isAutoRepeat():
            self.leave_requested.emit()
        # Every other key ends here too: the window behind would train, open files, change pages.
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._on_touched()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _create(self) -> None:
        source = self._source
        self.canvas = DigitCanvas(source, self._drawing, self, look=CanvasLook.ON_STAND)
        self.canvas.set_takes_pictures(False)
        self.network_view = NetworkView(source, self)
        self.network_view.set_arrangement(Arrangement.DRAW)
        self.network_view.sort_neurons()
        # A picture and nothing else: no part of it can be selected, zoomed or lost from sight.
        self.network_view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.network_view.ungrabGesture(Qt.GestureType.PinchGesture)
        self.answer = KioskAnswer(source, self)
        self.clear = Button(source, "Clear", icon="trash", parent=self)
        self.clear.set_role(FontRole.BIG_NUMBER)
        self._line = TextLabel(source, "", FontRole.NUMBER, "secondary", self)
        self._line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._caption = TextLabel(source, "", FontRole.BODY, "secondary", self)
        self._way_out = TextLabel(source, "Esc leaves", FontRole.CAPTION, "tertiary", self)
        self._way_out.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for widget in (self.canvas, self.network_view, self.clear):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)

    def _connect(self) -> None:
        self.canvas.stroke_started.connect(self._on_touched)
        self.canvas.drawing_changed.connect(self._on_drawing_changed)
        self.canvas.stroke_finished.connect(self._on_stroke_finished)
        self.clear.clicked.connect(self.begin)
        self._timer.timeout.connect(self.tick)
        self._source.changed.connect(self._place)

    def _act(self, deed: Deed) -> None:
        if isinstance(deed, PenDown):
            self.canvas.begin_stroke(deed.x, deed.y)
        elif isinstance(deed, PenMove):
            self.canvas.extend_stroke(deed.x, deed.y)
        elif isinstance(deed, ClearAll):
            self.canvas.clear()
        else:
            self.canvas.end_stroke()

    def _on_touched(self) -> None:
        # What the demonstration drew goes at the first touch: the canvas is the visitor's.
        if self._script.touch():
            self.canvas.clear()
        self._show_line()

    def _on_drawing_changed(self) -> None:
        if not self._is_acting:
            self._script.touch()
        self._show_reading()

    def _on_stroke_finished(self) -> None:
        self._on_drawing_changed()
        self.network_view.sort_neurons()

    def _show_reading(self) -> None:
        if self._network is None:
            return
        prepared = self._drawing.prepared()
        doubt = None if self._drawing.is_stroke_open else doubt_about(prepared, self._drawing.pen_way)
        self._reading = read_drawing(self._network, prepared, doubt)
        self.answer.show_words(kiosk_words(self._reading))
        self.network_view.show_state(NetworkState(self._network, self._reading.sample, Phase.FORWARD))

    def _show_line(self) -> None:
        left = self._script.seconds_left(is_empty=self._drawing.is_empty)
        line = ""
        if self._script.is_demonstrating:
            line = "This draws itself. Touch the canvas: it is yours."
        elif left is not None:
            line = f"Clears itself in {left} s"
        if line != self._line.text():
            self._line.setText(line)

    def _place(self) -> None:
        places = kiosk_layout(self.width(), self.height(), self._source.factor)
        self.canvas.setGeometry(places.canvas)
        self.clear.setGeometry(places.clear)
        self._line.setGeometry(places.countdown)
        self.network_view.setGeometry(places.network)
        self.answer.setGeometry(places.answer)
        self.answer.set_words_beside(places.has_words_beside)
        self._caption.setGeometry(places.caption)
        self._way_out.setGeometry(places.way_out)
