"""The ink of a drawing as path items: white, or tinted inside a white outline."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPixmap, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from bpviz.data.rasterize import INK_SIZE
from bpviz.viewmodel.drawing import Stroke

_WHITE = QColor(255, 255, 255)
_OUTLINE_PX = 1.75


@dataclass(frozen=True, slots=True)
class InkTint:
    """A picture to colour the ink with.

    Attributes
    ----------
    picture
        Any size; stretched over `box`.
    box
        Where it lies, in ink pixels.
    """

    picture: QPixmap
    box: QRectF

    def brush(self) -> QBrush:
        """Return the picture as a brush in ink pixels."""
        brush = QBrush(self.picture)
        stretch = QTransform.fromTranslate(self.box.x(), self.box.y())
        stretch.scale(self.box.width() / self.picture.width(), self.box.height() / self.picture.height())
        brush.setTransform(stretch)
        return brush


class InkItems:
    """Keeps two path items a stroke in a scene measured in ink pixels: white below, the tint above.

    All outlines lie under all tints, so that crossing strokes become one shape.
    """

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._outlines: list[QGraphicsPathItem] = []
        self._fills: list[QGraphicsPathItem] = []
        self._strokes: tuple[Stroke, ...] = ()
        self._tint: QBrush | None = None
        self._pixel = 1.0

    def show_all(self, strokes: tuple[Stroke, ...]) -> None:
        """Show these strokes and no others."""
        self._strokes = strokes
        self._fit_count(len(strokes))
        for index in range(len(strokes)):
            self._update(index)

    def show_last(self, strokes: tuple[Stroke, ...]) -> None:
        """Show these strokes, of which all but the last are shown already."""
        self._strokes = strokes
        self._fit_count(len(strokes))
        self._update(len(strokes) - 1)

    def set_tint(self, tint: InkTint | None) -> None:
        """Colour the ink inside a white outline, or make it white all through."""
        self._tint = None if tint is None else tint.brush()
        self._update_pens()

    def set_pixel_size(self, pixel: float) -> None:
        """Keep the outline equally wide on screen: a screen pixel is `pixel` ink pixels now."""
        self._pixel = pixel
        self._update_pens()

    def _fit_count(self, count: int) -> None:
        while len(self._outlines) > count:
            self._scene.removeItem(self._outlines.pop())
            self._scene.removeItem(self._fills.pop())
        while len(self._outlines) < count:
            self._outlines.append(self._added(0.0))
            self._fills.append(self._added(1.0))

    def _added(self, depth: float) -> QGraphicsPathItem:
        item = QGraphicsPathItem()
        item.setZValue(depth)
        self._scene.addItem(item)
        return item

    def _update(self, index: int) -> None:
        path = _path(self._strokes[index])
        self._outlines[index].setPath(path)
        self._fills[index].setPath(path)
        self._update_pen(index)

    def _update_pens(self) -> None:
        for index in range(len(self._strokes)):
            self._update_pen(index)

    def _update_pen(self, index: int) -> None:
        width = self._strokes[index].pen_width * INK_SIZE
        self._outlines[index].setPen(_round_pen(QBrush(_WHITE), width))
        fill = self._fills[index]
        inner = width - 2.0 * _OUTLINE_PX * self._pixel
        fill.setVisible(self._tint is not None and inner > 0.0)
        if self._tint is not None and inner > 0.0:
            fill.setPen(_round_pen(self._tint, inner))


def _path(stroke: Stroke) -> QPainterPath:
    points: Sequence[Sequence[float]] = (stroke.points * INK_SIZE).tolist()
    if len(points) == 1:
        # A line to the same place is not painted; one a hair longer is the pen's round dot.
        points = [points[0], [points[0][0] + 1e-3, points[0][1]]]
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    return path


def _round_pen(brush: QBrush, width: float) -> QPen:
    return QPen(brush, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
