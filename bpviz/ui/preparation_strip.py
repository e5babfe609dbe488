"""What becomes of a drawing on its way into the network, as four small pictures."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bpviz.data.digit_image import IMAGE_SIDE, INK_SIDE, PreparedDigit
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.fonts import FontRole
from bpviz.ui.gray_picture import gray_image
from bpviz.ui.icons import icon_pixmap
from bpviz.ui.theme import DARK
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.number_format import fixed

_GAP_PX = 20
_RADIUS_PX = 4
_ARROW_PX = 14


class _Step(NamedTuple):
    caption: str
    tip: str
    paint: Callable[[QPainter, PreparedDigit, float], None]


class PreparationStrip(QWidget):
    """Shows a drawing as drawn, cropped, scaled to 20 px and centred by its mass."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._prepared: PreparedDigit | None = None
        self._create()
        self._lay_out()
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def mass_text(self) -> str:
        """What is said about the centre of mass."""
        return self._mass.text()

    def show_prepared(self, prepared: PreparedDigit) -> None:
        """Show the steps of this drawing; an empty one shows black squares."""
        self._prepared = prepared
        center = prepared.center_of_mass
        if center is None:
            self._mass.setText("")
        else:
            self._mass.setText(self._mass_text(f"({fixed(center[0], 1)}, {fixed(center[1], 1)})"))
        self._paint_pictures()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _create(self) -> None:
        source = self._source
        self._heading = TextLabel(source, "What the network is given", FontRole.VALUE)
        self._mass = TextLabel(source, "", FontRole.BODY, "secondary")
        self._mass.setToolTip(
            "Of the 28 × 28 image, in pixels from the upper left, counted from 0. "
            "MNIST's digits have theirs at (14, 14)."
        )
        self._pictures = [QLabel() for _ in _STEPS]
        self._arrows = [QLabel() for _ in _STEPS[1:]]
        last = len(_STEPS) - 1
        self._captions = [
            TextLabel(source, step.caption, FontRole.BODY if index < last else FontRole.VALUE,
                      "secondary" if index < last else "text")
            for index, step in enumerate(_STEPS)
        ]  # fmt: skip
        for picture, step in zip(self._pictures, _STEPS, strict=True):
            picture.setToolTip(step.tip)
            picture.setAccessibleName(f"The drawing, {step.caption}")

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(self._heading)
        heading.addStretch(1)
        heading.addWidget(self._mass)
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.setVerticalSpacing(6)
        center = Qt.AlignmentFlag.AlignCenter
        for index, (picture, caption) in enumerate(zip(self._pictures, self._captions, strict=True)):
            grid.addWidget(picture, 0, 2 * index)
            grid.addWidget(caption, 1, 2 * index, center)
        for index, arrow in enumerate(self._arrows):
            grid.addWidget(arrow, 0, 2 * index + 1, center)
            grid.setColumnStretch(2 * index + 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addLayout(grid)

    def _mass_text(self, place: str) -> str:
        """Return the whole words where there is room for them beside the heading."""
        text = f"centre of mass {place}"
        needed = self._heading.sizeHint().width() + self._mass.fontMetrics().horizontalAdvance(text)
        return text if needed + self._source.px(12) <= self.width() else f"mass {place}"

    def _on_theme_changed(self) -> None:
        arrow = icon_pixmap(
            "chevron-right", self._source.theme.tertiary, self._source.px(_ARROW_PX), self.devicePixelRatioF()
        )
        for label in self._arrows:
            label.setPixmap(arrow)
        self._fit()

    def _fit(self) -> None:
        room = (self.width() - 3 * self._source.px(_GAP_PX)) / len(_STEPS)
        # Whole screen pixels for each of the 28, or the image's pixels would differ in size.
        side = (
            IMAGE_SIDE * max(int(room * self.devicePixelRatioF() / IMAGE_SIDE), 1) / self.devicePixelRatioF()
        )
        for picture in self._pictures:
            picture.setFixedSize(round(side), round(side))
        self._paint_pictures()

    def _paint_pictures(self) -> None:
        for label, step in zip(self._pictures, _STEPS, strict=True):
            label.setPixmap(self._painted(step, label.width()))

    def _painted(self, step: _Step, side: int) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        radius = self._source.px(_RADIUS_PX)
        frame.addRoundedRect(QRectF(0.5, 0.5, side - 1.0, side - 1.0), radius, radius)
        painter.fillPath(frame, Qt.GlobalColor.black)
        painter.setClipPath(frame)
        if self._prepared is not None and not self._prepared.is_empty:
            step.paint(painter, self._prepared, float(side))
        painter.setClipping(False)
        painter.strokePath(frame, QPen(self._source.theme.strong_line, 1.0))
        painter.end()
        return pixmap


def _paint_drawn(painter: QPainter, prepared: PreparedDigit, side: float) -> None:
    _paint_smooth(painter, gray_image(prepared.ink), QRectF(0, 0, side, side))
    left, top, right, bottom = prepared.crop_box or (0, 0, 0, 0)
    scale = side / prepared.ink.shape[1]
    painter.setPen(QPen(DARK.tertiary, 1.0, Qt.PenStyle.DotLine))
    painter.drawRect(QRectF(left * scale, top * scale, (right - left) * scale, (bottom - top) * scale))


def _paint_cropped(painter: QPainter, prepared: PreparedDigit, side: float) -> None:
    height, width = prepared.cropped.shape
    scale = side / max(height, width)
    room = QRectF((side - width * scale) / 2, (side - height * scale) / 2, width * scale, height * scale)
    _paint_smooth(painter, gray_image(prepared.cropped), room)


def _paint_scaled(painter: QPainter, prepared: PreparedDigit, side: float) -> None:
    pixel = side / IMAGE_SIDE
    height, width = prepared.scaled.shape
    # The middle of the frame, not yet of the mass: what the next step moves can be seen.
    left, top = (IMAGE_SIDE - width) // 2, (IMAGE_SIDE - height) // 2
    room = QRectF(left * pixel, top * pixel, width * pixel, height * pixel)
    painter.drawImage(room, gray_image(prepared.scaled))
    margin = (IMAGE_SIDE - INK_SIDE) / 2 * pixel
    painter.setPen(QPen(DARK.tertiary, 1.0, Qt.PenStyle.DotLine))
    painter.drawRect(QRectF(margin, margin, INK_SIDE * pixel, INK_SIDE * pixel))


def _paint_centered(painter: QPainter, prepared: PreparedDigit, side: float) -> None:
    painter.drawImage(QRectF(0, 0, side, side), gray_image(prepared.image))
    if prepared.center_of_mass is None:
        return
    x, y = ((value + 0.5) * side / IMAGE_SIDE for value in prepared.center_of_mass)
    painter.setPen(QPen(DARK.secondary, 1.0, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(x, 0.0), QPointF(x, side))
    painter.drawLine(QPointF(0.0, y), QPointF(side, y))


def _paint_smooth(painter: QPainter, image: QImage, room: QRectF) -> None:
    size = room.size().toSize() * painter.device().devicePixelRatioF()
    # Scaled by area first: the painter's own bilinear filter drops thin ink when it shrinks.
    smaller = image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    painter.drawImage(room, smaller)


_STEPS = (
    _Step("drawn", "The ink as you drew it, and the box around it.", _paint_drawn),
    _Step("cropped", "Only what lies in the box.", _paint_cropped),
    _Step("20 px", "The longer side is 20 pixels, as in MNIST's images.", _paint_scaled),
    _Step("centred", "Shifted by whole pixels so that the centre of mass lies in the middle of 28 × 28.",
          _paint_centered),
)  # fmt: skip
