"""Paths made from bytes hold exactly the segments asked for."""

import numpy as np
from PySide6.QtGui import QPainterPath

from bpviz.ui.segment_path import SegmentPaths, segments_path


def elements(path: QPainterPath) -> list[tuple[bool, float, float]]:
    found = [path.elementAt(i) for i in range(path.elementCount())]
    return [(e.isMoveTo(), e.x, e.y) for e in found]


def by_hand(segments: list[tuple[float, float, float, float]]) -> QPainterPath:
    path = QPainterPath()
    for x0, y0, x1, y1 in segments:
        path.moveTo(x0, y0)
        path.lineTo(x1, y1)
    return path


SEGMENTS = [(0.0, 1.0, 2.5, -3.0), (4.0, 4.0, 5.0, 1e6), (-7.25, 0.5, 0.0, 0.0)]
X = np.array([[s[0], s[2]] for s in SEGMENTS])
Y = np.array([[s[1], s[3]] for s in SEGMENTS])


def test_path_is_the_one_drawn_by_hand() -> None:
    assert elements(segments_path(X, Y)) == elements(by_hand(SEGMENTS))


def test_part_of_the_segments_can_be_taken() -> None:
    assert elements(SegmentPaths(X, Y).path(1, 3)) == elements(by_hand(SEGMENTS[1:]))


def test_no_segments_make_an_empty_path() -> None:
    assert segments_path(np.empty((0, 2)), np.empty((0, 2))).isEmpty()
