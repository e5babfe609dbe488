"""How long a stroke's points take to the answer's widgets, with training at rest and running."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from bpviz.app.application import Desk, open_desk
from bpviz.app.rendering import drawn
from bpviz.data.samples import Dataset
from bpviz.training import messages
from bpviz.training.config import TrainingConfig
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.ui.mode import Mode
from bpviz.ui.style.theme_source import ThemeChoice

_POINT_INTERVAL_MS = 8
"""A pen gives about 120 points a second."""
_WARM_MS = 500


@dataclass(frozen=True, slots=True)
class StrokeTimes:
    """How long points took to reach the widgets as values, in ms.

    Attributes
    ----------
    from_pen
        From the moment the pen's event is posted: it may wait for a frame that is being painted.
    from_event
        From the moment the event is given to the canvas.
    """

    from_pen: list[float] = field(default_factory=list)
    from_event: list[float] = field(default_factory=list)


def stroke_latencies_ms(
    app: QApplication, dataset: Dataset, n_threads: int, n_points: int
) -> tuple[StrokeTimes, StrokeTimes]:
    """Return what a point's way to its values in the widgets takes: at rest, and while training."""
    config = replace(TrainingConfig(), layers=(784, 128, 10), batch_size=32, learning_rate=0.1)
    with open_desk(app, ThemeChoice.DARK, config, dataset, n_threads) as desk:
        desk.window.set_mode(Mode.DRAW)
        desk.window.show()
        _wait()
        idle = _latencies_ms(desk, n_points)
        desk.session.send(messages.Run())
        _wait()
        return idle, _latencies_ms(desk, n_points)


def _wait() -> None:
    loop = QEventLoop()
    QTimer.singleShot(_WARM_MS, loop.quit)
    loop.exec()


class _Delivery(QObject):
    """Notes when a mouse event is given to the canvas."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            self.at = time.perf_counter()
        return False


def _latencies_ms(desk: Desk, n_points: int) -> StrokeTimes:
    """Draw digits with posted mouse events; return the times until their values are handed over."""
    page = desk.window.draw
    target = page.panel.canvas.viewport()
    pen = _Pen(page, _long_path(target, n_points))
    delivery = _Delivery()
    target.installEventFilter(delivery)
    times = StrokeTimes()

    def note() -> None:
        if pen.posted_at is not None:
            now = time.perf_counter()
            times.from_pen.append((now - pen.posted_at) * 1e3)
            times.from_event.append((now - delivery.at) * 1e3)

    page.panel.drawing_changed.connect(note)
    pen.draw()
    # The next measurement's points are not to be taken for late ones of this.
    page.panel.drawing_changed.disconnect(note)
    target.removeEventFilter(delivery)
    return times


class _Pen:
    """Posts the events of a path as a pen does; `posted_at` is None while the canvas is being cleared."""

    def __init__(self, page: DrawPage, path: Iterable[tuple[QEvent.Type, QPointF]]) -> None:
        self.posted_at: float | None = None
        self._page = page
        self._steps = iter(path)
        self._loop = QEventLoop()

    def draw(self) -> None:
        """Return when the whole path is drawn."""
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(_POINT_INTERVAL_MS)
        timer.timeout.connect(self._post_next)
        timer.start()
        self._loop.exec()
        timer.stop()

    def _post_next(self) -> None:
        kind, point = next(self._steps, (None, QPointF()))
        if kind is None:
            self._loop.quit()
        elif kind == QEvent.Type.None_:
            # The next digit begins on an empty canvas, as people draw.
            self.posted_at = None
            self._page.panel.canvas.clear()
        else:
            target = self._page.panel.canvas.viewport()
            self.posted_at = time.perf_counter()
            QApplication.postEvent(target, _mouse_event(target, kind, point))


def _long_path(target: QWidget, n_points: int) -> list[tuple[QEvent.Type, QPointF]]:
    """Return events that draw one digit after the other, as many points as asked."""
    side = min(target.width(), target.height())
    events: list[tuple[QEvent.Type, QPointF]] = []
    digit = 0
    while len(events) < n_points:
        for stroke in drawn(digit % 10):
            points = [QPointF(float(x) * side, float(y) * side) for x, y in stroke.points]
            events.append((QEvent.Type.MouseButtonPress, points[0]))
            events.extend((QEvent.Type.MouseMove, point) for point in points[1:])
            events.append((QEvent.Type.MouseButtonRelease, points[-1]))
        events.append((QEvent.Type.None_, QPointF()))
        digit += 1
    return events[:n_points]


def _mouse_event(target: QWidget, kind: QEvent.Type, point: QPointF) -> QMouseEvent:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    held = none if kind == QEvent.Type.MouseButtonRelease else left
    button = none if kind == QEvent.Type.MouseMove else left
    place = target.mapToGlobal(point)
    return QMouseEvent(kind, point, place, button, held, Qt.KeyboardModifier.NoModifier)
