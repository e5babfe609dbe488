"""The arrangements of the window."""

from enum import Enum


class Mode(Enum):
    """What the window is used for."""

    LAB = "lab"
    DRAW = "draw"
    TEACH = "teach"
