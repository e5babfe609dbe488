"""The strip at the window's foot: the loss of the whole run as a wave, its epochs and a playhead to drag."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QGraphicsLineItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QSizePolicy,
    QWidget,
)

from bpviz.ui.charts.position_requests import PositionRequests
from bpviz.ui.controls.painting import shows_focus
from bpviz.ui.lab.recording_epochs import LABEL_GAP, EpochNames
from bpviz.ui.lab.recording_wave import HEAD, LABEL_MIDDLE, RecordingWave
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.icons import icon_pixmap
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.run.curves import RunCurves
from bpviz.viewmodel.run.recording import recording, recording_reading
from bpviz.viewmodel.words.number_format import grouped, significant

REFRESH_INTERVAL_S = 1 / 3
HEIGHT = 52

_PADDING = 16
_ICON = 18
_CAPTION_LEFT = 44
_TRACK_LEFT = 168
_WAVE_TOP, _WAVE_FOOT = 24, 46
_LABEL_PITCH = 84
_FORK_REACH_PX = 5.0
"""A click this near to a fork means the fork: both branches have their common weights there."""
_LEFT, _RIGHT = Qt.Key.Key_Left, Qt.Key.Key_Right


class RecordingStrip(PlainView):
    """Shows the curves of a run that another view adds to. GUI thread only.

    Click, drag or arrow keys (Home and End too) ask for another iteration of the current branch.

    Signals
    -------
    position_requested
        The iteration to go to; while dragging at most ten times a second.

    Parameters
    ----------
    curves
        The run's curves; only read here.
    clock
        Seconds that never go back.
    """

    position_requested = Signal(int)

    def __init__(
        self,
        source: ThemeSource,
        curves: RunCurves,
        clock: Callable[[], float] = monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._curves = curves
        self._clock = clock
        self._drawn_at = clock()
        self._hovered: float | None = None
        self._position: int | None = None
        self._is_dragged = False
        self._create_items()
        self._drawn = recording(curves, 10, 1)
        self._drawn_revision = curves.revision
        self._requests = PositionRequests(self)
        self._requests.requested.connect(self.position_requested)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Loss of the whole run, with a playhead that can be moved")
        source.changed.connect(self._on_theme_changed)
        self.resized.connect(self.draw_now)
        self._on_theme_changed()

    def _create_items(self) -> None:
        scene = self.scene()
        self._icon = QGraphicsPixmapItem()
        scene.addItem(self._icon)
        self._wave = RecordingWave(scene, self._source)
        self._epochs = EpochNames(scene, self._source, self._wave)
        self._hover_line, self._hover_ground = QGraphicsLineItem(), QGraphicsRectItem()
        self._ring = QGraphicsRectItem()
        for item, z in ((self._hover_ground, 0.5), (self._hover_line, 0.6), (self._ring, 2.0)):
            item.setZValue(z)
            item.setVisible(False)
            scene.addItem(item)
        self._hover_ground.setPen(Qt.PenStyle.NoPen)
        self._texts = TextPool(scene, self._source)
        self._hover_text = TextPool(scene, self._source, z=1.0)

    @property
    def position(self) -> int:
        """The iteration the playhead stands at."""
        newest = self._drawn.iteration
        return newest if self._position is None else min(self._position, newest)

    def begin_run(self) -> None:
        """Show an empty strip: the curves were begun anew."""
        self._hovered = self._position = None
        self._is_dragged = False
        self.draw_now()

    def show_position(self, iteration: int) -> None:
        """Put the playhead where the network is shown; call with every snapshot.

        At the newest iteration it moves with the wave; while it is dragged it stays at the pointer.
        """
        position = iteration if self._curves.is_rewound(iteration) else None
        if position != self._position and not self._is_dragged:
            self._position = position
            self._show_place()

    def refresh(self) -> None:
        """Draw what is new, at most three times a second; call once a frame."""
        drawn = (self._drawn.iteration, self._drawn_revision)
        is_new = drawn != (self._curves.iteration, self._curves.revision)
        if is_new and self.isVisible() and self._clock() - self._drawn_at >= REFRESH_INTERVAL_S:
            self.draw_now()

    def draw_now(self) -> None:
        """Draw the run as it stands."""
        track, px = self._track(), self._source.px
        n_columns = max(10, round(track.width()))
        shown = recording(self._curves, n_columns, max(1, int(track.width() / px(_LABEL_PITCH))))
        self._drawn, self._drawn_at = shown, self._clock()
        self._drawn_revision = self._curves.revision
        self._wave.show(shown, track)
        low, high = significant(shown.heights.low, 2), significant(shown.heights.high, 2)
        scale = f"Loss of every batch (faint) and its mean (strong), logarithmic from {low} to {high}"
        self.setToolTip(f"{scale}. Click or drag to go back.")
        self._show_place()
        self._show_hover()

    def _on_theme_changed(self) -> None:
        source, theme = self._source, self._source.theme
        self.setFixedHeight(source.px(HEIGHT))
        self.setBackgroundBrush(theme.panel)
        self._icon.setPixmap(self._clock_icon())
        self._icon.setPos(source.px(_PADDING), (source.px(HEIGHT) - source.px(_ICON)) // 2)
        self._hover_ground.setBrush(theme.panel)
        self._hover_line.setPen(QPen(theme.tertiary, 1.0))
        self._ring.setPen(QPen(theme.ink, 2.0))
        self._wave.dress()
        self.draw_now()

    def _clock_icon(self) -> QPixmap:
        color, size = self._source.theme.secondary, self._source.px(_ICON)
        return icon_pixmap("clock", color, size, self.devicePixelRatioF())

    def _track(self) -> QRectF:
        px = self._source.px
        left, top = px(_TRACK_LEFT), px(_WAVE_TOP)
        return QRectF(left, top, max(20, self.room_width - left - px(_PADDING)), px(_WAVE_FOOT) - top)

    def _show_place(self) -> None:
        """Draw what depends on where the playhead stands."""
        self._wave.show_playhead(self.position, self._drawn.iteration)
        self._texts.begin()
        self._show_caption()
        self._epochs.write(self._texts, self._drawn, self.position, self.room_width)
        self._texts.end()

    def _show_caption(self) -> None:
        theme, newest = self._source.theme, self._drawn.iteration
        is_rewound = self.position < newest
        below = "exact rewind" if newest else "not begun"
        if is_rewound:
            below = f"at {grouped(self.position)} of {grouped(newest)}"
        left, middle = self._source.px(_CAPTION_LEFT), self.room_height / 2
        height = self._texts.metrics(FontRole.VALUE).height
        title = "Rewound" if is_rewound else "Recording"
        self._texts.write(title, FontRole.VALUE, theme.text, left, middle - height)
        self._texts.write(below, FontRole.BODY, theme.secondary, left, middle)

    def _show_hover(self) -> None:
        at = None if self._hovered is None else self._target(self._hovered)
        text = None if at is None else recording_reading(self._curves, at)
        for item in (self._hover_line, self._hover_ground):
            item.setVisible(text is not None)
        self._hover_text.begin()
        if text is not None and at is not None:
            fork = self._drawn.fork_near(at, self._fork_reach())
            self._show_reading(f"{text}, {fork.words}" if fork else text, at)
        self._hover_text.end()

    def _show_reading(self, text: str, iteration: float) -> None:
        px, track = self._source.px, self._wave.track
        x = round(self._wave.x(iteration)) + 0.5
        self._hover_line.setLine(QLineF(x, px(LABEL_MIDDLE) - px(7), x, track.bottom()))
        metrics, gap = self._hover_text.metrics(FontRole.LABEL), px(LABEL_GAP)
        width = metrics.width(text)
        left = x + gap if x + gap + width < track.right() else x - gap - width
        self._hover_text.write_at(text, FontRole.LABEL, self._source.theme.text, left, px(LABEL_MIDDLE))
        # The whole row: half an epoch's name looking out beside the text would be misread.
        top = round(px(LABEL_MIDDLE) - metrics.height / 2)
        self._hover_ground.setRect(track.left() + 1, top, self.room_width - track.left(), metrics.height)

    def _fork_reach(self) -> float:
        return self._wave.iteration_at(self._wave.track.left() + _FORK_REACH_PX)

    def _target(self, iteration: float) -> int:
        """Return the iteration that pointing at a place means: that of a fork, if one is near."""
        fork = self._drawn.fork_near(iteration, self._fork_reach())
        return self._within(iteration if fork is None else fork.iteration)

    def _within(self, iteration: float) -> int:
        return round(min(max(iteration, 0), self._drawn.iteration))

    def _request(self, iteration: float) -> None:
        """Move the playhead at once and ask for its iteration."""
        position = self._within(iteration)
        self._position = position if position < self._drawn.iteration else None
        self._show_place()
        self._requests.request(position)

    def _request_at(self, x: float) -> None:
        self._request(self._target(self._wave.iteration_at(x)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._can_go_at(event.position().x()):
            self._is_dragged = True
            self._request_at(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, track = event.position().x(), self._wave.track
        self._hovered = self._wave.iteration_at(x) if track.left() <= x <= track.right() else None
        if self._is_dragged:
            self._hovered = min(max(0.0, self._wave.iteration_at(x)), self._drawn.iteration)
            self._request_at(x)
        shape = Qt.CursorShape.PointingHandCursor if self._can_go_at(x) else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self._show_hover()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._is_dragged = False

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self._show_hover()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        newest = self._drawn.iteration
        places = {
            _LEFT: self.position - 1,
            _RIGHT: self.position + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: newest,
        }
        if newest == 0 or event.key() not in places:
            event.ignore()
            return
        self._request(places[Qt.Key(event.key())])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_ring()

    def _show_ring(self) -> None:
        self._ring.setRect(self._wave.track.adjusted(-1, -1, 1, 1))
        self._ring.setVisible(shows_focus(self))

    def _can_go_at(self, x: float) -> bool:
        track, half = self._wave.track, self._source.px(HEAD)
        return self._drawn.iteration > 0 and track.left() - half <= x <= track.right() + half
