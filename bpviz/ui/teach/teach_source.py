"""The sizes of Teach: everything larger than elsewhere, to be read from the back row."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from bpviz.ui.style.look import palette
from bpviz.ui.style.style_sheet import style_sheet
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource

_FACTOR_AT_1080P = 1.85
"""Makes body text 24 px on a screen of 1920 x 1080."""
_SMALLEST_FACTOR = 1.0


class TeachSource(ThemeSource):
    """The window's theme at a projector's scale."""

    def __init__(self, window: ThemeSource, parent: QObject | None = None) -> None:
        super().__init__(window.choice, parent)
        self._window = window
        self.set_factor(_FACTOR_AT_1080P)
        self.set_reduced_motion(window.is_motion_reduced)
        window.changed.connect(self._on_window_changed)

    def fit(self, width_px: int, height_px: int) -> None:
        """Take the scale that suits a page of this size."""
        share = min(width_px / 1920, height_px / 1080)
        self.set_factor(max(_FACTOR_AT_1080P * share, _SMALLEST_FACTOR))

    @contextmanager
    def light_for_a_moment(self, stage: QWidget) -> Iterator[None]:
        """Show a stage in the light theme, to be drawn on white paper.

        Nobody sees it on screen, as long as no event is handled inside. The rest of the window keeps its
        style sheet, which takes a second to change twice.
        """
        self.set_choice(ThemeChoice.LIGHT)
        stage.setPalette(palette(self.theme))
        stage.setStyleSheet(style_sheet(self.theme, self.px))
        try:
            yield
        finally:
            self.set_choice(self._window.choice)
            stage.setStyleSheet("")
            stage.setPalette(QPalette())

    def _on_window_changed(self) -> None:
        self.set_choice(self._window.choice)
        self.set_reduced_motion(self._window.is_motion_reduced)
