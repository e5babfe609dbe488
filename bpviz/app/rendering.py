"""Takes a picture of the real window after a given number of iterations."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from bpviz.app.application import Desk, new_application, open_desk
from bpviz.app.lesson_rendering import show_lesson
from bpviz.app.render_request import RenderRequest
from bpviz.data.pen_strokes import PenStroke
from bpviz.data.strokes import draw_digit
from bpviz.errors import BpvizError, DataError
from bpviz.training import messages
from bpviz.training.blas_threads import blas_threads_limited
from bpviz.ui.mode import Mode
from bpviz.ui.style.theme_source import ThemeChoice
from bpviz.viewmodel.drawing.blame import BlameStage
from bpviz.viewmodel.run.steps import StepLevel

_DRAWN_SIZE = 0.62
"""Height of a drawn digit as a share of the canvas."""
_SETTLE_MS = 400
"""Time for charts and strips, which follow a run more slowly than the network, to catch up."""


def render_window(request: RenderRequest) -> None:
    """Write the picture `request` asks for.

    Raises
    ------
    BpvizError
        If the run fails before its last iteration, or the picture cannot be written.
    """
    app = new_application()
    with (
        blas_threads_limited(request.blas_threads) as n_threads,
        open_desk(app, ThemeChoice(request.theme), request.config, request.dataset, n_threads) as desk,
    ):
        desk.window.resize(request.width_px, request.height_px)
        desk.window.set_mode(Mode(request.mode))
        desk.window.show()
        if request.lesson is not None:
            desk.window.set_mode(Mode.TEACH)
            show_lesson(desk.teach, request.lesson)
        else:
            _arrange(desk, request)
        _settle(app)
        desk.window.draw.finish_updates()
        if request.out.suffix.lower() == ".pdf":
            desk.teach.save_worksheet(request.out)
        elif not desk.window.grab().save(str(request.out), "PNG"):
            raise DataError(f"{request.out} could not be written")


def _arrange(desk: Desk, request: RenderRequest) -> None:
    """Bring Lab and Draw to where they are to be seen."""
    _run_to(desk, request.iterations)
    if request.place is not None:
        _step_to(desk, request.iterations + 1)
        desk.presenter.actions.stand_at(request.place)
        desk.window.lab.set_inspecting(True)
    if request.selected is not None:
        desk.presenter.inspecting.select(request.selected)
    if request.side is not None:
        _show_side(desk, request.side)
    if request.drawn_digit is not None:
        desk.window.draw.draw_strokes(drawn(request.drawn_digit))
        _ask(desk, request)
    if desk.window.draw.isVisible():
        _wait_until(desk, lambda: desk.presenter.worth.is_current)


def _ask(desk: Desk, request: RenderRequest) -> None:
    draw = desk.window.draw
    draw.ask_about(request.asked_digit)
    if request.error_stage is not None:
        draw.stage.show_error()
        draw.stage.blame.go_to(BlameStage(request.error_stage))


def _show_side(desk: Desk, side: str) -> None:
    """Show a page of the Lab's right panel; results are waited for."""
    panel = desk.window.lab.side
    {"charts": panel.charts_tab, "inspector": panel.inspector_tab, "results": panel.results_tab}[side].click()
    if not desk.window.lab.results.isVisible():
        return
    _wait_until(desk, lambda: desk.presenter.results.is_current)


def _wait_until(desk: Desk, is_there: Callable[[], bool]) -> None:
    loop = QEventLoop()

    def on_frame() -> None:
        if is_there():
            loop.quit()

    desk.session.frame_pulled.connect(on_frame)
    loop.exec()
    desk.session.frame_pulled.disconnect(on_frame)


def drawn(digit: int) -> tuple[PenStroke, ...]:
    """Return strokes of this digit as the pen model draws it, in the middle of the canvas."""
    curves = draw_digit(digit, np.random.default_rng(digit))
    points = np.vstack(curves)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = _DRAWN_SIZE / float((high - low).max())
    middle = (low + high) / 2
    return tuple(PenStroke(((curve - middle) * scale + 0.5).astype(np.float32), 0.06) for curve in curves)


def _run_to(desk: Desk, iterations: int) -> None:
    """Train to this iteration and wait until the window shows it."""
    if iterations:
        desk.session.send(messages.RunTo(iterations))
    _wait_for(desk, iterations)


def _step_to(desk: Desk, iteration: int) -> None:
    """Make the one step to this iteration as the user does, and wait until the window shows it."""
    desk.window.transport.step_requested.emit(StepLevel.ITERATION)
    _wait_for(desk, iteration)


def _wait_for(desk: Desk, iteration: int) -> None:
    loop = QEventLoop()
    failure: list[str] = []

    def on_event(event: object) -> None:
        if isinstance(event, messages.Failed):
            failure.append(event.sentence)
            loop.quit()
        elif isinstance(event, messages.Diverged):
            failure.append(f"the loss of iteration {event.iteration} is not finite")
            loop.quit()

    def on_frame() -> None:
        snapshot = desk.presenter.snapshot
        if snapshot is not None and snapshot.iteration >= iteration and not desk.session.is_running:
            loop.quit()

    desk.session.event_came.connect(on_event)
    desk.session.frame_pulled.connect(on_frame)
    loop.exec()
    desk.session.event_came.disconnect(on_event)
    desk.session.frame_pulled.disconnect(on_frame)
    if failure:
        raise BpvizError(f"the picture was not taken: {failure[0]}")


def _settle(app: QApplication) -> None:
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()
    app.processEvents()
