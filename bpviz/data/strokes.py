"""The pen-stroke model: handwritten digits as polylines, every variation drawn from a passed generator."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bpviz.data.stroke_templates import StrokeForm, Style, styles_of

Stroke = npt.NDArray[np.float64]
"""Points of one pen-down movement, shape (k, 2), x right and y down, in digit heights."""

_POINTS_PER_SPAN = 9
_LARGEST_POSE_DEVIATION = 2.2
_LARGEST_STRETCH = 0.9
_WOBBLE_WAVES = 4
_FASTEST_WOBBLE_PER_HEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class HandVariation:
    """How much hands differ; lengths are in digit heights, sd means standard deviation.

    Attributes
    ----------
    blend
        Concentration of the blend of a style's forms: small picks one form, large averages them.
    wobble_sd
        Displacement of a control point that changes slowly along the stroke.
    tremor_sd
        Displacement of a control point by itself.
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
    breadth_mean, breadth_sd
        Logarithm of the factor by which the digit is broadened.
    """

    blend: float = 0.3
    wobble_sd: float = 0.055
    tremor_sd: float = 0.005
    drift_sd: float = 0.025
    reach_sd: float = 0.25
    balance_sd: float = 0.24
    bend_sd: float = 0.035
    tilt_sd_deg: float = 6.0
    slant_mean: float = 0.18
    slant_sd: float = 0.22
    breadth_mean: float = 0.08
    breadth_sd: float = 0.18


ORDINARY_HANDS = HandVariation()


def draw_digit(
    digit: int, rng: np.random.Generator, variation: HandVariation = ORDINARY_HANDS
) -> list[Stroke]:
    """Return the strokes of one handwritten `digit` (0-9), each shape (k, 2), about one unit high."""
    style = _choose_style(digit, rng)
    placed = [_unsteady(stroke, rng, variation) for stroke in _blend(style, rng, variation.blend)]
    curves = [smooth_stroke(stroke) for stroke in placed]
    return vary_strokes(curves, rng, variation)


def vary_strokes(strokes: list[Stroke], rng: np.random.Generator, variation: HandVariation) -> list[Stroke]:
    """Return strokes that are about one unit high as another hand would lean, stretch and bend them."""
    return _posed(_warped(strokes, rng, variation), rng, variation)


def _choose_style(digit: int, rng: np.random.Generator) -> Style:
    styles = styles_of(digit)
    weights = np.array([style.weight for style in styles])
    return styles[int(rng.choice(len(styles), p=weights / weights.sum()))]


def _blend(style: Style, rng: np.random.Generator, concentration: float) -> list[StrokeForm]:
    shares = rng.dirichlet(np.full(len(style.forms), concentration))
    return [
        StrokeForm(_weighted_points(shares, versions), versions[0].corners)
        for versions in zip(*style.forms, strict=True)
    ]


def _weighted_points(shares: npt.NDArray[np.float64], versions: tuple[StrokeForm, ...]) -> Stroke:
    """Return the weighted sum of the control points of one stroke's versions, shape (k, 2)."""
    stacked = np.stack([version.points for version in versions])
    blended: Stroke = np.einsum("f,fkd->kd", shares, stacked)
    return blended


def _unsteady(stroke: StrokeForm, rng: np.random.Generator, variation: HandVariation) -> StrokeForm:
    """Return the stroke as a hand would place its control points, ends longer or shorter."""
    alone = rng.normal(0.0, variation.tremor_sd, stroke.points.shape)
    drift = rng.normal(0.0, variation.drift_sd, 2)
    points = stroke.points + _wobble(stroke.points, rng, variation.wobble_sd) + alone + drift
    for end, neighbour in ((0, 1), (-1, -2)):
        stretch = np.clip(rng.normal(0.0, variation.reach_sd), -_LARGEST_STRETCH, _LARGEST_STRETCH)
        points[end] += stretch * (points[end] - points[neighbour])
    return StrokeForm(points, stroke.corners)


