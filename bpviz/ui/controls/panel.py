"""Containers: rounded panels, bars, hairlines and a scrolling column; painted by Qt alone."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QSizePolicy, QWidget

from bpviz.ui.style.style_sheet import SURFACE_PROPERTY

Surface = Literal["window", "bar", "panel", "stage", "inset", "card", "clear"]


class Panel(QFrame):
    """A container with a background of the theme, rounded unless it is a bar or the window."""

    def __init__(self, surface: Surface = "panel", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(SURFACE_PROPERTY, surface)


class Separator(QFrame):
    """A hairline between groups."""

    def __init__(
        self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty(SURFACE_PROPERTY, "line")
        if orientation is Qt.Orientation.Horizontal:
            self.setFixedHeight(1)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            self.setFixedWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)


class ScrollColumn(QScrollArea):
    """Scrolls one tall widget up and down, never sideways, on the background it lies on.

    Its bar lies over the right padding of the content, so that nothing moves when it comes or goes.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._tie_bar(self.verticalScrollBar())

    @property
    def bar(self) -> QScrollBar:
        """The bar shown where not everything fits."""
        return self._bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self._bar.sizeHint().width()
        self._bar.setGeometry(self.width() - width, 0, width, self.height())

    def _tie_bar(self, hidden: QScrollBar) -> None:
        hidden.rangeChanged.connect(lambda *_: self._copy_range(hidden))
        hidden.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(hidden.setValue)
        self._copy_range(hidden)

    def _copy_range(self, hidden: QScrollBar) -> None:
        self._bar.setRange(hidden.minimum(), hidden.maximum())
        self._bar.setPageStep(hidden.pageStep())
        self._bar.setSingleStep(hidden.singleStep())
        self._bar.setVisible(hidden.maximum() > 0)
        self._bar.raise_()
