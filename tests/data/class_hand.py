"""Digits as a class would draw them: a bent line, another for every label and variant."""

import numpy as np

from bpviz.data.class_digits import ClassDigit, class_digit
from bpviz.data.digit_image import prepare_ink
from bpviz.data.pen_strokes import PenStroke
from bpviz.data.rasterize import rasterize_strokes


def strokes_of(label: int, variant: int = 0) -> tuple[PenStroke, ...]:
    bend = 0.2 + 0.06 * label
    points = np.array([(0.2, 0.2), (bend, 0.5 + 0.0123457 * (variant % 20)), (0.75, 0.8)], np.float32)
    dot = np.array([(0.3, 0.3 + 0.001 * variant)], np.float32)
    return PenStroke(points, 0.07), PenStroke(dot, 0.0503)


def drawn(label: int, variant: int = 0, who: str = "") -> ClassDigit:
    strokes = strokes_of(label, variant)
    ink = rasterize_strokes([stroke.points for stroke in strokes], 0.07)
    return class_digit(label, strokes, prepare_ink(ink).image, who)


def same(first: ClassDigit, second: ClassDigit) -> bool:
    return (first.label, first.who, first.key) == (second.label, second.who, second.key)