def _wobble(points: Stroke, rng: np.random.Generator, wobble_sd: float) -> Stroke:
    """Return displacements that change smoothly with the way the pen has gone, so that curves stay round."""
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    # A sum of n waves of amplitude sd * sqrt(2 / n) has standard deviation sd.
    amplitude = rng.normal(0.0, wobble_sd * np.sqrt(2.0 / _WOBBLE_WAVES), (_WOBBLE_WAVES, 2))
    frequency = rng.uniform(0.0, _FASTEST_WOBBLE_PER_HEIGHT, (_WOBBLE_WAVES, 2))
    phase = rng.uniform(0.0, 2.0 * np.pi, (_WOBBLE_WAVES, 2))
    angles = 2.0 * np.pi * way[:, np.newaxis, np.newaxis] * frequency + phase
    displacements: Stroke = (amplitude * np.sin(angles)).sum(axis=1)
    return displacements


def smooth_stroke(stroke: StrokeForm) -> Stroke:
    """Return the curve through a stroke's control points, broken at its corners."""
    cuts = [0, *stroke.corners, len(stroke.points) - 1]
    arcs = [_spline(stroke.points[a : b + 1]) for a, b in pairwise(cuts)]
    return np.concatenate([arcs[0], *(arc[1:] for arc in arcs[1:])])


def _spline(points: Stroke) -> Stroke:
    """Return a natural cubic spline through `points`: curvature without jumps, as a moving hand makes it.

    The knots are centripetal (distances to the power 1/2), which keeps uneven points from making loops.

    References
    ----------
    Press et al., *Numerical Recipes*, 3rd ed., section 3.3; E. T. Y. Lee, "Choosing nodes in parametric
    curve interpolation", Computer-Aided Design 21 (1989).
    """
    spans = np.sqrt(np.maximum(np.linalg.norm(np.diff(points, axis=0), axis=1), 1e-6))
    bends = _second_derivatives(points, spans)
    share = np.linspace(0.0, 1.0, _POINTS_PER_SPAN, endpoint=False)[np.newaxis, :, np.newaxis]
    rest = 1.0 - share
    squared = (spans**2)[:, np.newaxis, np.newaxis] / 6.0
    line = rest * points[:-1, np.newaxis] + share * points[1:, np.newaxis]
    bend = (rest**3 - rest) * bends[:-1, np.newaxis] + (share**3 - share) * bends[1:, np.newaxis]
    return np.concatenate([(line + squared * bend).reshape(-1, 2), points[-1:]])


def _second_derivatives(points: Stroke, spans: npt.NDArray[np.float64]) -> Stroke:
    """Return the spline's second derivatives at its points, zero at both ends."""
    bends = np.zeros_like(points)
    if len(points) > 2:
        slopes = np.diff(points, axis=0) / spans[:, np.newaxis]
        between = spans[1:-1] / 6.0
        system = np.diag((spans[:-1] + spans[1:]) / 3.0) + np.diag(between, 1) + np.diag(between, -1)
        bends[1:-1] = np.linalg.solve(system, np.diff(slopes, axis=0))
    return bends


def _warped(curves: list[Stroke], rng: np.random.Generator, variation: HandVariation) -> list[Stroke]:
    """Return the curves on a plane whose halves are rebalanced and which slow waves bend."""
    balance = rng.normal(0.0, variation.balance_sd, 2)
    waves = rng.normal(0.0, variation.bend_sd, (2, 2))
    frequency = 2.0 * np.pi * rng.uniform(0.2, 0.8, (2, 2, 2))
    phase = rng.uniform(0.0, 2.0 * np.pi, (2, 2))
    warped = []
    for curve in curves:
        rebalanced = curve + balance * curve * (1.0 - curve)
        angles = np.einsum("kd,odw->kow", curve, frequency) + phase
        warped.append(rebalanced + (waves * np.sin(angles)).sum(axis=2))
    return warped


def _posed(curves: list[Stroke], rng: np.random.Generator, variation: HandVariation) -> list[Stroke]:
    """Return the curves made broader or narrower, slanted, then turned."""
    # Beyond some two deviations a digit falls over or is squashed, which nobody writes.
    deviation = np.clip(rng.normal(size=3), -_LARGEST_POSE_DEVIATION, _LARGEST_POSE_DEVIATION)
    turn = np.deg2rad(variation.tilt_sd_deg * deviation[0])
    slant = variation.slant_mean + variation.slant_sd * deviation[1]
    breadth = np.exp(variation.breadth_mean + variation.breadth_sd * deviation[2])
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    shear = np.array([[1.0, -slant], [0.0, 1.0]])
    return [curve @ (rotation @ shear @ np.diag([breadth, 1.0])).T for curve in curves]
