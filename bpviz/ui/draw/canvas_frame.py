"""What surrounds the ink on the canvas: paper, frame, hint, the box around the ink. All plain C++ items."""

from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
)

from bpviz.data.rasterize import INK_SIZE
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import DARK, Theme, blend
from bpviz.ui.style.theme_source import ThemeSource

SIDE = float(INK_SIZE)
BLACK = QColor(0, 0, 0)
DRAW_HINT = ("Draw a digit", "with mouse, finger or pen")
DROP_HINT = ("Drop the picture", "its digit is lifted off the paper")
_RADIUS_PX = 10


class CanvasLook(Enum):
    """Where the canvas stands: in a panel of the window, or by itself for people standing before it."""

    IN_PANEL = (FontRole.BIG_NUMBER, FontRole.BODY)
    ON_STAND = (FontRole.ANSWER_SHARE, FontRole.NUMBER)

    def ground(self, theme: Theme) -> QColor:
        """Return the colour around the canvas."""
        return theme.panel if self is CanvasLook.IN_PANEL else theme.stage


class CanvasFrame:
    """Keeps a canvas' surroundings in a scene measured in ink pixels; belongs to the GUI thread.

    The frame is ink coloured while `is_lit`: the canvas has the keyboard, or a picture is held over it.
    """

    def __init__(self, source: ThemeSource, scene: QGraphicsScene) -> None:
        self._source = source
        self._is_lit = False
        self._scale = 1.0
        self._paper = QGraphicsRectItem(0.0, 0.0, SIDE, SIDE)
        self._paper.setBrush(BLACK)
        self._paper.setPen(Qt.PenStyle.NoPen)
        self._crop = QGraphicsRectItem()
        self._crop.setVisible(False)
        self._crop.setPen(_hairline(blend(DARK.tertiary, BLACK, 0.7), Qt.PenStyle.DashLine))
        self._corners, self._edge = QGraphicsPathItem(), QGraphicsPathItem()
        self._corners.setPen(Qt.PenStyle.NoPen)
        self._hint, self._hint_more = _text(), _text()
        for depth, item in enumerate((self._paper, self._hint, self._hint_more, self._crop)):
            item.setZValue(depth - 10)
            scene.addItem(item)
        for depth, item in enumerate((self._corners, self._edge)):
            item.setZValue(depth + 10)
            scene.addItem(item)
        self.set_hint(DRAW_HINT)

    @property
    def hint_text(self) -> str:
        """What the hint asks for, shown or not."""
        return self._hint.text()

    def show_crop(self, box: QRectF | None) -> None:
        """Show the dashed box around the ink, in ink pixels, or none."""
        self._crop.setVisible(box is not None)
        if box is not None:
            self._crop.setRect(box)

    def set_hint(self, words: tuple[str, str]) -> None:
        """Write another hint: what to do, and how."""
        self._hint.setText(words[0])
        self._hint_more.setText(words[1])
        self._place_hint()

    def show_hint(self, is_shown: bool) -> None:
        """Show the hint, or leave the canvas to the ink."""
        self._hint.setVisible(is_shown)
        self._hint_more.setVisible(is_shown)

    def set_lit(self, is_lit: bool) -> None:
        """Draw the frame in ink, or as a quiet line."""
        self._is_lit = is_lit
        self._edge.setPen(self._edge_pen())

    def set_look(self, look: CanvasLook) -> None:
        """Follow theme and type size."""
        self._corners.setBrush(look.ground(self._source.theme))
        self._edge.setPen(self._edge_pen())
        for text, role in zip((self._hint, self._hint_more), look.value, strict=True):
            text.setFont(self._source.font(role))
        self._place_hint()

    def fit(self, scale: float) -> None:
        """Keep corners and hint in size when an ink pixel is `scale` screen pixels."""
        self._scale = scale
        radius = self._source.px(_RADIUS_PX) / scale
        square = QRectF(0.0, 0.0, SIDE, SIDE)
        rounded = QPainterPath()
        rounded.addRoundedRect(square, radius, radius)
        around = QPainterPath()
        around.addRect(square.adjusted(-1.0, -1.0, 1.0, 1.0))
        self._edge.setPath(rounded)
        self._corners.setPath(around.subtracted(rounded))
        self._place_hint()

    def _edge_pen(self) -> QPen:
        theme = self._source.theme
        pen = QPen(theme.ink if self._is_lit else theme.strong_line, 4.0 if self._is_lit else 2.0)
        pen.setCosmetic(True)
        return pen

    def _place_hint(self) -> None:
        above, below = self._hint.boundingRect(), self._hint_more.boundingRect()
        top = SIDE / 2.0 - (above.height() + below.height()) / self._scale / 2.0
        self._hint.setPos((SIDE - above.width() / self._scale) / 2.0, top)
        under = top + above.height() / self._scale
        self._hint_more.setPos((SIDE - below.width() / self._scale) / 2.0, under)


def _hairline(color: QColor, style: Qt.PenStyle) -> QPen:
    pen = QPen(color, 1.0, style)
    pen.setCosmetic(True)
    return pen


def _text() -> QGraphicsSimpleTextItem:
    item = QGraphicsSimpleTextItem()
    item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
    item.setBrush(DARK.tertiary)
    return item
