"""The four phases of an iteration, in the order in which they happen."""

from enum import Enum


class Phase(Enum):
    """What of an iteration is looked at."""

    FORWARD = "forward"
    LOSS = "loss"
    BACKWARD = "backward"
    UPDATE = "update"
