"""Between inputs and the stage: where a sample stands, and which one is meant at a place."""

import math
from dataclasses import dataclass

import numpy as np

from bpviz.data.samples import CLASS_NAMES, Samples
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Network
from bpviz.nn.targets import HALF
from bpviz.viewmodel.network.graph_geometry import Rect
from bpviz.viewmodel.network.parts import PlanePart
from bpviz.viewmodel.network.plane import Plane, second_class_share
from bpviz.viewmodel.words.number_format import fixed, grouped
from bpviz.viewmodel.words.sentence_text import output_text

_REACH_PX = 7.0


@dataclass(frozen=True, slots=True)
class PlaneMap:
    """Places of a plane on a rectangle of the stage."""

    area: Rect
    plane: Plane

    @property
    def names(self) -> tuple[str, str]:
        """What runs right, and what runs up."""
        return ("x", "y") if self.plane.is_curve else ("x₀", "x₁")

    def places(self, points: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return stage x and y of points, shape (n, 2)."""
        area, plane = self.area, self.plane
        x = area.x + (points[:, 0] / plane.reach + 1.0) * (area.width / 2)
        return x, area.y + (1.0 - points[:, 1] / plane.height) * (area.height / 2)

    def place(self, across: float, up: float) -> tuple[float, float]:
        """Return stage x and y of one point."""
        x, y = self.places(np.array([[across, up]]))
        return float(x[0]), float(y[0])

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return what a place of the stage stands for."""
        area, plane = self.area, self.plane
        across = (2.0 * (x - area.x) / area.width - 1.0) * plane.reach
        return across, (1.0 - 2.0 * (y - area.y) / area.height) * plane.height

    def part_at(self, x: float, y: float, pixel: float = 1.0) -> PlanePart | None:
        """Return what lies at a place of the stage: a sample, or the surface; None outside it."""
        if not self.area.contains(x, y):
            return None
        across, up = self.point(x, y)
        parts = ((self.plane.train_places, False), (self.plane.test_places, True))
        nearest = [(*self._nearest(places, x, y), is_test) for places, is_test in parts if len(places)]
        row, distance, is_test = min(nearest, key=lambda found: found[1], default=(0, math.inf, False))
        if distance > _REACH_PX * pixel:
            return PlanePart(across, up)
        return PlanePart(across, up, row, is_test)

    def _nearest(self, places: FloatArray, x: float, y: float) -> tuple[int, float]:
        all_x, all_y = self.places(places)
        distance = np.hypot(all_x - x, all_y - y)
        row = int(distance.argmin())
        return row, float(distance[row])


def plane_lines(part: PlanePart, plane: Plane, network: Network) -> tuple[str, ...]:
    """Return what a place says when it is pointed at: its inputs, and what the network answers there."""
    if part.row is None:
        inputs = np.array([[part.x] if plane.is_curve else [part.x, part.y]], np.float32)
        with np.errstate(all="ignore"):
            output = network.forward(inputs).output
        return (_inputs_text(inputs[0]), _answer_text(output, plane, network))
    samples = plane.test if part.is_test else plane.train
    row = slice(part.row, part.row + 1)
    inputs = samples.scaled(row)
    with np.errstate(all="ignore"):
        output = network.forward(inputs).output
    kind = "Test point" if part.is_test else "Sample"
    name = f"{kind} {grouped(part.row)}: {_target_text(samples, part.row)}"
    lines = (name, _inputs_text(inputs[0]), _answer_text(output, plane, network))
    return (*lines, "Not trained on") if part.is_test else lines


def _target_text(samples: Samples, row: int) -> str:
    if samples.values is not None:
        return f"should be {fixed(float(samples.values[row, 0]))}"
    return f"class {CLASS_NAMES[int(samples.labels[row])]}"


def _inputs_text(inputs: FloatArray) -> str:
    if len(inputs) == 1:
        return f"x {fixed(float(inputs[0]))}"
    return f"x₀ {fixed(float(inputs[0]))}   x₁ {fixed(float(inputs[1]))}"


def _answer_text(output: FloatArray, plane: Plane, network: Network) -> str:
    if plane.is_curve:
        return f"Network: {fixed(float(output[0, 0]))}"
    share = float(second_class_share(output)[0])
    answer = output_text(share, network.architecture.output_activation)
    return f"Network: {answer}, class {CLASS_NAMES[int(share > HALF)]}"
