"""The place an experiment is shown on in a lesson."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QWidget

from bpviz.ui.style.theme_source import ThemeSource


class LessonStage(QWidget):
    """Base of all stages; lives in the GUI thread.

    Parameters
    ----------
    source
        Sizes for a projector: its texts are as large as Teach wants them.

    Signals
    -------
    parts_moved
        What a spotlight may point at lies elsewhere now.
    """

    parts_moved = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source

    def part_rect(self, part: str) -> QRect | None:
        """Return where a part that a spotlight may mean lies now, in this widget; None if it is not seen."""
        raise NotImplementedError
