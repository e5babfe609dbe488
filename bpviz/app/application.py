"""Builds the window and what stands behind it, runs it, and takes it down in order."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from bpviz.app.class_mode import add_class_mode
from bpviz.app.collecting import Collecting
from bpviz.app.presenter import Presenter
from bpviz.app.session import Session
from bpviz.app.settings import Settings, settings_path
from bpviz.app.teach.teach_mode import TeachMode
from bpviz.app.window_options import WindowOptions
from bpviz.app.window_turn import WindowTurn
from bpviz.data.samples import Dataset
from bpviz.data.sources import load_dataset
from bpviz.errors import BpvizError
from bpviz.resources import resource_path
from bpviz.training.blas_threads import blas_threads_limited, chosen_threads
from bpviz.training.checkpoint import load_model
from bpviz.training.config import TrainingConfig
from bpviz.training.usual_config import usual_config
from bpviz.ui.controls.notice_bar import Notice
from bpviz.ui.frame_pump import FramePump
from bpviz.ui.main_window import MainWindow
from bpviz.ui.mode import Mode
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.look import apply_look
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.viewmodel.words.number_format import percent

ExceptHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]
BUNDLED_MODEL = ("models", "digits.safetensors")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """The window and all it needs, made together and taken down together."""

    source: ThemeSource
    session: Session
    window: MainWindow
    presenter: Presenter
    pump: FramePump
    collecting: Collecting
    teach: TeachMode


def run_window(options: WindowOptions) -> int:
    """Open the window and return the exit status once it is closed.

    Raises
    ------
    BpvizError
        If the dataset or network asked for on the command line cannot be used.
    """
    dataset = load_dataset(options.dataset or "strokes", options.data_dir)
    app = new_application()
    settings = Settings(settings_path())
    choice = ThemeChoice(options.theme) if options.theme else settings.theme
    with (
        blas_threads_limited(chosen_threads()) as n_threads,
        open_desk(app, choice, usual_config(dataset.name), dataset, n_threads, options.data_dir) as desk,
    ):
        _begin(desk, options, settings)
        status = app.exec()
        settings.geometry = desk.window.saveGeometry()
        settings.theme = desk.source.choice
        settings.is_motion_reduced = desk.source.is_motion_reduced
    return status


def new_application() -> QApplication:
    """Return the application object, its fonts loaded."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("bpviz")
    app.setDesktopFileName("bpviz")
    load_fonts()
    return app


@contextmanager
def open_desk(
    app: QApplication,
    choice: ThemeChoice,
    config: TrainingConfig,
    dataset: Dataset,
    blas_threads: int,
    data_dir: Path | None = None,
) -> Iterator[Desk]:
    """Make the window (hidden) with its session at work; both are gone when the block ends.

    The order of taking down matters: no frame may be pulled from a stopped worker, and the window must
    be gone before the interpreter is.
    """
    source = ThemeSource(choice)
    apply_look(app, source)
    session = Session(config, dataset, data_dir)
    window = MainWindow(source, config, dataset)
    presenter = Presenter(session, window, blas_threads)
    collecting = add_class_mode(source, session, window, presenter)
    teach = TeachMode(session, window, presenter.tell)
    turn = WindowTurn(session.right_of_way)

    def frame() -> None:
        turn.begin_frame()
        session.pull()

    pump = FramePump(frame)
    window.transport.theme_toggled.connect(lambda: _toggle_theme(source))
    use_bundled_network(presenter)
    hook = sys.excepthook
    sys.excepthook = _telling_hook(presenter)
    session.start()
    pump.start()
    try:
        yield Desk(source, session, window, presenter, pump, collecting, teach)
    finally:
        sys.excepthook = hook
        pump.stop()
        turn.end()
        teach.close_lesson()
        session.stop()
        window.close()
        window.deleteLater()
        app.processEvents()


def use_bundled_network(presenter: Presenter) -> None:
    """Give the canvas the network that comes with bpviz; say so where it is missing or damaged."""
    try:
        network, about = load_model(resource_path(*BUNDLED_MODEL))
    except BpvizError as error:
        presenter.tell(Notice("warning", f"The canvas has no trained network: {error}"))
        presenter.canvas.follow(True)
        return
    sizes = "–".join(map(str, network.architecture.layers))
    accuracy = about.figures.get("test_accuracy")
    measured = f", {percent(accuracy)} on MNIST test" if accuracy else ""
    presenter.canvas.use_bundled(network, f"{sizes}, bundled{measured}")


def _begin(desk: Desk, options: WindowOptions, settings: Settings) -> None:
    desk.teach.remember_in(settings)
    desk.source.set_reduced_motion(settings.is_motion_reduced)
    if not settings.geometry.isEmpty():
        desk.window.restoreGeometry(settings.geometry)
    desk.window.set_mode(Mode(options.mode or Mode.LAB.value))
    if options.model is not None:
        desk.presenter.open(options.model)
    desk.window.show()
    if options.kiosk_s is not None:
        desk.window.kiosk.set_clear_after(options.kiosk_s)
        desk.presenter.kiosk.enter()


def _toggle_theme(source: ThemeSource) -> None:
    source.set_choice(ThemeChoice.LIGHT if source.theme.is_dark else ThemeChoice.DARK)


def _telling_hook(presenter: Presenter) -> ExceptHook:
    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.error("unexpected error in the window", exc_info=(kind, error, trace))
        sentence = (
            str(error) if isinstance(error, BpvizError) else f"Something went wrong inside bpviz: {error}"
        )
        presenter.tell(Notice("error", sentence))

    return tell
