"""An activation function's curve with the point where the neuron is, and its slope there."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.activation_curve import ActivationCurve
from bpviz.viewmodel.words.number_format import fixed, short

_WIDTH, _HEIGHT = 168, 104
_LEFT, _BOTTOM, _TOP, _RIGHT = 20, 18, 6, 6
_TANGENT = 26.0
_POINT = 5.5


class ActivationCurveView(QWidget):
    """Shows one `ActivationCurve`; a fixed size at scale 1.0."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._curve: ActivationCurve | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)

    @property
    def curve(self) -> ActivationCurve | None:
        """What is shown."""
        return self._curve

    def show_curve(self, curve: ActivationCurve) -> None:
        """Show another curve and point."""
        self._curve = curve
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._source.px(_WIDTH), self._source.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._curve is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self._source.px
        area = QRectF(self.rect()).adjusted(px(_LEFT), px(_TOP), -px(_RIGHT), -px(_BOTTOM))
        place = self._place_of_z(area, self._curve)
        self._paint_axes(painter, area, self._curve, place)
        self._paint_curve(painter, area, self._curve)
        if self._curve.has_point:
            self._paint_point(painter, area, self._curve)
            self._paint_place(painter, self._curve, place)

    def _paint_axes(self, painter: QPainter, area: QRectF, curve: ActivationCurve, taken: QRectF) -> None:
        """Draw the axes and name their ends, but for an end whose room is `taken`."""
        theme = self._source.theme
        zero = _at(area, curve, 0.0, 0.0)
        painter.setPen(QPen(theme.line, 1.0))
        if area.left() <= zero.x() <= area.right():
            painter.drawLine(QLineF(zero.x(), area.top(), zero.x(), area.bottom()))
        painter.drawLine(QLineF(area.left(), area.bottom(), area.right(), area.bottom()))
        painter.setFont(self._source.font(FontRole.CAPTION))
        painter.setPen(theme.secondary)
        height = self._source.px(_BOTTOM)
        foot = QRectF(area.left(), area.bottom() + 2, area.width(), height - 2)
        for z, side_of in (
            (curve.z[0], Qt.AlignmentFlag.AlignLeft),
            (curve.z[-1], Qt.AlignmentFlag.AlignRight),
        ):
            align = side_of | Qt.AlignmentFlag.AlignVCenter
            text = short(float(z))
            if not painter.boundingRect(foot, align, text).intersects(taken):
                painter.drawText(foot, align, text)
        side = QRectF(0.0, 0.0, area.left() - 4, height)
        for value, y in ((curve.high, area.top()), (curve.low, area.bottom())):
            side.moveTop(y - height / 2)
            painter.drawText(side, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, short(value))

    def _paint_curve(self, painter: QPainter, area: QRectF, curve: ActivationCurve) -> None:
        points = [_at(area, curve, z, a) for z, a in zip(curve.z.tolist(), curve.a.tolist(), strict=True)]
        painter.setPen(QPen(self._source.theme.secondary, 1.75 * self._source.factor))
        painter.drawPolyline(QPolygonF(points))

    def _paint_point(self, painter: QPainter, area: QRectF, curve: ActivationCurve) -> None:
        theme = self._source.theme
        point = _at(area, curve, curve.at_z, curve.at_a)
        painter.setPen(QPen(theme.activation_text, 1.25, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(area.left(), point.y()), point)
        painter.setPen(QPen(theme.text, 1.25, Qt.PenStyle.DotLine))
        painter.drawLine(point, QPointF(point.x(), area.bottom()))
        painter.setPen(QPen(theme.ink, 2.0 * self._source.factor))
        # At the very left it would cross out the number at the axis of a.
        painter.setClipRect(QRectF(self.rect()).adjusted(area.left(), 0.0, 0.0, 0.0))
        painter.drawLine(self._tangent(area, curve, point))
        painter.setClipping(False)
        painter.setPen(QPen(theme.ink, 1.75))
        painter.setBrush(theme.activation)
        painter.drawEllipse(point, self._source.factor * _POINT, self._source.factor * _POINT)

    def _tangent(self, area: QRectF, curve: ActivationCurve, point: QPointF) -> QLineF:
        """Return a short line through the point with the slope, of one length whatever its direction."""
        step = _at(area, curve, curve.at_z + 1.0, curve.at_a + curve.slope) - point
        length = float(np.hypot(step.x(), step.y())) or 1.0
        half = step * (_TANGENT * self._source.factor / length)
        return QLineF(point - half, point + half)

    def _place_of_z(self, area: QRectF, curve: ActivationCurve) -> QRectF:
        """Return where z is written: under its point, right of the axis of a; empty without one."""
        if not curve.has_point:
            return QRectF()
        metrics = QFontMetricsF(self._source.font(FontRole.VALUE))
        width = metrics.horizontalAdvance(fixed(curve.at_z, 2)) + 6
        x = _at(area, curve, curve.at_z, curve.at_a).x()
        left = min(max(area.left(), x - width / 2), self.width() - width)
        return QRectF(left, area.bottom() + 2, width, self._source.px(_BOTTOM) - 2)

    def _paint_place(self, painter: QPainter, curve: ActivationCurve, place: QRectF) -> None:
        painter.setFont(self._source.font(FontRole.VALUE))
        painter.setPen(self._source.theme.text)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, fixed(curve.at_z, 2))

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()


def _at(area: QRectF, curve: ActivationCurve, z: float, a: float) -> QPointF:
    span_z = float(curve.z[-1] - curve.z[0])
    span_a = curve.high - curve.low or 1.0
    x = area.left() + (z - float(curve.z[0])) / span_z * area.width()
    return QPointF(x, area.bottom() - (a - curve.low) / span_a * area.height())
