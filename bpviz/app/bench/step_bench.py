"""How fast the window answers a step, and what a frame costs, from a small network to a wide one."""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from bpviz.app.application import Desk, open_desk
from bpviz.app.bench.window_figures import FrameCase, StepCase, WindowEffort
from bpviz.data.samples import Dataset
from bpviz.training import messages
from bpviz.training.blas_threads import blas_threads_limited
from bpviz.training.config import TrainingConfig
from bpviz.ui.style.theme_source import ThemeChoice
from bpviz.viewmodel.run.play_clock import Speed, SpeedUnit, step_of
from bpviz.viewmodel.run.steps import StepLevel

NETWORKS = (
    (784, 10),
    (784, 30, 10),
    (784, 16, 16, 10),
    (784, 128, 64, 10),
    (784, *(32,) * 10, 10),
    (784, 512, 512, 10),
)
_STEPPED = (784, 128, 10)
_STEPPED_BATCHES = (10, 128)
_WARM_S = 0.6
_GIVE_UP_S = 5.0


def measure_frames(
    app: QApplication, dataset: Dataset, n_threads: int, effort: WindowEffort
) -> tuple[FrameCase, ...]:
    """Return frame intervals and costs while running fast and while playing layer by layer."""
    cases = []
    for layers in NETWORKS:
        config = replace(TrainingConfig(), layers=layers, batch_size=32, learning_rate=0.1)
        with (
            blas_threads_limited(n_threads),
            open_desk(app, ThemeChoice.DARK, config, dataset, n_threads) as desk,
        ):
            desk.window.show()
            desk.session.send(messages.Run())
            _spin(_WARM_S)
            cases.append(_frames(desk, layers, "running", effort.slice_s))
            slider = desk.window.transport.speed_slider.slider
            slider.setValue(step_of(Speed(SpeedUnit.LAYERS, 100)))
            _spin(_WARM_S)
            cases.append(_frames(desk, layers, "playing", effort.slice_s))
    return tuple(cases)


def measure_steps(
    app: QApplication, dataset: Dataset, n_threads: int, effort: WindowEffort
) -> tuple[StepCase, ...]:
    """Return how long a step of each size takes from the key to the painted window."""
    cases = []
    for batch_size in _STEPPED_BATCHES:
        config = replace(TrainingConfig(), layers=_STEPPED, batch_size=batch_size, learning_rate=0.1)
        with (
            blas_threads_limited(n_threads),
            open_desk(app, ThemeChoice.DARK, config, dataset, n_threads) as desk,
        ):
            desk.window.show()
            _spin(_WARM_S)
            for level in (StepLevel.NEURON, StepLevel.LAYER, StepLevel.PHASE, StepLevel.ITERATION):
                times = [_step_ms(app, desk, level) for _ in range(effort.steps)]
                median, p99 = statistics.median(times), float(np.percentile(times, 99))
                cases.append(StepCase(_STEPPED, batch_size, level.value, median, p99))
    return tuple(cases)


def _frames(desk: Desk, layers: tuple[int, ...], how: str, seconds: float) -> FrameCase:
    starts: list[float] = []

    def on_frame() -> None:
        starts.append(time.perf_counter())

    desk.session.frame_pulled.connect(on_frame)
    busy_before = time.thread_time()
    _spin(seconds)
    busy = time.thread_time() - busy_before
    desk.session.frame_pulled.disconnect(on_frame)
    intervals = np.diff(starts) * 1e3
    return FrameCase(
        layers=layers,
        how=how,
        interval_ms_median=float(np.median(intervals)),
        interval_ms_p99=float(np.percentile(intervals, 99)),
        cost_ms=busy * 1e3 / len(starts),
    )


def _step_ms(app: QApplication, desk: Desk, level: StepLevel) -> float:
    """Take one step and return the time until it is painted; frames are pulled at once, not awaited."""
    stepper = desk.presenter.actions.stepper
    begun = time.perf_counter()
    desk.window.transport.step_requested.emit(level)
    _pull_until(desk, lambda: not stepper.is_waiting and not desk.session.is_running)
    desk.window.lab.stage.network.viewport().repaint()
    app.processEvents()
    return (time.perf_counter() - begun) * 1e3


def _pull_until(desk: Desk, is_done: Callable[[], bool]) -> None:
    give_up = time.perf_counter() + _GIVE_UP_S
    while not is_done() and time.perf_counter() < give_up:
        desk.session.pull()
        time.sleep(0.0002)


def _spin(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1e3), loop.quit)
    loop.exec()
