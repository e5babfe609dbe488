"""The loss as one large number, and what it says of one sample: a curve with the sample on it."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QWidget

from bpviz.ui.path_pool import PathPool
from bpviz.ui.plain_view import PlainView
from bpviz.ui.segment_path import segments_path
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.loss_picture import LossPicture, LossPoint

_TITLE, _NUMBER, _WHO, _FORMULA = 12, 44, 82, 106
_TOP, _BOTTOM = 136, 46
_SCALE_WIDTH, _EDGE = 32, 14
_DOT = 6.0
_TEXT_DEPTH = 10.0


class LossView(PlainView):
    """Shows a `LossPicture` with plain items; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._picture: LossPicture | None = None
        self._paths = PathPool(self.scene())
        self._texts = TextPool(self.scene(), source, _TEXT_DEPTH)
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def picture(self) -> LossPicture | None:
        """What is shown."""
        return self._picture

    def show_picture(self, picture: LossPicture | None) -> None:
        """Show another loss, or none."""
        self._picture = picture
        self._draw()

    @property
    def number_rect(self) -> QRectF:
        """Where the loss of all samples stands."""
        return QRectF(0.0, 0.0, self.room_width, self._source.px(_WHO) - self._source.px(12))

    @property
    def curve_rect(self) -> QRectF:
        """Where the watched sample's loss stands, with its curve."""
        top = float(self._source.px(_WHO) - self._source.px(12))
        return QRectF(0.0, top, self.room_width, max(1.0, self.room_height - top))

    def _plot(self) -> QRectF:
        px = self._source.px
        width = max(1.0, self.room_width - px(_SCALE_WIDTH) - px(_EDGE))
        return QRectF(px(_SCALE_WIDTH), px(_TOP), width, max(1.0, self.room_height - px(_TOP) - px(_BOTTOM)))

    def _draw(self) -> None:
        picture = self._picture
        self._paths.begin()
        self._texts.begin()
        if picture is not None:
            plot = self._plot()
            self._draw_curve(picture, plot)
            self._write_numbers(picture)
            self._write_axes(picture, plot)
            self._draw_points(picture, plot)
            self.setAccessibleName(f"Loss {picture.loss}, {picture.count}. {picture.who}: {picture.formula}")
        self._texts.end()
        self._paths.end()

    def _draw_curve(self, picture: LossPicture, plot: QRectF) -> None:
        theme, f = self._source.theme, self._source.factor
        grid = QPainterPath()
        for tick in picture.y_ticks:
            y = round(plot.bottom() - tick.value * plot.height()) + 0.5
            grid.moveTo(plot.left(), y)
            grid.lineTo(plot.right(), y)
        self._paths.stroke(grid, theme.line, 1.0)
        across = plot.left() + picture.curve_x * plot.width()
        up = plot.bottom() - picture.curve_y * plot.height()
        pieces = np.column_stack((across[:-1], across[1:])), np.column_stack((up[:-1], up[1:]))
        self._paths.stroke(segments_path(*pieces), theme.secondary, 2.4 * f)

    def _draw_points(self, picture: LossPicture, plot: QRectF) -> None:
        theme, f = self._source.theme, self._source.factor
        radius = _DOT * f
        for point, is_filled in ((picture.tried, False), (picture.point, True)):
            if point is None:
                continue
            place = _place(point, plot)
            drop, dot = QPainterPath(QPointF(place.x(), plot.bottom())), QPainterPath()
            drop.lineTo(place)
            dot.addEllipse(place, radius, radius)
            self._paths.stroke(drop, theme.error, 2.0 * f)
            self._paths.fill(dot, theme.error if is_filled else theme.stage)
            self._paths.stroke(dot, theme.error, 2.4 * f)
        if picture.tried is not None:
            self._write_point(picture.tried, plot)

    def _write_point(self, point: LossPoint, plot: QRectF) -> None:
        """Write a point's loss beside it, on the side where there is room and no curve."""
        place, gap = _place(point, plot), 2.0 * _DOT * self._source.factor
        middle = max(place.y(), plot.top() + gap)
        color = self._source.theme.error_text
        if point.x < 0.5:
            self._texts.write_at(point.text, FontRole.BIG_NUMBER, color, place.x() + gap, middle)
        else:
            self._texts.write_to(point.text, FontRole.BIG_NUMBER, color, place.x() - gap, middle)

    def _write_numbers(self, picture: LossPicture) -> None:
        px, theme, texts = self._source.px, self._source.theme, self._texts
        texts.write_at("Loss", FontRole.TITLE, theme.text, 0, px(_TITLE))
        right = texts.write_at(picture.loss, FontRole.ANSWER_SHARE, theme.error_text, 0, px(_NUMBER)) + px(12)
        middle = px(_NUMBER) + (px(2) if not picture.share else -px(8))
        texts.write_at(picture.count, FontRole.BODY, theme.secondary, right, middle)
        if picture.share:
            texts.write_at(picture.share, FontRole.VALUE, theme.text, right, px(_NUMBER) + px(10))
        texts.write_at(picture.who, FontRole.BODY, theme.secondary, 0, px(_WHO))
        texts.write_at(picture.formula, FontRole.NUMBER, theme.error_text, 0, px(_FORMULA))

    def _write_axes(self, picture: LossPicture, plot: QRectF) -> None:
        px, theme, texts = self._source.px, self._source.theme, self._texts
        for tick in picture.y_ticks:
            y = plot.bottom() - tick.value * plot.height()
            texts.write_to(tick.text, FontRole.BODY, theme.secondary, plot.left() - px(8), y)
        for tick in picture.x_ticks:
            x = plot.left() + tick.value * plot.width()
            texts.write_around(tick.text, FontRole.BODY, theme.secondary, x, plot.bottom() + px(15))
        texts.write_around(
            picture.x_name, FontRole.BODY, theme.secondary, plot.center().x(), plot.bottom() + px(34)
        )


def _place(point: LossPoint, plot: QRectF) -> QPointF:
    return QPointF(plot.left() + point.x * plot.width(), plot.bottom() - point.y * plot.height())
