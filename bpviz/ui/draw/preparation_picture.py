"""One small square picture of a drawing on its way into the network."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QLabel

from bpviz.ui.gray_picture import gray_image
from bpviz.ui.style.theme import DARK
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.preparation_stages import Box, Stage, box_between

_RADIUS_PX = 4


class PreparationPicture(QLabel):
    """Shows a stage, or how it comes from the one before; black without one."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__()
        self._source = source
        self._stage: Stage | None = None

    def show_stage(self, stage: Stage | None) -> None:
        """Show this stage with its marks."""
        self._stage = stage
        self.paint_anew()

    def show_between(self, before: Stage, after: Stage, share: float) -> None:
        """Show what lies that share of the way from one stage to the other, moved and blended."""
        box = box_between(before.box, after.box, share)
        pixmap, painter = self._begun()
        for stage, opacity in ((before, 1.0), (after, share)):
            painter.setOpacity(opacity)
            _paint_picture(painter, stage, box, float(self.width()))
        self._finish(pixmap, painter)

    def paint_anew(self) -> None:
        """Paint the stage in the present size and colours."""
        pixmap, painter = self._begun()
        if self._stage is not None:
            _paint_picture(painter, self._stage, self._stage.box, float(self.width()))
            _paint_marks(painter, self._stage, float(self.width()))
        self._finish(pixmap, painter)

    def _begun(self) -> tuple[QPixmap, QPainter]:
        ratio, side = self.devicePixelRatioF(), self.width()
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(self._frame(), Qt.GlobalColor.black)
        painter.setClipPath(self._frame())
        return pixmap, painter

    def _finish(self, pixmap: QPixmap, painter: QPainter) -> None:
        painter.setOpacity(1.0)
        painter.setClipping(False)
        painter.strokePath(self._frame(), QPen(self._source.theme.strong_line, 1.0))
        painter.end()
        self.setPixmap(pixmap)

    def _frame(self) -> QPainterPath:
        frame, side = QPainterPath(), self.width() - 1.0
        radius = self._source.px(_RADIUS_PX)
        frame.addRoundedRect(QRectF(0.5, 0.5, side, side), radius, radius)
        return frame


def _paint_picture(painter: QPainter, stage: Stage, box: Box, side: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, stage.is_smooth)
    painter.drawImage(_scaled(box, side), gray_image(stage.picture))


def _paint_marks(painter: QPainter, stage: Stage, side: float) -> None:
    if stage.mark is not None:
        painter.setPen(QPen(DARK.tertiary, 1.0, Qt.PenStyle.DotLine))
        painter.drawRect(_scaled(stage.mark, side))
    if stage.cross is not None:
        x, y = (value * side for value in stage.cross)
        painter.setPen(QPen(DARK.secondary, 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, 0.0), QPointF(x, side))
        painter.drawLine(QPointF(0.0, y), QPointF(side, y))


def _scaled(box: Box, side: float) -> QRectF:
    return QRectF(*(value * side for value in box))
