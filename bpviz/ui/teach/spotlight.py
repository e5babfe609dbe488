"""Dims a stage but for the parts that are meant."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPalette, QRegion
from PySide6.QtWidgets import QWidget

from bpviz.ui.style.theme_source import ThemeSource

_DIMMED = 0.72
_MARGIN = 6


class Spotlight(QWidget):
    """A veil over a stage with holes in it, painted by Qt alone; the pointer goes through it."""

    def __init__(self, source: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = parent
        self._source = source
        self._parts: tuple[QRect, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoFillBackground(True)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.hide()

    def show_parts(self, parts: Sequence[QRect]) -> None:
        """Leave these rectangles bright; none at all leaves everything bright."""
        if tuple(parts) != self._parts or self.geometry() != self._stage.rect():
            self._parts = tuple(parts)
            self._fit()

    def _fit(self) -> None:
        whole = self._stage.rect()
        self.setGeometry(whole)
        self.setVisible(bool(self._parts))
        if not self._parts:
            return
        margin = self._source.px(_MARGIN)
        veil = QRegion(whole)
        for part in self._parts:
            veil -= QRegion(part.adjusted(-margin, -margin, margin, margin))
        self.setMask(veil)
        self.raise_()

    def _on_look_changed(self) -> None:
        color = QColor(self._source.theme.stage)
        color.setAlphaF(_DIMMED)
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, color)
        self.setPalette(palette)
