"""Simple text items that are used again, so that changing text makes and destroys nothing."""

from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QGraphicsScene, QGraphicsSimpleTextItem

from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.text_metrics import TextMetrics, text_metrics
from bpviz.ui.style.theme_source import ThemeSource


class TextPool:
    """As many text items of a scene as are written between `begin` and `end`; the rest are hidden."""

    def __init__(self, scene: QGraphicsScene, source: ThemeSource, z: float = 0.0) -> None:
        self._scene = scene
        self._source = source
        self._z = z
        self._texts: list[_Text] = []
        self._n_used = 0

    def metrics(self, role: FontRole) -> TextMetrics:
        """Return the sizes of texts of a role at the present scale."""
        return text_metrics(role, self._source.factor)

    def begin(self) -> None:
        """Start anew: every item is free."""
        self._n_used = 0

    def write(self, text: str, role: FontRole, color: QColor, left: float, top: float) -> float:
        """Write a line with its upper left corner at the nearest whole pixel; return its right end."""
        if self._n_used == len(self._texts):
            self._texts.append(_Text(self._scene, self._z))
        metrics = self.metrics(role)
        left = round(left)
        self._texts[self._n_used].show(text, metrics, color, (left, round(top)))
        self._n_used += 1
        return left + metrics.width(text)

    def write_at(self, text: str, role: FontRole, color: QColor, left: float, middle: float) -> float:
        """Write a line whose middle is at this height; return its right end."""
        return self.write(text, role, color, left, middle - self.metrics(role).height / 2)

    def write_around(self, text: str, role: FontRole, color: QColor, center: float, middle: float) -> None:
        """Write a line with its middle at this place."""
        self.write_at(text, role, color, center - self.metrics(role).width(text) / 2, middle)

    def write_to(self, text: str, role: FontRole, color: QColor, right: float, middle: float) -> float:
        """Write a line that ends at `right`; return its left end."""
        left = right - self.metrics(role).width(text)
        self.write_at(text, role, color, left, middle)
        return left

    def end(self) -> None:
        """Hide the items that were not asked for."""
        for text in self._texts[self._n_used :]:
            text.hide()


class _Text:
    """One item and what it shows, remembered here: asking the item would be a call into Qt."""

    def __init__(self, scene: QGraphicsScene, z: float) -> None:
        self._item = QGraphicsSimpleTextItem()
        self._item.setZValue(z)
        scene.addItem(self._item)
        self._text = ""
        self._metrics: TextMetrics | None = None
        self._color: QColor | None = None
        self._place: tuple[float, float] | None = None
        self._is_visible = True

    def show(self, text: str, metrics: TextMetrics, color: QColor, place: tuple[float, float]) -> None:
        """Show a text, touching only what differs: each setter repaints."""
        if text != self._text:
            self._text = text
            self._item.setText(text)
        if metrics is not self._metrics:
            self._metrics = metrics
            self._item.setFont(metrics.font)
        # By identity: the themes' colours never change, and comparing two is a call into Qt.
        if color is not self._color:
            self._color = color
            self._item.setBrush(QBrush(color))
        if place != self._place:
            self._place = place
            self._item.setPos(*place)
        if not self._is_visible:
            self._is_visible = True
            self._item.setVisible(True)

    def hide(self) -> None:
        """Show nothing."""
        if self._is_visible:
            self._is_visible = False
            self._item.setVisible(False)
