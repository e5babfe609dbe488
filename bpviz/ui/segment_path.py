"""Turns many line segments into painter paths with as few calls into Qt as there can be.

Every call lets go of the interpreter lock, which the trainer then has to give back. The bytes follow
QDataStream's form of a QPainterPath: a count, its elements, and the fill rule.
"""

import struct

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

from bpviz.nn.arrays import FloatArray

_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_MOVE_TO, _LINE_TO = 0, 1
_END = struct.pack(">ii", 0, 0)


class SegmentPaths:
    """Segments given as ends, shape (n, 2) each: x of both ends and y of both ends."""

    def __init__(self, x: FloatArray, y: FloatArray) -> None:
        elements = np.empty(x.shape, _ELEMENT)
        elements["kind"] = (_MOVE_TO, _LINE_TO)
        elements["x"] = x
        elements["y"] = y
        self._content = elements.tobytes()

    def path(self, start: int, end: int) -> QPainterPath:
        """Return a path of the segments from `start` up to `end`."""
        bytes_each = 2 * _ELEMENT.itemsize
        head = struct.pack(">i", 2 * (end - start))
        content = QByteArray(head + self._content[start * bytes_each : end * bytes_each] + _END)
        path = QPainterPath()
        QDataStream(content) >> path
        return path


def segments_path(x: npt.ArrayLike, y: npt.ArrayLike) -> QPainterPath:
    """Return one path of all segments, `x` and `y` of shape (n, 2)."""
    ends = np.asarray(x, np.float64), np.asarray(y, np.float64)
    return SegmentPaths(*ends).path(0, len(ends[0]))
