"""Containers: rounded panels, bars, hairlines and a scrolling column; painted by Qt alone."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from bpviz.ui.style_sheet import SURFACE_PROPERTY

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
    """Scrolls one tall widget up and down, never sideways, on the background it lies on."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
