"""A horizontal slider, alone or under a line that names it and says its value."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from bpviz.ui.controls.painting import fill_rounded, focus_ring, shows_focus, smooth
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

_HEIGHT = 18
_TRACK = 4
_KNOB = 12
_KNOB_HOVERED = 14
_WIDTH = 198


class Slider(QSlider):
    """A slider whose knob comes to the pointer at once; keys and signals are QSlider's."""

    def __init__(
        self, source: ThemeSource, name: str, maximum: int = 100, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._source = source
        self.setRange(0, maximum)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:
        return QSize(self._source.px(_WIDTH), self._source.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._source.px(60), self._source.px(_HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._source.theme, self._source.px
        ink = theme.ink if self.isEnabled() else theme.disabled
        painter = smooth(QPainter(self))
        height = px(_TRACK)
        track = QRectF(0, (self.height() - height) / 2, self.width(), height)
        fill_rounded(painter, track, height / 2, theme.strong_line)
        center_x = self._knob_x()
        fill_rounded(painter, QRectF(0, track.top(), center_x, height), height / 2, ink)
        self._paint_knob(painter, center_x)
        painter.end()

    def _paint_knob(self, painter: QPainter, center_x: float) -> None:
        theme, px = self._source.theme, self._source.px
        is_lit = self.isEnabled() and (self.underMouse() or self.isSliderDown())
        side = px(_KNOB_HOVERED if is_lit else _KNOB)
        knob = QRectF(center_x - side / 2, (self.height() - side) / 2, side, side)
        # A rim in the ground's colour parts knob and track.
        fill_rounded(painter, knob.adjusted(-2, -2, 2, 2), side / 2 + 2, theme.panel)
        fill_rounded(painter, knob, side / 2, theme.ink if self.isEnabled() else theme.disabled)
        if shows_focus(self):
            focus_ring(painter, knob.adjusted(2, 2, -2, -2), side / 2 - 2, theme.on_ink)

    def _margin(self) -> float:
        return self._source.px(_KNOB_HOVERED) / 2 + 2

    def _knob_x(self) -> float:
        span = max(1, self.maximum() - self.minimum())
        share = (self.sliderPosition() - self.minimum()) / span
        return self._margin() + share * (self.width() - 2 * self._margin())

    def _value_at(self, x: float) -> int:
        share = (x - self._margin()) / max(1.0, self.width() - 2 * self._margin())
        return self.minimum() + round(min(1.0, max(0.0, share)) * (self.maximum() - self.minimum()))

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()


class LabelledSlider(QWidget):
    """A slider under its name (left) and its present value in words (right)."""

    def __init__(
        self, source: ThemeSource, name: str, maximum: int = 100, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.slider = Slider(source, name, maximum, self)
        self._name = name
        self._value = TextLabel(source, "", FontRole.VALUE)
        heading = QHBoxLayout()
        heading.addWidget(TextLabel(source, name, FontRole.BODY, "secondary"))
        heading.addStretch(1)
        heading.addWidget(self._value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(heading)
        column.addWidget(self.slider)

    def set_value_text(self, text: str) -> None:
        """Say in words what the slider stands at, for example "400 ms a layer"."""
        self._value.setText(text)
        self.slider.setAccessibleName(f"{self._name}: {text}")
