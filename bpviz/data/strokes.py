"""The pen-stroke model: handwritten digits as polylines, every variation drawn from a passed generator."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bpviz.data.stroke_templates import StrokeForm, Style, styles_of

Stroke = npt.NDArray[np.float64]
"""Points of one pen-down movement, shape (k, 2), x right and y down, in digit heights."""

_POINTS_PER_SPAN = 9
_LARGEST_STRETCH = 0.9


@dataclass(frozen=True, slots=True)
class HandVariation:
    """How much hands differ; lengths are in digit heights, sd means standard deviation.

    Attributes
    ----------
    blend
        Concentration of the blend of a style's forms: small picks one form, large averages them.
    wobble_sd, tremor_sd
        Displacement of the control points that neighbours share, and that each has alone.
    drift_sd
        Displacement of a whole stroke against the others.
    reach_sd
        Lengthening of a stroke's ends, as a share of their last span.
    balance_sd
        Shift of weight between the upper and lower, left and right half.
    bend_sd
        Amplitude of the slow waves that bend the plane.
    tilt_sd_deg
        Rotation of the whole digit.
    slant_mean, slant_sd
        Horizontal shear; positive leans to the right.
    breadth_sd
        Logarithm of the change of the ratio of width to height.
    """

    blend: float = 0.8
    wobble_sd: float = 0.03
    tremor_sd: float = 0.008
    drift_sd: float = 0.02
    reach_sd: float = 0.25
    balance_sd: float = 0.15
    bend_sd: float = 0.02
    tilt_sd_deg: float = 7.0
    slant_mean: float = 0.14
    slant_sd: float = 0.24
    breadth_sd: float = 0.2


ORDINARY_HANDS = HandVariation()


def draw_digit(
    digit: int, rng: np.random.Generator, variation: HandVariation = ORDINARY_HANDS
) -> list[Stroke]:
    """Return the strokes of one handwritten `digit` (0-9), each shape (k, 2), about one unit high."""
    style = _choose_style(digit, rng)
    curves = [_smooth(_unsteady(stroke, rng, variation)) for stroke in _blend(style, rng, variation.blend)]
    return _posed(_warped(curves, rng, variation), rng, variation)


def _choose_style(digit: int, rng: np.random.Generator) -> Style:
    styles = styles_of(digit)
    weights = np.array([style.weight for style in styles])
    return styles[int(rng.choice(len(styles), p=weights / weights.sum()))]


def _blend(style: Style, rng: np.random.Generator, concentration: float) -> list[StrokeForm]:
    shares = rng.dirichlet(np.full(len(style.forms), concentration))
    return [
        StrokeForm(sum_of_points(shares, versions), versions[0].corners)
        for versions in zip(*style.forms, strict=True)
    ]


def sum_of_points(shares: npt.NDArray[np.float64], versions: tuple[StrokeForm, ...]) -> Stroke:
    """Return the weighted sum of the control points of one stroke's versions, shape (k, 2)."""
    stacked = np.stack([version.points for version in versions])
    return np.einsum("f,fkd->kd", shares, stacked)


def _unsteady(stroke: StrokeForm, rng: np.random.Generator, variation: HandVariation) -> StrokeForm:
    """Return the stroke as a hand would place its control points, ends longer or shorter."""
    count = len(stroke.points)
    # Neighbours share the mean of three draws; the factor keeps that mean's deviation at wobble_sd.
    draws = rng.normal(0.0, variation.wobble_sd * np.sqrt(3.0), (count + 2, 2))
    shared = (draws[:-2] + draws[1:-1] + draws[2:]) / 3.0
    alone = rng.normal(0.0, variation.tremor_sd, (count, 2))
    drift = rng.normal(0.0, variation.drift_sd, 2)
    points = stroke.points + shared + alone + drift
    for end, neighbour in ((0, 1), (-1, -2)):
        stretch = np.clip(rng.normal(0.0, variation.reach_sd), -_LARGEST_STRETCH, _LARGEST_STRETCH)
        points[end] += stretch * (points[end] - points[neighbour])
    return StrokeForm(points, stroke.corners)


def _smooth(stroke: StrokeForm) -> Stroke:
    """Return the curve through a stroke's control points, broken at its corners."""
    cuts = [0, *stroke.corners, len(stroke.points) - 1]
    arcs = [_spline(stroke.points[a : b + 1]) for a, b in zip(cuts[:-1], cuts[1:], strict=True)]
    return np.concatenate([arcs[0], *(arc[1:] for arc in arcs[1:])])


def _spline(points: Stroke) -> Stroke:
    """Return a centripetal Catmull-Rom curve through `points`, which cannot form cusps or loops.

    References
    ----------
    Barry and Goldman, "A recursive evaluation algorithm for a class of Catmull-Rom splines", 1988;
    Yuksel, Schaefer and Keyser, "Parameterization and applications of Catmull-Rom curves", 2011.
    """
    padded = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    spans = np.sqrt(np.maximum(np.linalg.norm(np.diff(padded, axis=0), axis=1), 1e-6))
    knots = np.concatenate([[0.0], np.cumsum(spans)])
    step = np.linspace(0.0, 1.0, _POINTS_PER_SPAN, endpoint=False)
    pieces = [_span(padded[i : i + 4], knots[i : i + 4], step) for i in range(len(points) - 1)]
    return np.concatenate([*pieces, points[-1:]])


def _span(points: Stroke, knots: npt.NDArray[np.float64], step: npt.NDArray[np.float64]) -> Stroke:
    """Return the curve between the middle two of four control points."""
    t = (knots[1] + step * (knots[2] - knots[1]))[:, np.newaxis]

    def between(a: Stroke, b: Stroke, low: int, high: int) -> Stroke:
        share = (t - knots[low]) / (knots[high] - knots[low])
        return (1.0 - share) * a + share * b

    first = [between(points[i], points[i + 1], i, i + 1) for i in range(3)]
    second = [between(first[i], first[i + 1], i, i + 2) for i in range(2)]
    return between(second[0], second[1], 1, 2)


def _warped(curves: list[Stroke], rng: np.random.Generator, variation: HandVariation) -> list[Stroke]:
    """Return the curves on a plane whose halves are rebalanced and which slow waves bend."""
    balance = rng.normal(0.0, variation.balance_sd, 2)
    waves = rng.normal(0.0, variation.bend_sd, (2, 2))
    frequency = 2.0 * np.pi * rng.uniform(0.4, 1.2, (2, 2, 2))
    phase = rng.uniform(0.0, 2.0 * np.pi, (2, 2))
    warped = []
    for curve in curves:
        rebalanced = curve + balance * curve * (1.0 - curve)
        angles = np.einsum("kd,odw->kow", curve, frequency) + phase
        warped.append(rebalanced + (waves * np.sin(angles)).sum(axis=2))
    return warped


def _posed(curves: list[Stroke], rng: np.random.Generator, variation: HandVariation) -> list[Stroke]:
    """Return the curves made broader or narrower, slanted, then turned."""
    turn = np.deg2rad(rng.normal(0.0, variation.tilt_sd_deg))
    slant = rng.normal(variation.slant_mean, variation.slant_sd)
    breadth = np.exp(rng.normal(0.0, variation.breadth_sd))
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    shear = np.array([[1.0, -slant], [0.0, 1.0]])
    return [curve @ (rotation @ shear @ np.diag([breadth, 1.0])).T for curve in curves]
