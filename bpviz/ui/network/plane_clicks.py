"""What a click on the plane of all inputs means: watch a sample, or put a new point there."""

from PySide6.QtCore import QObject, Qt, Signal

from bpviz.viewmodel.network.parts import PlanePart


class PlaneClicks(QObject):
    """Turns clicks on the plane into intents; belongs to the GUI thread.

    Signals
    -------
    sample_clicked
        A training sample was clicked: its row.
    point_drawn
        A point is wanted at this place: both inputs (or input and value), and its class, 0 or 1.
    """

    sample_clicked = Signal(int)
    point_drawn = Signal(float, float, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draws = False
        """Whether a click puts down a point."""
        self.label = 0
        """Class of a point put down with the left button; the right one takes the other."""

    def takes(self, button: Qt.MouseButton) -> bool:
        """Tell whether clicks of this button mean something."""
        is_right = button is Qt.MouseButton.RightButton
        return button is Qt.MouseButton.LeftButton or (is_right and self.draws)

    def click(self, part: PlanePart, button: Qt.MouseButton) -> None:
        """Take a click on a place of the plane."""
        if self.draws:
            is_other = button is Qt.MouseButton.RightButton
            self.point_drawn.emit(part.x, part.y, 1 - self.label if is_other else self.label)
        elif part.row is not None and not part.is_test:
            self.sample_clicked.emit(part.row)
