"""All digits a class has collected as thumbnails, of which only those in sight are painted."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from bpviz.data.class_digits import ClassDigit
from bpviz.ui.controls.painting import outline_rounded, smooth
from bpviz.ui.gray_picture import gray_image
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

ARROW = "→"
_TILE, _PITCH, _ROW = 48, 57, 74
_MARGIN, _RADIUS = 4, 4
_CAPTION = 20
_FRAME_GAP, _FRAME = 3, 2.0
_IMAGE_SIDE = 28
_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_REMOVING_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class DigitGrid(QAbstractScrollArea):
    """Shows digits in the order given; one can be chosen, relabelled by a number key, or taken away.

    Signals
    -------
    digit_chosen
        The `ClassDigit` now framed, or None.
    label_typed
        A number key was pressed while a digit is framed.
    removal_requested
        Delete was pressed while a digit is framed.
    """

    digit_chosen = Signal(object)
    label_typed = Signal(int)
    removal_requested = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._digits: tuple[ClassDigit, ...] = ()
        self._readings: Mapping[str, int] = {}
        self._chosen: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setStyleSheet("background: transparent")
        self.setAccessibleName("Collected digits")
        self.setAccessibleDescription("Arrow keys choose, 0 to 9 give another label, Delete takes away.")
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def digits(self) -> tuple[ClassDigit, ...]:
        """What is shown, in its order."""
        return self._digits

    @property
    def chosen(self) -> ClassDigit | None:
        """The digit framed."""
        return None if self._chosen is None else self._digits[self._chosen]

    @property
    def shown_range(self) -> range:
        """Places of the digits in sight, wholly or partly."""
        row, columns = self._source.px(_ROW), self._n_columns
        top = self.verticalScrollBar().value()
        first, last = top // row, (top + self.viewport().height() - 1) // row
        return range(min(first * columns, len(self._digits)), min((last + 1) * columns, len(self._digits)))

    def show_digits(self, digits: Sequence[ClassDigit]) -> None:
        """Show these digits; the one framed stays framed if it is still among them."""
        kept = self.chosen
        self._digits = tuple(digits)
        self._chosen = next((i for i, digit in enumerate(self._digits) if digit is kept), None)
        self._fit_bar()
        if kept is not None and self._chosen is None:
            self.digit_chosen.emit(None)
        self.viewport().update()

    def show_readings(self, readings: Mapping[str, int]) -> None:
        """Name what each digit, by its key, is read as; those read wrongly are captioned in red."""
        self._readings = readings
        self.viewport().update()

    def choose(self, place: int | None) -> None:
        """Frame a digit, brought into sight, or none."""
        if place == self._chosen:
            return
        self._chosen = place
        if place is not None:
            self._bring_into_sight(place)
        self.digit_chosen.emit(self.chosen)
        self.viewport().update()

    def caption(self, digit: ClassDigit) -> str:
        """Return what stands under a digit: its label, and what it is read as if that is another."""
        read = self._readings.get(digit.key, digit.label)
        return str(digit.label) if read == digit.label else f"{digit.label}{ARROW}{read}"

    def tile_rect(self, place: int) -> QRectF:
        """Return where a digit's image stands, in viewport coordinates."""
        px = self._source.px
        row, column = divmod(place, self._n_columns)
        top = row * px(_ROW) + px(_MARGIN) - self.verticalScrollBar().value()
        return QRectF(column * self._pitch + px(_MARGIN), top, px(_TILE), px(_TILE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self.viewport()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place in self.shown_range:
            self._paint_tile(painter, place)
        painter.end()

    def _paint_tile(self, painter: QPainter, place: int) -> None:
        theme, px = self._source.theme, self._source.px
        digit, rect = self._digits[place], self.tile_rect(place)
        brush = QBrush(gray_image(digit.image))
        scale = rect.width() / _IMAGE_SIDE
        brush.setTransform(QTransform.fromTranslate(rect.left(), rect.top()).scale(scale, scale))
        # Black tiles stand out on a light ground by themselves; a pale rim would fray their corners.
        painter.setPen(QPen(theme.strong_line, 1.0) if theme.is_dark else Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), px(_RADIUS), px(_RADIUS))
        caption = self.caption(digit)
        is_wrong = ARROW in caption
        painter.setPen(theme.error_text if is_wrong else theme.secondary)
        painter.setFont(self._source.font(FontRole.VALUE if is_wrong else FontRole.BODY))
        below = QRectF(rect.left() - px(_MARGIN), rect.bottom(), rect.width() + 2 * px(_MARGIN), px(_CAPTION))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, caption)
        if place == self._chosen:
            gap = px(_FRAME_GAP)
            outline_rounded(
                painter, rect.adjusted(-gap, -gap, gap, gap), px(_RADIUS) + gap, theme.ink, _FRAME
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.choose(self._place_at(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # The press was used here: its release is not left to what lies behind.
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and self._digits:
            self._step(*_STEPS[key])
        elif self._chosen is None:
            event.ignore()
        elif key in _REMOVING_KEYS:
            self.removal_requested.emit()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.label_typed.emit(key - Qt.Key.Key_0)
        elif key == Qt.Key.Key_Escape:
            self.choose(None)
        else:
            # Not to the base class: a scroll area swallows keys the window wants.
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            place = self._place_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if place is None else self._words(place), self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()

    def _words(self, place: int) -> str:
        digit = self._digits[place]
        by = f", drawn by {digit.who}" if digit.who else ""
        read = self._readings.get(digit.key, digit.label)
        return f"{digit.label}{by}" + (f", read as {read}" if read != digit.label else "")

    def _step(self, across: int, down: int) -> None:
        if self._chosen is None:
            self.choose(self.shown_range.start)
            return
        place = self._chosen + across + down * self._n_columns
        if 0 <= place < len(self._digits):
            self.choose(place)

    def _place_at(self, at: QPoint) -> int | None:
        for place in self.shown_range:
            # The caption belongs to its tile.
            if self.tile_rect(place).adjusted(0, 0, 0, self._source.px(_CAPTION)).contains(at.toPointF()):
                return place
        return None

    @property
    def _n_columns(self) -> int:
        return max(1, self._room_width() // self._source.px(_PITCH))

    @property
    def _pitch(self) -> float:
        # The columns share the whole width, so that the last one ends where everything else does.
        px, columns = self._source.px, self._n_columns
        spare = self._room_width() - px(_TILE)
        return spare / (columns - 1) if columns > 1 else 0.0

    def _room_width(self) -> int:
        return self.viewport().width() - 2 * self._source.px(_MARGIN)

    def _bring_into_sight(self, place: int) -> None:
        bar, row = self.verticalScrollBar(), self._source.px(_ROW)
        top = place // self._n_columns * row
        bar.setValue(min(max(bar.value(), top + row - self.viewport().height()), top))

    def _fit_bar(self) -> None:
        row = self._source.px(_ROW)
        n_rows = -(-len(self._digits) // self._n_columns)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, n_rows * row - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(row // 2)

    def _on_look_changed(self) -> None:
        self.setMinimumHeight(self._source.px(_ROW))
        self._fit_bar()
        self.viewport().update()
