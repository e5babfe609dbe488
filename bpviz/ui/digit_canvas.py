"""The black square to draw a digit on, with mouse, finger or pen.

Everything painted is a plain C++ item; the scene is measured in ink pixels, so nothing depends on the
size on screen.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
    QSizePolicy,
    QWidget,
)

from bpviz.data.rasterize import INK_SIZE
from bpviz.ui.fonts import FontRole
from bpviz.ui.ink_items import InkItems, InkTint
from bpviz.ui.pointer_input import PointerInput
from bpviz.ui.theme import DARK, blend
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.drawing import Drawing

_SIDE = float(INK_SIZE)
_BLACK = QColor(0, 0, 0)
_RADIUS_PX = 10
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
    stroke_finished
        The pen was lifted.
    """

    drawing_changed = Signal()
    stroke_finished = Signal()

    def __init__(self, source: ThemeSource, drawing: Drawing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._drawing = drawing
        self._has_ring = False
        self._create_items()
        self._set_up_view()
        self._pointer = PointerInput(self.viewport(), self)
        self._pointer.pressed.connect(self._on_pressed)
        self._pointer.moved.connect(self._on_moved)
        self._pointer.released.connect(self._on_released)
        self._pointer.cancelled.connect(self._on_cancelled)
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

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

    def set_pen_width(self, pen_width: float) -> None:
        """Draw the next strokes this wide, in canvas sides."""
        self._drawing.set_pen_width(pen_width)
        self._update_cursor()

    def show_crop(self, box: QRectF | None) -> None:
        """Show the dashed box around the ink, in ink pixels, or none."""
        self._crop.setVisible(box is not None)
        if box is not None:
            self._crop.setRect(box)

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
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
            self.clear()
        else:
            # Not to the base class: a scroll area swallows arrow keys, which the window wants.
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_ring(event.reason() in _KEYBOARD_FOCUS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_ring(False)

    def _create_items(self) -> None:
        scene = QGraphicsScene(0.0, 0.0, _SIDE, _SIDE, self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._paper = QGraphicsRectItem(0.0, 0.0, _SIDE, _SIDE)
        self._paper.setBrush(_BLACK)
        self._paper.setPen(Qt.PenStyle.NoPen)
        self._crop = QGraphicsRectItem()
        self._crop.setVisible(False)
        self._crop.setPen(_hairline(blend(DARK.tertiary, _BLACK, 0.7), Qt.PenStyle.DashLine))
        self._corners, self._frame = QGraphicsPathItem(), QGraphicsPathItem()
        self._corners.setPen(Qt.PenStyle.NoPen)
        self._hint, self._hint_more = _text("Draw a digit"), _text("with mouse, finger or pen")
        for depth, item in enumerate((self._paper, self._hint, self._hint_more, self._crop)):
            item.setZValue(depth - 10)
            scene.addItem(item)
        for depth, item in enumerate((self._corners, self._frame)):
            item.setZValue(depth + 10)
            scene.addItem(item)
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
        self.setAccessibleDescription("Ctrl+Z takes back a stroke, Delete or Escape clears the canvas.")

    def _on_pressed(self, position: QPointF) -> None:
        x, y = self._to_canvas(position)
        self._drawing.begin_stroke(x, y)
        self._ink.begin_stroke(x, y, self._drawing.pen_width)
        self._show_hint(False)
        self.drawing_changed.emit()

    def _on_moved(self, position: QPointF) -> None:
        x, y = self._to_canvas(position)
        if self._drawing.extend_stroke(x, y):
            self._ink.extend_stroke(x, y)
            self.drawing_changed.emit()

    def _on_released(self) -> None:
        if self._drawing.is_stroke_open:
            self._drawing.end_stroke()
            self.stroke_finished.emit()

    def _on_cancelled(self) -> None:
        if self._drawing.is_stroke_open:
            self.undo()

    def _on_replaced(self) -> None:
        self._ink.show_all(self._drawing.strokes)
        self._show_hint(self._drawing.is_empty)
        self.drawing_changed.emit()

    def _to_canvas(self, position: QPointF) -> tuple[float, float]:
        scene, _ = self.viewportTransform().inverted()
        point = scene.map(position)
        return point.x() / _SIDE, point.y() / _SIDE

    def _show_hint(self, is_shown: bool) -> None:
        self._hint.setVisible(is_shown)
        self._hint_more.setVisible(is_shown)

    def _show_ring(self, is_shown: bool) -> None:
        self._has_ring = is_shown
        self._frame.setPen(self._frame_pen())

    def _frame_pen(self) -> QPen:
        theme = self._source.theme
        pen = QPen(theme.ink if self._has_ring else theme.strong_line, 4.0 if self._has_ring else 2.0)
        pen.setCosmetic(True)
        return pen

    def _on_theme_changed(self) -> None:
        theme = self._source.theme
        self.setBackgroundBrush(theme.panel)
        self._corners.setBrush(theme.panel)
        self._frame.setPen(self._frame_pen())
        self._hint.setFont(self._source.font(FontRole.BIG_NUMBER))
        self._hint_more.setFont(self._source.font(FontRole.BODY))
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        side_px = min(self.viewport().width(), self.viewport().height())
        if side_px < 1:
            return
        scale = side_px / _SIDE
        self.resetTransform()
        self.scale(scale, scale)
        self._ink.set_pixel_size(1.0 / scale)
        self._place_frame(self._source.px(_RADIUS_PX) / scale)
        self._place_hint(scale)
        self._update_cursor()

    def _place_frame(self, radius: float) -> None:
        square = QRectF(0.0, 0.0, _SIDE, _SIDE)
        rounded = QPainterPath()
        rounded.addRoundedRect(square, radius, radius)
        around = QPainterPath()
        around.addRect(square.adjusted(-1.0, -1.0, 1.0, 1.0))
        self._frame.setPath(rounded)
        self._corners.setPath(around.subtracted(rounded))

    def _place_hint(self, scale: float) -> None:
        above = self._hint.boundingRect()
        below = self._hint_more.boundingRect()
        top = _SIDE / 2.0 - (above.height() + below.height()) / scale / 2.0
        self._hint.setPos((_SIDE - above.width() / scale) / 2.0, top)
        self._hint_more.setPos((_SIDE - below.width() / scale) / 2.0, top + above.height() / scale)

    def _update_cursor(self) -> None:
        width_px = self._drawing.pen_width * _SIDE * self.transform().m11()
        self.viewport().setCursor(_ring_cursor(width_px, self.devicePixelRatioF()))


def _hairline(color: QColor, style: Qt.PenStyle) -> QPen:
    pen = QPen(color, 1.0, style)
    pen.setCosmetic(True)
    return pen


def _text(text: str) -> QGraphicsSimpleTextItem:
    item = QGraphicsSimpleTextItem(text)
    item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
    item.setBrush(DARK.tertiary)
    return item


def _ring_cursor(width_px: float, device_ratio: float) -> QCursor:
    """Return a ring as wide as the pen: light outside, dark inside, so that it shows on ink and on black."""
    side = round(width_px) + 5
    picture = QPixmap(round(side * device_ratio), round(side * device_ratio))
    picture.setDevicePixelRatio(device_ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(side / 2.0, side / 2.0)
    for color, radius in ((DARK.text, width_px / 2.0 + 0.5), (_BLACK, width_px / 2.0 - 0.5)):
        painter.setPen(QPen(color, 1.0))
        painter.drawEllipse(middle, radius, radius)
    painter.end()
    return QCursor(picture, side // 2, side // 2)
