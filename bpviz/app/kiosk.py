"""The stand: entering and leaving its page, and the network it reads with."""

from PySide6.QtCore import QObject

from bpviz.app.canvas_network import CanvasNetwork
from bpviz.ui.main_window import MainWindow


class Kiosk(QObject):
    """Belongs to the GUI thread; the page reads with the network the Draw page reads with."""

    def __init__(self, window: MainWindow, canvas: CanvasNetwork, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._canvas = canvas
        self._page = window.kiosk
        window.kiosk_requested.connect(self.enter)
        self._page.leave_requested.connect(self.leave)
        canvas.network_taken.connect(self._page.show_network)

    def enter(self) -> None:
        """Fill the screen with the stand's page, its canvas empty."""
        self._canvas.has_reader = True
        self._canvas.catch_up()
        self._page.begin()
        self._window.show_kiosk()

    def leave(self) -> None:
        """Show the Draw page in the window as it was before."""
        self._canvas.has_reader = False
        self._window.leave_kiosk()
