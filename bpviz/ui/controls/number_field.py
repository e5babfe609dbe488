"""A number that is dragged, turned with the wheel or typed, with a track that shows where it lies."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.ui.controls.number_editor import NumberEditor
from bpviz.ui.controls.number_range import NumberRange
from bpviz.ui.controls.painting import control_box, field_fill, fill_rounded, focus_ring, shows_focus, smooth
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource

_HEIGHT = 26
_WIDTH = 110
_RADIUS = 6
_PADDING = 8
_TRACK = 2
_DRAG_STARTS_PX = 4
_FINE_SHARE = 0.1
_PAGE_STEPS = 10
_WHEEL_NOTCH = 120
_WHEEL_SETTLES_MS = 400
_STEPS_OF_KEY = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_PageUp: _PAGE_STEPS,
    Qt.Key.Key_PageDown: -_PAGE_STEPS,
}
_SHARE_OF_KEY = {Qt.Key.Key_Home: 0.0, Qt.Key.Key_End: 1.0}


class NumberField(QWidget):
    """A field for one number of a `NumberRange`.

    Drag sideways (Shift: ten times finer), press arrow keys (Home and End: the limits), or click and
    type: Enter takes what was typed, Escape brings back what was there. The wheel turns the number
    only while the field has the focus or was dragged since the pointer came; else it is left to what
    scrolls, so that scrolling past a field never edits it.

    The focus goes back to the window once typing begun by a click is over, and on Escape.

    `value_changed(float)` follows every movement; `value_committed(float)` comes once at its end.
    `set_value` is silent.
    """

    value_changed = Signal(float)
    value_committed = Signal(float)

    def __init__(
        self,
        source: ThemeSource,
        label: str,
        limits: NumberRange,
        value: float,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._label = label
        self._range = limits
        self._value = limits.clamp(value)
        self._press_x: float | None = None
        self._drag_share = 0.0
        self._is_dragging = False
        self._was_dragged = False
        self._keeps_focus = False
        self._start_value = self._value
        self._wheel_rest = 0
        self._create_parts()
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self._describe()

    @property
    def value(self) -> float:
        """The number held now."""
        return self._value

    @property
    def limits(self) -> NumberRange:
        """What the field may hold."""
        return self._range

    @property
    def is_editing(self) -> bool:
        """Whether the user is typing into the field."""
        return self._editor.isVisible()

    def set_value(self, value: float) -> None:
        """Show another number without telling anyone."""
        self._value = self._range.clamp(value)
        self._describe()
        self.update()

    def set_label(self, label: str) -> None:
        """Name the field differently for screen readers."""
        self._label = label
        self._editor.setAccessibleName(label)
        self._describe()

    def set_limits(self, limits: NumberRange) -> None:
        """Hold numbers of another range; the present one is brought inside it, silently."""
        self._range = limits
        self.set_value(self._value)

    def sizeHint(self) -> QSize:
        return QSize(self._source.px(_WIDTH), self._source.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._source.px(_WIDTH * 0.6), self._source.px(_HEIGHT))

    def start_editing(self, text: str | None = None) -> None:
        """Let the user type, beginning with `text` or with the present value selected."""
        self._start_value = self._value
        self._keeps_focus = self.hasFocus()
        shown = self._range.text(self._value) if text is None else text
        self._editor.open_with(shown, is_selected=text is None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._source.theme, self._source.px
        painter = smooth(QPainter(self))
        is_lit = self.underMouse() or self._is_dragging
        fill = field_fill(theme, is_enabled=self.isEnabled(), is_hovered=is_lit and not self.is_editing)
        control_box(painter, self.rect(), px(_RADIUS), fill, theme.control_line)
        if not self.is_editing:
            self._paint_value(painter)
        if self.isEnabled():
            self._paint_track(painter)
        if shows_focus(self) or self.is_editing:
            focus_ring(painter, self.rect(), px(_RADIUS), theme.ink)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._press_x = event.position().x()
            self._drag_share = self._range.share(self._value)
            self._start_value = self._value

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press_x is None:
            return
        moved = event.position().x() - self._press_x
        if not self._is_dragging and abs(moved) < _DRAG_STARTS_PX:
            return
        self._is_dragging = self._was_dragged = True
        is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._press_x = event.position().x()
        self._drag_share += moved / max(1, self._track_width()) * (_FINE_SHARE if is_fine else 1.0)
        self._drag_share = min(1.0, max(0.0, self._drag_share))
        self._change(self._range.at_share(self._drag_share))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press_x is None:
            return
        was_drag, self._is_dragging, self._press_x = self._is_dragging, False, None
        if was_drag:
            self._commit()
        elif self.rect().contains(event.position().toPoint()):
            self.start_editing()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not (self.hasFocus() or self.is_editing or self._was_dragged):
            event.ignore()
            return
        self._wheel_rest += event.angleDelta().y()
        # Fine wheels and touchpads send parts of a notch; int() keeps the rest for the next event.
        steps = int(self._wheel_rest / _WHEEL_NOTCH)
        self._wheel_rest -= steps * _WHEEL_NOTCH
        if steps:
            self._turn(steps)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._cancel()
        elif (key in _STEPS_OF_KEY or key in _SHARE_OF_KEY) and not self.is_editing:
            self._step_to(self._value_by_key(key))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.start_editing()
        elif event.text().strip() and event.text() in "0123456789.,-":
            self.start_editing(event.text())
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._was_dragged = False
        self.update()

    def resizeEvent(self, event: QEvent) -> None:
        self._place_editor()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def _create_parts(self) -> None:
        self._editor = NumberEditor(self._source, self)
        self._editor.setAccessibleName(self._label)
        self._editor.typing_ended.connect(self._on_typing_ended)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_WHEEL_SETTLES_MS)
        self._settle.timeout.connect(self._commit)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        # Not by click: a field that was dragged must not keep the keys of the window, unseen.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _paint_value(self, painter: QPainter) -> None:
        theme, padding = self._source.theme, self._source.px(_PADDING)
        painter.setPen(theme.text if self.isEnabled() else theme.disabled)
        painter.setFont(self._source.font(FontRole.VALUE))
        space = self.rect().adjusted(padding, 0, -padding, -self._text_lift())
        text = painter.fontMetrics().elidedText(
            self._range.text(self._value), Qt.TextElideMode.ElideRight, space.width()
        )
        painter.drawText(space, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_track(self, painter: QPainter) -> None:
        theme, px = self._source.theme, self._source.px
        height = px(_TRACK)
        track = QRectF(px(_PADDING), self.height() - height - px(3), self._track_width(), height)
        fill_rounded(painter, track, height / 2, blend(theme.strong_line, theme.control, 0.9))
        track.setWidth(max(float(height), track.width() * self._range.share(self._value)))
        fill_rounded(painter, track, height / 2, theme.secondary)

    def _text_lift(self) -> int:
        return self._source.px(_TRACK + 1)

    def _track_width(self) -> int:
        return self.width() - 2 * self._source.px(_PADDING)

    def _place_editor(self) -> None:
        padding = self._source.px(_PADDING)
        # A line edit keeps 2 px around its text; the typed text shall stand where the shown one stood.
        self._editor.setGeometry(
            padding - 2, 1, self.width() - 2 * padding + 4, self.height() - 1 - self._text_lift()
        )

    def _change(self, value: float) -> None:
        if value == self._value:
            return
        self.set_value(value)
        self.value_changed.emit(value)

    def _turn(self, steps: int) -> None:
        typed = self._range.parse(self._editor.text()) if self.is_editing else None
        self._change(self._range.stepped(self._value if typed is None else typed, steps))
        self._editor.show_text(self._range.text(self._value))
        self._settle.start()

    def _value_by_key(self, key: Qt.Key) -> float:
        if key in _SHARE_OF_KEY:
            return self._range.at_share(_SHARE_OF_KEY[key])
        return self._range.stepped(self._value, _STEPS_OF_KEY[key])

    def _step_to(self, value: float) -> None:
        if value != self._value:
            self._change(value)
            self._commit()

    def _commit(self) -> None:
        self._settle.stop()
        self.value_committed.emit(self._value)

    def _cancel(self) -> None:
        if not self._is_dragging:
            self.clearFocus()
            return
        self._is_dragging, self._press_x = False, None
        self._change(self._start_value)
        self.update()

    def _on_typing_ended(self, takes_text: bool) -> None:
        typed = self._range.parse(self._editor.text()) if takes_text else self._start_value
        self._editor.close_quietly(self if self._keeps_focus else None)
        if typed is not None:
            self._step_to(typed)
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(f"{self._label}: {self._range.text(self._value)}")

    def _on_look_changed(self) -> None:
        self._place_editor()
        self.updateGeometry()
        self.update()
