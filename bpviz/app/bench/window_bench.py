"""What the live window costs: training kept, frame intervals, steps, start, memory.

Live and headless slices take turns within one process, so their ratio is fair on a busy machine.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from bpviz.app.application import Desk, new_application, open_desk
from bpviz.app.bench.step_bench import measure_frames, measure_steps
from bpviz.app.bench.window_figures import LiveCase, WindowEffort, WindowFigures
from bpviz.data.samples import Dataset
from bpviz.training import messages
from bpviz.training.blas_threads import blas_threads_limited
from bpviz.training.config import TrainingConfig
from bpviz.ui.mode import Mode
from bpviz.ui.style.theme_source import ThemeChoice

CASES = (((784, 30, 10), 10), ((784, 30, 10), 32), ((784, 128, 10), 32), ((784, 128, 10), 128))


def measure_window(dataset: Dataset, n_threads: int, effort: WindowEffort) -> WindowFigures:
    """Return what the window costs on this machine; opens it on the platform Qt is set to."""
    app = new_application()
    # First, while the process holds one network and nothing is left over from others.
    memory = _measure_memory(app, dataset, n_threads)
    cases = tuple(_measure_case(app, dataset, layers, batch, n_threads, effort) for layers, batch in CASES)
    frames = measure_frames(app, dataset, n_threads, effort)
    steps = measure_steps(app, dataset, n_threads, effort)
    return WindowFigures(cases, frames, steps, measure_start_ms(), memory)


def measure_start_ms(starts: int = 3) -> float:
    """Return the time from starting the program to its first painted frame, median of some starts."""
    times = []
    for _ in range(starts + 1):
        begun = time.perf_counter()
        command = [sys.executable, "-m", "bpviz.app.bench.first_frame"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append((time.perf_counter() - begun) * 1e3)
    return statistics.median(times[1:])


def resident_mb() -> float | None:
    """Return the memory this process holds now; None where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e6


def _measure_case(
    app: QApplication,
    dataset: Dataset,
    layers: tuple[int, ...],
    batch_size: int,
    n_threads: int,
    effort: WindowEffort,
) -> LiveCase:
    config = replace(TrainingConfig(), layers=layers, batch_size=batch_size, learning_rate=0.1)
    with (
        blas_threads_limited(n_threads),
        open_desk(app, ThemeChoice.DARK, config, dataset, n_threads) as desk,
    ):
        desk.window.show()
        intervals: list[float] = []
        desk.session.send(messages.Run())
        _spin(0.5)
        headless, live = [], []
        for _ in range(effort.rounds):
            headless.append(_rate(desk, lambda: _rest(desk, effort.slice_s)))
            live.append(_rate(desk, lambda: intervals.extend(_frame_intervals_ms(desk, effort.slice_s))))
        return LiveCase(
            layers=layers,
            batch_size=batch_size,
            headless=statistics.median(headless),
            live=statistics.median(live),
            kept=statistics.median(b / a for a, b in zip(headless, live, strict=True)),
            frame_ms_median=float(np.median(intervals)),
            frame_ms_p99=float(np.percentile(intervals, 99)),
        )


def _rate(desk: Desk, wait: Callable[[], None]) -> float:
    before, begun = _iteration(desk), time.perf_counter()
    wait()
    return (_iteration(desk) - before) / (time.perf_counter() - begun)


def _iteration(desk: Desk) -> int:
    """Return the iteration training has reached now."""
    desk.session.pull_rows()
    return desk.session.reached_iteration


def _rest(desk: Desk, seconds: float) -> None:
    """Let training run with no frame pulled or painted."""
    desk.pump.stop()
    time.sleep(seconds)
    desk.pump.start()


def _frame_intervals_ms(desk: Desk, seconds: float) -> list[float]:
    """Run the event loop and return the times between the frames it pulled."""
    frames: list[float] = []

    def on_frame() -> None:
        frames.append(time.perf_counter() * 1e3)

    desk.session.frame_pulled.connect(on_frame)
    _spin(seconds)
    desk.session.frame_pulled.disconnect(on_frame)
    return [after - before for before, after in pairwise(frames)]


def _spin(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1e3), loop.quit)
    loop.exec()


def _measure_memory(app: QApplication, dataset: Dataset, n_threads: int) -> float | None:
    """Return what the process holds after a little training seen in Draw mode."""
    config = replace(TrainingConfig(), layers=(784, 128, 10), batch_size=32, learning_rate=0.1)
    with (
        blas_threads_limited(n_threads),
        open_desk(app, ThemeChoice.DARK, config, dataset, n_threads) as desk,
    ):
        desk.window.set_mode(Mode.DRAW)
        desk.window.show()
        desk.session.send(messages.Run())
        _spin(0.5)
        return resident_mb()
