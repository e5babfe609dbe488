"""The black square to draw a digit on, with mouse, finger or pen.

Everything painted is a plain C++ item; the scene is measured in ink pixels, so nothing depends on the
size on screen.
"""

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QSizePolicy, QWidget

from bpviz.data.rasterize import Ink
from bpviz.errors import DataError
from bpviz.ui.draw.canvas_frame import BLACK, DRAW_HINT, DROP_HINT, SIDE, CanvasFrame, CanvasLook
from bpviz.ui.draw.ink_items import InkItems, InkTint
from bpviz.ui.draw.picture_offer import holds_picture, offered_picture
from bpviz.ui.draw.pointer_input import PointerInput
from bpviz.ui.style.theme import DARK
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.drawing import Drawing

_SMALLEST_PX = 120
_KEYBOARD_FOCUS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class DigitCanvas(QGraphicsView):
    """Shows a drawing and lets the user change it; lives in the GUI thread.

    Signals
    -------
    drawing_changed
        The drawing has other ink now: at every point of a stroke, at undo and clear.
    stroke_started
        The user puts the pen down; the canvas is still as it was.
    stroke_finished
        The pen was lifted.
    picture_offered
        With the `PictureOffer` that was pasted or dropped; who reads it calls `show_picture`.
    picture_refused
        With a sentence: what was pasted or dropped is no picture.
    picture_wanted
        The user wants to choose a picture.
    """

    drawing_changed = Signal()
    stroke_started = Signal()
    stroke_finished = Signal()
    picture_offered = Signal(object)
    picture_refused = Signal(str)
    picture_wanted = Signal()

    def __init__(
        self,
        source: ThemeSource,
        drawing: Drawing,
        parent: QWidget | None = None,
        *,
        look: CanvasLook = CanvasLook.IN_PANEL,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._look = look
        self._drawing = drawing
        self._words = DRAW_HINT
        self._create_items()
        self._set_up_view()
        self._pointer = PointerInput(self.viewport(), self)
        self._pointer.pressed.connect(self._on_pressed)
        self._pointer.moved.connect(self._on_moved)
        self._pointer.released.connect(self.end_stroke)
        self._pointer.cancelled.connect(self._on_cancelled)
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def hint_text(self) -> str:
        """What an empty canvas asks for."""
        return self._frame.hint_text

    def set_hint(self, words: tuple[str, str] | None) -> None:
        """Ask for this while the canvas is empty, what and how; None for any digit."""
        self._words = words or DRAW_HINT
        self._frame.set_hint(self._words)

    def begin_stroke(self, x: float, y: float) -> None:
        """Put the pen down at (x, y), in canvas sides."""
        self._drawing.begin_stroke(x, y)
        self._ink.begin_stroke(x, y, self._drawing.pen_width)
        self._frame.show_hint(False)
        self.drawing_changed.emit()

    def extend_stroke(self, x: float, y: float) -> None:
        """Lead the pen on to (x, y), in canvas sides."""
        if self._drawing.extend_stroke(x, y):
            self._ink.extend_stroke(x, y)
            self.drawing_changed.emit()

    def end_stroke(self) -> None:
        """Lift the pen."""
        if self._drawing.is_stroke_open:
            self._drawing.end_stroke()
            self.stroke_finished.emit()

    def undo(self) -> None:
        """Take back the last stroke or clearing."""
        if self._drawing.undo():
            self._on_replaced()

    def clear(self) -> None:
        """Take everything off; it can be undone."""
        if self._drawing.clear():
            self._on_replaced()

    def refresh(self) -> None:
        """Show a drawing that was changed from outside."""
        self._on_replaced()

    def show_picture(self, ink: Ink) -> None:
        """Put a picture's ink, shape (INK_SIZE, INK_SIZE), in place of the drawing; it can be undone."""
        self._drawing.replace_picture(ink)
        self._on_replaced()

    def set_takes_pictures(self, takes: bool) -> None:
        """Allow pasting and dropping pictures, or not."""
        self.setAcceptDrops(takes)

    def paste(self) -> None:
        """Offer the picture on the clipboard."""
        if self.acceptDrops():
            self._offer(QGuiApplication.clipboard().mimeData())

    def set_pen_width(self, pen_width: float) -> None:
        """Draw the next strokes this wide, in canvas sides."""
        self._drawing.set_pen_width(pen_width)
        self._update_cursor()

    def show_crop(self, box: QRectF | None) -> None:
        """Show the dashed box around the ink, in ink pixels, or none."""
        self._frame.show_crop(box)

    def show_tint(self, tint: InkTint | None) -> None:
        """Colour the ink with a picture, or leave it white."""
        self._ink.set_tint(tint)

    def sizeHint(self) -> QSize:
        side = self._source.px(402)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return QSize(_SMALLEST_PX, _SMALLEST_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
            self.clear()
        else:
            # Not to the base class: a scroll area swallows arrow keys, which the window wants.
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._frame.set_lit(event.reason() in _KEYBOARD_FOCUS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._frame.set_lit(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_picture(event.mimeData()):
            self._show_drop(True)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_drop(False)
        self._offer(event.mimeData())
        event.acceptProposedAction()

    def _create_items(self) -> None:
        scene = QGraphicsScene(0.0, 0.0, SIDE, SIDE, self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._frame = CanvasFrame(self._source, scene)
        self._ink = InkItems(scene)
        self.setScene(scene)

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setInteractive(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Canvas to draw a digit on")
        self.setAccessibleDescription(
            "Ctrl+Z takes back a stroke, Delete or Escape clears the canvas, Ctrl+V pastes a picture."
        )
        self.set_takes_pictures(True)

    def _on_pressed(self, position: QPointF) -> None:
        self.stroke_started.emit()
        self.begin_stroke(*self._to_canvas(position))

    def _on_moved(self, position: QPointF) -> None:
        self.extend_stroke(*self._to_canvas(position))

    def _on_cancelled(self) -> None:
        if self._drawing.is_stroke_open:
            self.undo()

    def _on_replaced(self) -> None:
        self._ink.show_all(self._drawing.strokes, self._drawing.picture)
        self._frame.show_hint(self._drawing.is_empty)
        self.drawing_changed.emit()

    def _offer(self, data: QMimeData | None) -> None:
        try:
            offer = offered_picture(data)
        except DataError as error:
            self.picture_refused.emit(str(error))
        else:
            self.picture_offered.emit(offer)

    def _show_drop(self, is_over: bool) -> None:
        self._frame.set_lit(is_over)
        self._frame.set_hint(DROP_HINT if is_over else self._words)
        self._frame.show_hint(is_over or self._drawing.is_empty)

    def _to_canvas(self, position: QPointF) -> tuple[float, float]:
        scene, _ = self.viewportTransform().inverted()
        point = scene.map(position)
        return point.x() / SIDE, point.y() / SIDE

    def _on_theme_changed(self) -> None:
        self.setBackgroundBrush(self._look.ground(self._source.theme))
        self._frame.set_look(self._look)
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        side_px = min(self.viewport().width(), self.viewport().height())
        if side_px < 1:
            return
        scale = side_px / SIDE
        self.resetTransform()
        self.scale(scale, scale)
        self._ink.set_pixel_size(1.0 / scale)
        self._frame.fit(scale)
        self._update_cursor()

    def _update_cursor(self) -> None:
        width_px = self._drawing.pen_width * SIDE * self.transform().m11()
        self.viewport().setCursor(_ring_cursor(width_px, self.devicePixelRatioF()))


def _ring_cursor(width_px: float, device_ratio: float) -> QCursor:
    """Return a ring as wide as the pen: light outside, dark inside, so that it shows on ink and on black."""
    side = round(width_px) + 5
    picture = QPixmap(round(side * device_ratio), round(side * device_ratio))
    picture.setDevicePixelRatio(device_ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(side / 2.0, side / 2.0)
    for color, radius in ((DARK.text, width_px / 2.0 + 0.5), (BLACK, width_px / 2.0 - 0.5)):
        painter.setPen(QPen(color, 1.0))
        painter.drawEllipse(middle, radius, radius)
    painter.end()
    return QCursor(picture, side // 2, side // 2)
