"""Zoom and pan of a stage as a pure value: from stage pixels to view pixels."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform

SMALLEST = 0.5
LARGEST = 12.0


@dataclass(frozen=True, slots=True)
class StageZoom:
    """A stage point p is seen at `scale * p + (dx, dy)`."""

    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    def zoomed(self, factor: float, about: QPointF, fit: float) -> "StageZoom":
        """Return the zoom with the point under `about` staying where it is.

        `fit` is the scale at which the whole stage is seen; the zoom stays between half of it and
        twelve times it.
        """
        scale = min(LARGEST * fit, max(SMALLEST * fit, self.scale * factor))
        ratio = scale / self.scale
        dx = about.x() - ratio * (about.x() - self.dx)
        dy = about.y() - ratio * (about.y() - self.dy)
        return StageZoom(scale, dx, dy)

    def panned(self, dx: float, dy: float) -> "StageZoom":
        """Return the zoom moved by so many view pixels."""
        return StageZoom(self.scale, self.dx + dx, self.dy + dy)

    def to_stage(self, point: QPointF) -> QPointF:
        """Return the stage point seen at a view point."""
        return QPointF((point.x() - self.dx) / self.scale, (point.y() - self.dy) / self.scale)

    def to_view(self, point: QPointF) -> QPointF:
        """Return where a stage point is seen."""
        return QPointF(point.x() * self.scale + self.dx, point.y() * self.scale + self.dy)

    def transform(self) -> QTransform:
        """Return the same as a transform."""
        return QTransform(self.scale, 0.0, 0.0, self.scale, self.dx, self.dy)


def fitted(stage: tuple[float, float], view: tuple[float, float]) -> StageZoom:
    """Return the zoom at which the whole stage is seen in the middle of the view, never magnified."""
    scale = min(1.0, view[0] / stage[0], view[1] / stage[1])
    return StageZoom(scale, (view[0] - scale * stage[0]) / 2, (view[1] - scale * stage[1]) / 2)
