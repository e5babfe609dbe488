"""The window: the bar at the top, a notice when there is something to say, and one page at a time."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from bpviz.data.samples import Dataset
from bpviz.training.config import TrainingConfig
from bpviz.ui.controls.notice_bar import NoticeBar
from bpviz.ui.controls.panel import Panel
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.ui.draw.kiosk_page import KioskPage
from bpviz.ui.lab.lab_page import LabPage
from bpviz.ui.mode import Mode
from bpviz.ui.style.icons import app_icon
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.style.type_scale import scale_factor
from bpviz.ui.teach.lesson_list import LessonList
from bpviz.ui.teach.teach_page import TeachPage
from bpviz.ui.transport_bar import TransportBar
from bpviz.viewmodel.drawing.demo_digits import demo_digits
from bpviz.viewmodel.run.steps import StepLevel

SMALLEST_SIZE = QSize(1024, 640)
MODEL_FILTER = "bpviz networks (*.safetensors)"
TABLE_FILTER = "Comma-separated values (*.csv)"
PICTURE_FILTER = "Pictures (*.png *.jpg *.jpeg *.PNG *.JPG *.JPEG)"
USUAL_SIZE = QSize(1280, 800)
_LEVEL_KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
_REPEATING_KEYS = (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down)
_ANY_HEIGHT = (1 << 24) - 1
"""Qt's own largest size, which has no name in Python."""
_TALL_SHARE = 1.25
"""The stand's page is drawn as large as on a screen this many times as wide as it is high."""
_SAMPLES_FROM_PX = 1500
"""Narrower windows have no room for the third read-out of the top bar."""


