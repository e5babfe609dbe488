"""Tags on the drawing: short texts in small boxes, used again rather than made anew."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from bpviz.ui.network.network_items import Align, Layer, Text
from bpviz.ui.network.network_theme import StageStyle
from bpviz.ui.style.theme import Theme, blend
from bpviz.viewmodel.network.tags import Tag

_HEIGHT_PX = 21.0
_PADDING_PX = 7.0
_RADIUS_PX = 5.0
_EDGE_PX = 4.0


class TagItems:
    """As many tags as are shown at once, each left of `right` and clear of those before it."""

    def __init__(self, parent: QGraphicsItem, right: float, style: StageStyle) -> None:
        self._parent = parent
        self._right = right
        self._style = style
        self._tags: list[_TagItem] = []
        self._shown: tuple[Tag, ...] = ()

    @property
    def areas(self) -> tuple[QRectF, ...]:
        """Where the shown tags stand on the stage."""
        return tuple(tag.area for tag in self._tags[: len(self._shown)])

    @property
    def texts(self) -> tuple[str, ...]:
        """What the shown tags say."""
        return tuple(tag.text for tag in self._shown)

    def show(self, tags: tuple[Tag, ...]) -> None:
        """Show these tags; a main one keeps its place, others make room for it."""
        if tags == self._shown:
            return
        self._shown = tags
        while len(self._tags) < len(tags):
            self._tags.append(_TagItem(self._parent, self._style))
        taken: list[QRectF] = []
        for item, tag in zip(self._tags, sorted(tags, key=lambda tag: not tag.is_main), strict=False):
            taken.append(item.show(tag, self._right, taken))
        for item in self._tags[len(tags) :]:
            item.hide()


class _TagItem:
    def __init__(self, parent: QGraphicsItem, style: StageStyle) -> None:
        self._style = style
        self._box = QGraphicsPathItem(parent)
        self._box.setZValue(Layer.TAGS.value)
        self._text = Text(parent, style.value_font, style.theme.text, Align.CENTER)
        self._text.item.setZValue(Layer.TAGS.value + 0.5)

    @property
    def area(self) -> QRectF:
        """The place the tag takes."""
        return self._box.path().boundingRect()

    def hide(self) -> None:
        self._box.setVisible(False)
        self._text.item.setVisible(False)

    def show(self, tag: Tag, right: float, taken: list[QRectF]) -> QRectF:
        """Show a tag and return the place it takes."""
        factor = self._style.factor
        self._text.show(tag.text)
        width, height = self._text.width + 2 * _PADDING_PX * factor, _HEIGHT_PX * factor
        left = max(_EDGE_PX, min(tag.x - tag.align * width, right - width - _EDGE_PX))
        area = _cleared(QRectF(round(left), round(tag.y - height / 2), round(width), height), taken)
        path = QPainterPath()
        path.addRoundedRect(area, _RADIUS_PX * factor, _RADIUS_PX * factor)
        self._box.setPath(path)
        self._paint(tag, self._style.theme)
        self._text.at(area.center().x(), area.center().y())
        self._box.setVisible(True)
        self._text.item.setVisible(True)
        return area

    def _paint(self, tag: Tag, theme: Theme) -> None:
        color: QColor = getattr(theme, tag.tone.value)
        self._text.paint_with(theme.stage if tag.is_main else color)
        self._box.setBrush(QBrush(color if tag.is_main else theme.stage))
        self._box.setPen(QPen(theme.stage if tag.is_main else blend(color, theme.stage, 0.6), 1.2))


def _cleared(area: QRectF, taken: list[QRectF]) -> QRectF:
    """Return the place moved up or down, away from the middle of what it would cover."""
    for other in taken:
        if area.intersects(other):
            is_above = area.center().y() < other.center().y()
            area.moveTop(other.top() - area.height() - 3.0 if is_above else other.bottom() + 3.0)
    return area
