"""A small button that stays pressed, for a row of text where a full button has no place."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bpviz.ui.controls.painting import fill_rounded, focus_ring, outline_rounded, shows_focus, smooth
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.text_metrics import text_metrics
from bpviz.ui.style.theme_source import ThemeSource

_HEIGHT = 20
_RADIUS = 6
_PADDING = 8


class SmallToggle(QAbstractButton):
    """On or off, said by its fill; `clicked(bool)` is the user's, `toggled(bool)` anyone's."""

    def __init__(self, source: ThemeSource, text: str, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.setText(text)
        self.setToolTip(tip)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:
        px = self._source.px
        width = text_metrics(FontRole.LABEL, self._source.factor).width(self.text())
        return QSize(round(width) + 2 * px(_PADDING), px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, radius = self._source.theme, self._source.px(_RADIUS)
        is_lit = self.isChecked() or self.underMouse()
        fill_rounded(painter, self.rect(), radius, theme.control_hover if is_lit else theme.control)
        outline = theme.ink if self.isChecked() else theme.control_line
        outline_rounded(painter, self.rect(), radius, outline)
        painter.setPen(theme.text if is_lit else theme.secondary)
        painter.setFont(text_metrics(FontRole.LABEL, self._source.factor).font)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if shows_focus(self):
            focus_ring(painter, self.rect(), radius, theme.ink)
        painter.end()

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
