"""The loss over a plane through the parameters: colours, contour lines, and the path taken, projected."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsRectItem, QWidget

from bpviz.nn.arrays import FloatArray
from bpviz.ui.charts.loss_curve_plot import path_item
from bpviz.ui.network.heat_tiles import color_places, field_pixmap
from bpviz.ui.network.network_palette import N_RAMP_COLORS, packed
from bpviz.ui.plain_view import PlainView
from bpviz.ui.segment_path import segments_path
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend, rgb
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.inspection.loss_surface import SIDE, LossSurface
from bpviz.viewmodel.network.color_scale import ramp
from bpviz.viewmodel.network.plane import border
from bpviz.viewmodel.words.number_format import percent, significant

_EDGE, _FOOT, _KEY_WIDTH, _KEY_GAP = 6, 24, 14, 18
_STRONGEST = 0.9
_PATH_DOT, _END_DOT = 2.2, 6.0
_WORDS, _BESIDE = 150, 92


class LossSurfaceView(PlainView):
    """Painted anew only when another surface comes.

    Parameters
    ----------
    has_words
        Say at its right what is seen; without, whoever shows it must.
    """

    def __init__(self, source: ThemeSource, *, has_words: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._has_words = has_words
        self._surface: LossSurface | None = None
        self._rows_done: int | None = None
        self._create()
        self.resized.connect(self._draw)
        source.changed.connect(self._draw)

    @property
    def surface(self) -> LossSurface | None:
        """What is shown."""
        return self._surface

    @property
    def side(self) -> float:
        """The picture's length on both sides, in pixels."""
        px = self._source.px
        beside = px(_WORDS) + px(60) if self._has_words else px(_BESIDE)
        return max(0.0, min(self.room_height - px(_EDGE + _FOOT), self.room_width - beside))

    @property
    def square(self) -> QRectF:
        """Where the picture is, in pixels of the view."""
        return QRectF(self._left(), self._source.px(_EDGE), self.side, self.side)

    def show_surface(self, surface: LossSurface | None) -> None:
        """Show this, or nothing yet."""
        self._surface = surface
        self._rows_done = None
        self._draw()

    def show_progress(self, rows_done: int) -> None:
        """Say how many of the rows are computed."""
        self._rows_done = rows_done
        self._draw()

    def _create(self) -> None:
        scene = self.scene()
        self._field, self._key = QGraphicsPixmapItem(), QGraphicsPixmapItem()
        for item in (self._field, self._key):
            item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
            scene.addItem(item)
        self._frame = QGraphicsRectItem()
        self._frame.setZValue(1.0)
        scene.addItem(self._frame)
        self._contours = path_item(self._frame, 2.0)
        self._path = path_item(self._frame, 4.0)
        self._casing = path_item(self._frame, 3.0)
        self._dots = path_item(self._frame, 5.0)
        self._ends = path_item(self._frame, 6.0)
        self._texts = TextPool(scene, self._source, z=8.0)

    def _draw(self) -> None:
        self._texts.begin()
        surface, side = self._surface, self.side
        is_seen = surface is not None and side > 10
        for item in (self._field, self._key, self._frame):
            item.setVisible(is_seen)
        if surface is not None and is_seen:
            square = self.square
            self._draw_field(surface, square)
            self._draw_contours(surface, square)
            self._draw_path(surface, square)
            self._draw_key(surface, square)
            self._draw_words(square)
            if self._has_words:
                self._draw_share(surface, square)
        elif self._rows_done is not None:
            words = f"Computing the loss at {SIDE * SIDE} places: row {self._rows_done + 1} of {SIDE}"
            center = self.room.center()
            color = self._source.theme.secondary
            self._texts.write_around(words, FontRole.NUMBER, color, center.x(), center.y())
        self._texts.end()

    def _left(self) -> float:
        """Return where the picture begins: with key and words it stands in the middle."""
        px = self._source.px
        return max(
            float(px(_EDGE)), (self.room_width - self.side - px(_KEY_GAP + _KEY_WIDTH + _WORDS + 40)) / 2
        )

    def _colors(self) -> npt.NDArray[np.uint32]:
        theme = self._source.theme
        high = blend(theme.error, theme.stage, _STRONGEST)
        return packed(ramp(rgb(theme.weight_zero), rgb(high)).table(N_RAMP_COLORS))

    def _draw_field(self, surface: LossSurface, square: QRectF) -> None:
        theme = self._source.theme
        # The first row of `losses` is the lowest on screen.
        heights = surface.heights()[::-1].ravel()
        colors = self._colors().take(color_places(heights, 0.0, 1.0))
        self._field.setPixmap(field_pixmap(colors, SIDE, SIDE))
        self._field.setPos(square.topLeft())
        self._field.setScale(square.width() / SIDE)
        self._frame.setRect(square)
        self._frame.setPen(QPen(theme.strong_line, 1.0))

    def _draw_contours(self, surface: LossSurface, square: QRectF) -> None:
        theme = self._source.theme
        cell = square.width() / SIDE
        logs = np.log(np.maximum(surface.losses[::-1], 1e-9))
        lines = [border(logs, float(np.log(level))) for level in surface.levels.tolist()]
        x = np.concatenate([line.x for line in lines])
        y = np.concatenate([line.y for line in lines])
        path = segments_path(square.left() + (x + 0.5) * cell, square.top() + (y + 0.5) * cell)
        self._contours.setPath(path)
        self._contours.setPen(QPen(blend(theme.text, theme.stage, 0.4), 1.0 * self._source.factor))

    def _draw_path(self, surface: LossSurface, square: QRectF) -> None:
        theme, factor = self._source.theme, self._source.factor
        x, y = _places(surface, square)
        line = segments_path(np.column_stack((x[:-1], x[1:])), np.column_stack((y[:-1], y[1:])))
        for item, color, width in ((self._casing, theme.stage, 5.0), (self._path, theme.ink, 2.4)):
            item.setPath(line)
            pen = QPen(color, width * factor)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            item.setPen(pen)
        dots, ends = QPainterPath(), QPainterPath()
        dots.setFillRule(Qt.FillRule.WindingFill)
        for dot_x, dot_y in zip(x.tolist(), y.tolist(), strict=True):
            dots.addEllipse(QPointF(dot_x, dot_y), _PATH_DOT * factor, _PATH_DOT * factor)
        ends.addEllipse(QPointF(float(x[-1]), float(y[-1])), _END_DOT * factor, _END_DOT * factor)
        self._dots.setPath(dots)
        self._dots.setBrush(QBrush(theme.ink))
        self._ends.setPath(ends)
        self._ends.setBrush(QBrush(theme.ink))
        self._ends.setPen(QPen(theme.stage, 2.0 * factor))
        self._name_ends(surface, (x, y), square)

    def _name_ends(self, surface: LossSurface, places: tuple[FloatArray, FloatArray], square: QRectF) -> None:
        x, y = places
        px = self._source.px
        for place, word in ((0, "start"), (-1, "now")):
            color, width = self._source.theme.text, self._texts.metrics(FontRole.VALUE).width(word)
            center = min(max(float(x[place]), square.left() + width), square.right() - width)
            self._texts.write_around(word, FontRole.VALUE, color, center, float(y[place]) - px(15))

    def _draw_key(self, surface: LossSurface, square: QRectF) -> None:
        px, theme = self._source.px, self._source.theme
        left = square.right() + px(_KEY_GAP)
        colors = self._colors()[::-1]
        self._key.setPixmap(field_pixmap(np.repeat(colors, 4), 4, len(colors)))
        self._key.setPos(left, square.top() + px(20))
        height = square.height() - px(40)
        self._key.setTransform(self._key.transform().fromScale(px(_KEY_WIDTH) / 4, height / len(colors)))
        low, high = float(np.nanmin(surface.losses)), float(np.nanmax(surface.losses))
        self._texts.write_at(
            f"loss {significant(high, 2)}", FontRole.BODY, theme.secondary, left, square.top() + px(8)
        )
        foot = square.bottom() - px(8)
        self._texts.write_at(f"loss {significant(low, 2)}", FontRole.BODY, theme.secondary, left, foot)

    def _draw_words(self, square: QRectF) -> None:
        px, theme = self._source.px, self._source.theme
        names = ("→  first main direction of the path", "↑  second")
        foot = square.bottom() + px(_FOOT) * 0.55
        self._texts.write_at("    ".join(names), FontRole.BODY, theme.secondary, square.left(), foot)

    def _draw_share(self, surface: LossSurface, square: QRectF) -> None:
        px, theme = self._source.px, self._source.theme
        left = square.right() + px(_KEY_GAP + _KEY_WIDTH + 20)
        middle = square.center().y()
        share = percent(surface.share, 0)
        self._texts.write_at(share, FontRole.BIG_NUMBER, theme.text, left, middle - px(42))
        said = ("of the path's variance", "lies in this plane;", "the path is projected.")
        for place, words in enumerate(said):
            y = middle + px(19) * place - px(12)
            self._texts.write_at(words, FontRole.BODY, theme.secondary, left, y)


def _places(surface: LossSurface, square: QRectF) -> tuple[FloatArray, FloatArray]:
    """Return where the path's points stand; the losses were computed at the middles of the squares."""
    cell = square.width() / SIDE
    step_x = float(surface.across[1] - surface.across[0])
    step_y = float(surface.up[1] - surface.up[0])
    x = square.left() + ((surface.path[:, 0] - float(surface.across[0])) / step_x + 0.5) * cell
    y = square.bottom() - ((surface.path[:, 1] - float(surface.up[0])) / step_y + 0.5) * cell
    return x, y
