"""The ink of a drawing as path items: white, or tinted inside a white outline."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from bpviz.data.pen_strokes import PenStroke
from bpviz.data.rasterize import INK_SIZE, Ink
from bpviz.ui.draw.ink_picture import InkPicture

_WHITE = QColor(255, 255, 255)
_OUTLINE_PX = 1.75
_PIECE_POINTS = 96


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
    """Keeps the ink in a scene measured in ink pixels: white below, the tint above.

    All white lies under all tints, so that crossing strokes become one shape. A stroke is cut into
    pieces: painting time grows faster than a path does, and only the last piece grows.
    """

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._pieces: list[_Piece] = []
        self._picture = InkPicture(scene)
        self._tint: QBrush | None = None
        self._pixel = 1.0

    def show_all(self, strokes: Iterable[PenStroke], picture: Ink | None = None) -> None:
        """Show these strokes and no others, on a picture's ink if there is one."""
        self._picture.show(picture)
        while self._pieces:
            self._pieces.pop().remove_from(self._scene)
        for stroke in strokes:
            points: list[list[float]] = stroke.points.tolist()
            for first in range(0, max(len(points) - 1, 1), _PIECE_POINTS - 1):
                self._add(points[first : first + _PIECE_POINTS], stroke.pen_width)

    def begin_stroke(self, x: float, y: float, pen_width: float) -> None:
        """Show a dot at (x, y), in canvas sides, which the next points make a stroke."""
        self._add([[x, y]], pen_width)

    def extend_stroke(self, x: float, y: float) -> None:
        """Lead the last stroke on to (x, y), in canvas sides."""
        last = self._pieces[-1]
        if len(last.points) < _PIECE_POINTS:
            last.extend([x, y])
        else:
            self._add([last.points[-1], [x, y]], last.pen_width)

    def set_tint(self, tint: InkTint | None) -> None:
        """Colour the ink inside a white outline, or make it white all through."""
        self._tint = None if tint is None else tint.brush()
        self._update_pens()

    def set_pixel_size(self, pixel: float) -> None:
        """Keep the outline equally wide on screen: a screen pixel is `pixel` ink pixels now."""
        self._pixel = pixel
        self._update_pens()

    def _add(self, points: list[list[float]], pen_width: float) -> None:
        piece = _Piece(points, pen_width)
        piece.add_to(self._scene)
        piece.set_tint(self._tint, self._pixel)
        self._pieces.append(piece)

    def _update_pens(self) -> None:
        self._picture.set_tint(self._tint)
        for piece in self._pieces:
            piece.set_tint(self._tint, self._pixel)


class _Piece:
    """Part of a stroke: one path, painted white and, narrower, in the tint."""

    def __init__(self, points: list[list[float]], pen_width: float) -> None:
        self.points = points
        self.pen_width = pen_width
        self._white, self._tinted = QGraphicsPathItem(), QGraphicsPathItem()
        self._white.setPen(_round_pen(QBrush(_WHITE), pen_width * INK_SIZE))
        self._tinted.setZValue(1.0)
        self._path = QPainterPath(_place(points[0]))
        for point in points[1:]:
            self._path.lineTo(_place(point))
        if len(points) == 1:
            # A line to the same place is not painted; one a hair longer is the pen's round dot.
            self._path.lineTo(_place(points[0]) + QPointF(1e-3, 0.0))
        self._show_path()

    def add_to(self, scene: QGraphicsScene) -> None:
        scene.addItem(self._white)
        scene.addItem(self._tinted)

    def remove_from(self, scene: QGraphicsScene) -> None:
        scene.removeItem(self._white)
        scene.removeItem(self._tinted)

    def extend(self, point: list[float]) -> None:
        self.points.append(point)
        self._path.lineTo(_place(point))
        self._show_path()

    def set_tint(self, tint: QBrush | None, pixel: float) -> None:
        inner = self.pen_width * INK_SIZE - 2.0 * _OUTLINE_PX * pixel
        self._tinted.setVisible(tint is not None and inner > 0.0)
        if tint is not None and inner > 0.0:
            self._tinted.setPen(_round_pen(tint, inner))

    def _show_path(self) -> None:
        self._white.setPath(self._path)
        self._tinted.setPath(self._path)


def _place(point: list[float]) -> QPointF:
    return QPointF(point[0] * INK_SIZE, point[1] * INK_SIZE)


def _round_pen(brush: QBrush, width: float) -> QPen:
    return QPen(brush, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
