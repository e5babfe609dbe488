"""Opens the window, waits for its first painted frame and ends: run as a program, to be timed."""

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

from bpviz.app.application import new_application, open_desk
from bpviz.data.sources import load_dataset
from bpviz.training.blas_threads import blas_threads_limited, chosen_threads
from bpviz.training.config import TrainingConfig
from bpviz.ui.style.theme_source import ThemeChoice

_GIVE_UP_MS = 20_000


class _PaintWatch(QObject):
    def __init__(self, loop: QEventLoop) -> None:
        super().__init__()
        self._loop = loop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._loop.quit)
        return False


def main() -> None:
    """Return once the window was painted."""
    app = new_application()
    dataset = load_dataset("strokes")
    with (
        blas_threads_limited(chosen_threads()) as n_threads,
        open_desk(app, ThemeChoice.DARK, TrainingConfig(), dataset, n_threads) as desk,
    ):
        loop = QEventLoop()
        watch = _PaintWatch(loop)
        desk.window.installEventFilter(watch)
        desk.window.show()
        QTimer.singleShot(_GIVE_UP_MS, loop.quit)
        loop.exec()


if __name__ == "__main__":
    main()