class MainWindow(Panel):
    """Layout and keys only; `closed`: the window is going away, `mode_shown`: another page came up,
    `kiosk_requested`: the stand's page is wanted."""

    closed = Signal()
    mode_shown = Signal()
    kiosk_requested = Signal()

    def __init__(self, source: ThemeSource, config: TrainingConfig, dataset: Dataset) -> None:
        super().__init__("window")
        self._source = source
        self.setWindowTitle("bpviz")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(SMALLEST_SIZE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.transport = TransportBar(source)
        self.notices = NoticeBar(source)
        self.lab = LabPage(source, config, dataset)
        self.draw = DrawPage(source)
        self.kiosk = KioskPage(source, demo_digits(np.random.default_rng()))
        self.kiosk.hide()
        self._before_kiosk = Qt.WindowState.WindowNoState
        self.lessons = LessonList(source)
        self.lesson = TeachPage(source)
        self._pages = QStackedWidget()
        self._mode = Mode.LAB
        self._lay_out()
        self.transport.mode_changed.connect(self.set_mode)
        self.transport.full_screen_toggled.connect(self.toggle_full_screen)
        self.resize(USUAL_SIZE)

    @property
    def mode(self) -> Mode:
        """The page shown."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Show the page of this mode; a mere piece of news told on another one has been read."""
        if mode is not self._mode:
            self.notices.clear_news()
        self._mode = mode
        self._pages.setCurrentIndex(tuple(Mode).index(mode))
        self.transport.set_mode(mode)
        self.mode_shown.emit()

    def show_lesson(self, is_shown: bool) -> None:
        """Give the whole window to a lesson, or show the list of lessons again."""
        self.transport.setVisible(not is_shown)
        self._pages.setCurrentWidget(self.lesson if is_shown else self.lessons)
        (self.lesson if is_shown else self.lessons).setFocus()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or come back from it."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def show_kiosk(self) -> None:
        """Fill the screen with the stand's page and nothing else."""
        if self.kiosk.isHidden():
            self._before_kiosk = self.windowState()
            self.set_mode(Mode.DRAW)
            self._set_kiosk(is_on=True)
            self.setWindowState(self._before_kiosk | Qt.WindowState.WindowFullScreen)

    def leave_kiosk(self) -> None:
        """Show the Draw page in the window as it was before."""
        self._set_kiosk(is_on=False)
        self.set_mode(Mode.DRAW)
        self.setWindowState(self._before_kiosk)

    def ask_save_path(self) -> Path | None:
        """Ask where to save a network; None if the user thinks better of it."""
        name, _ = QFileDialog.getSaveFileName(self, "Save network", "network.safetensors", MODEL_FILTER)
        return Path(name).with_suffix(".safetensors") if name else None

    def ask_open_path(self) -> Path | None:
        """Ask for a saved network."""
        name, _ = QFileDialog.getOpenFileName(self, "Open network", "", MODEL_FILTER)
        return Path(name) if name else None

    def ask_picture_path(self) -> Path | None:
        """Ask for a picture of a digit."""
        name, _ = QFileDialog.getOpenFileName(self, "Open a picture of a digit", "", PICTURE_FILTER)
        return Path(name) if name else None

    def ask_table_path(self) -> Path | None:
        """Ask where to save a table; None if the user thinks better of it."""
        name, _ = QFileDialog.getSaveFileName(self, "Save confusion matrix", "confusion.csv", TABLE_FILTER)
        return Path(name).with_suffix(".csv") if name else None

    def ask_folder(self) -> Path | None:
        """Ask for a folder of labelled pictures."""
        name = QFileDialog.getExistingDirectory(self, "Folder of digits, named by their label")
        return Path(name) if name else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the window's keys; those a focused control uses never come here."""
        if self.mode is Mode.DRAW and not event.modifiers() and self.draw.ask_by_key(event.key()):
            return
        action = self._action_of(event)
        if action is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat() or event.key() in _REPEATING_KEYS:
            action()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        self._source.set_factor(self._factor())
        self.transport.set_samples_visible(width >= _SAMPLES_FROM_PX)
        self.lab.fit_width(width)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.kiosk.isHidden():
            # So that the place remembered is the window's own.
            self.leave_kiosk()
        self.closed.emit()
        super().closeEvent(event)

    def _action_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        transport = self.transport
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            with_control = {Qt.Key.Key_O: transport.open.click, Qt.Key.Key_S: transport.save.click}
            return with_control.get(Qt.Key(event.key()))
        plain: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Space: transport.toggle_running,
            Qt.Key.Key_Right: transport.step.click,
            Qt.Key.Key_Left: transport.back.click,
            Qt.Key.Key_Home: transport.reset.click,
            Qt.Key.Key_Up: partial(self.lab.stage.batch.select_neighbour, -1),
            Qt.Key.Key_Down: partial(self.lab.stage.batch.select_neighbour, 1),
            Qt.Key.Key_N: self.lab.settings.draw_new_weights,
            Qt.Key.Key_F11: self._on_full_screen_key,
        }
        for key, level in zip(_LEVEL_KEYS, StepLevel, strict=True):
            plain[key] = partial(self._choose_level, level)
        return plain.get(Qt.Key(event.key()))

    def _choose_level(self, level: StepLevel) -> None:
        self.transport.set_level(level)
        self.transport.level_changed.emit(level)

    def _on_full_screen_key(self) -> None:
        if self.mode is Mode.DRAW:
            self.kiosk_requested.emit()
        else:
            self.toggle_full_screen()

    def _set_kiosk(self, *, is_on: bool) -> None:
        self.transport.setVisible(not is_on)
        self._pages.setVisible(not is_on)
        # Not hidden: a notice shows itself, and is to be seen once the visitors are gone.
        self.notices.setMaximumHeight(0 if is_on else _ANY_HEIGHT)
        self.kiosk.setVisible(is_on)
        self._source.set_factor(self._factor())

    def _factor(self) -> float:
        # A tall screen is narrow for a stand's visitors only in pixels.
        tall = round(_TALL_SHARE * self.height()) if not self.kiosk.isHidden() else 0
        return scale_factor(max(self.width(), tall))

    def _lay_out(self) -> None:
        self._pages.addWidget(self.lab)
        draw = QWidget()
        margin = QVBoxLayout(draw)
        margin.setContentsMargins(6, 0, 6, 6)
        margin.addWidget(self.draw)
        self._pages.addWidget(draw)
        self._pages.addWidget(self.lessons)
        self._pages.addWidget(self.lesson)
        notices = QVBoxLayout()
        notices.setContentsMargins(6, 0, 6, 0)
        notices.addWidget(self.notices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.transport)
        column.addLayout(notices)
        column.addWidget(self._pages, 1)
        column.addWidget(self.kiosk, 1)
