"""The bpviz mark and name."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.icons import logo_pixmap
from bpviz.ui.style.theme_source import ThemeSource

_MARK_HEIGHT = 21


class Logo(QWidget):
    """Shows the mark with the name beside it."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._mark = QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        self._name = TextLabel(source, "bpviz", FontRole.TITLE)
        row.addWidget(self._name)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def set_name_visible(self, is_visible: bool) -> None:
        """Show the name beside the mark, or the mark alone."""
        self._name.setVisible(is_visible)

    def _on_look_changed(self) -> None:
        height = self._source.px(_MARK_HEIGHT)
        self._mark.setPixmap(logo_pixmap(self._source.theme, height, self.devicePixelRatioF()))
