"""The sizes of Teach: everything larger than elsewhere, to be read from the back row."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject

from bpviz.ui.theme_source import ThemeChoice, ThemeSource

_FACTOR_AT_1080P = 1.85
"""Makes body text 24 px on a screen of 1920 x 1080."""
_SMALLEST_FACTOR = 1.0


class TeachSource(ThemeSource):
    """The window's theme at a projector's scale."""

    def __init__(self, window: ThemeSource, parent: QObject | None = None) -> None:
        super().__init__(window.choice, parent)
        self._window = window
        self.set_factor(_FACTOR_AT_1080P)
        window.changed.connect(self._on_window_changed)

    def fit(self, width_px: int, height_px: int) -> None:
        """Take the scale that suits a page of this size."""
        share = min(width_px / 1920, height_px / 1080)
        self.set_factor(max(_FACTOR_AT_1080P * share, _SMALLEST_FACTOR))

    @contextmanager
    def light_for_a_moment(self) -> Iterator[None]:
        """Show the whole window in the light theme, to be drawn on white paper; nobody sees it on screen.

        As long as no event is handled inside.
        """
        choice = self._window.choice
        self._window.set_choice(ThemeChoice.LIGHT)
        try:
            yield
        finally:
            self._window.set_choice(choice)

    def _on_window_changed(self) -> None:
        self.set_choice(self._window.choice)
