"""Puts the collecting of a class's digits into the window: its page, its store and what they do."""

import time

import numpy as np

from bpviz.app.class_files import ClassFiles
from bpviz.app.class_readings import ClassReadings
from bpviz.app.class_training import ClassTraining
from bpviz.app.collecting import Collecting
from bpviz.app.presenter import Presenter
from bpviz.app.results import ResultsActions
from bpviz.app.session import Session
from bpviz.data.class_dataset import class_samples
from bpviz.data.class_store import ClassStore, default_class_file
from bpviz.errors import DataError
from bpviz.ui.class_digits.class_dialogs import ClassDialogs
from bpviz.ui.class_digits.class_page import ClassPage
from bpviz.ui.controls.notice_bar import Notice
from bpviz.ui.main_window import MainWindow
from bpviz.ui.results.results_panel import ResultsPanel
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.results import DataPart


def add_class_mode(
    source: ThemeSource, session: Session, window: MainWindow, presenter: Presenter
) -> Collecting:
    """Offer the class's page beside the canvas, with the digits of last time; return what keeps them."""
    store = _open_store(presenter)
    page = ClassPage(source, np.random.default_rng())
    window.draw.add_class_page(page)
    collecting = Collecting(page, window.draw, store, presenter.tell, presenter)
    presenter.files.class_file = store.path
    ClassFiles(session, collecting, page.foot, ClassDialogs(window), parent=presenter)
    results = ResultsPanel(source, (DataPart.CLASS,))
    page.add_results(results)
    ResultsActions(window, results, presenter.tell, presenter)
    ClassReadings(session, page, results, collecting, window.draw, time.monotonic)
    ClassTraining(session, window, page, collecting)
    collecting.digits_changed.connect(lambda: _offer_to_lab(presenter, store))
    _offer_to_lab(presenter, store)
    return collecting


def _offer_to_lab(presenter: Presenter, store: ClassStore) -> None:
    """Let the Lab's results be those of its network on the class's digits too."""
    presenter.results.set_class_samples(class_samples(store.digits) if len(store) else None)


def _open_store(presenter: Presenter) -> ClassStore:
    path = default_class_file()
    try:
        return ClassStore(path)
    except DataError as error:
        # Collecting goes on beside the file that cannot be read, which stays as it is.
        other = path.with_stem(f"{path.stem} 2")
        presenter.tell(Notice("warning", f"{error}; new digits are kept in {other.name}"))
        return ClassStore(other)
