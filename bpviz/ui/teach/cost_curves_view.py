"""Curves of what three ways to a gradient take, against the size of the network."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QWidget

from bpviz.ui.path_pool import PathPool
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.way_bars_view import way_color
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.cost_curves import CostCurve, CostCurves
from bpviz.viewmodel.lessons.gradient_ways import Way

_LEFT, _RIGHT, _TOP, _BOTTOM = 92, 130, 34, 44
_DOT = 5
_WIDTHS = {Way.REVERSE: 3.5, Way.FORWARD: 2.5, Way.DIFFERENCES: 2.5}
SCALE_NOTE = "Each line is ten times the one below; to the right, too, equal steps are equal factors"


class CostCurvesView(PlainView):
    """Shows `CostCurves` with plain items; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._content: CostCurves | None = None
        self._paths = PathPool(self.scene())
        self._texts = TextPool(self.scene(), source, z=1.0)
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def content(self) -> CostCurves | None:
        """What is shown."""
        return self._content

    def show_content(self, content: CostCurves) -> None:
        """Show other curves; nothing is drawn where they are the same."""
        if content != self._content:
            self._content = content
            self._draw()

    def place(self, x: float, y: float) -> QPointF:
        """Return where these shares of the axes are."""
        plot = self._plot()
        return QPointF(plot.left() + x * plot.width(), plot.bottom() - y * plot.height())

    def _plot(self) -> QRectF:
        px = self._source.px
        width = max(1.0, self.room_width - px(_LEFT + _RIGHT))
        return QRectF(px(_LEFT), px(_TOP), width, max(1.0, self.room_height - px(_TOP + _BOTTOM)))

    def _draw(self) -> None:
        if self._content is None:
            return
        self._paths.begin()
        self._texts.begin()
        self._draw_axes(self._content)
        for curve in self._content.curves:
            if curve.places:
                self._draw_curve(curve)
        self._texts.end()
        self._paths.end()

    def _draw_axes(self, content: CostCurves) -> None:
        px, theme, plot = self._source.px, self._source.theme, self._plot()
        grid = QPainterPath()
        for tick in content.y_ticks:
            y = round(self.place(0.0, tick.value).y()) + 0.5
            grid.moveTo(plot.left(), y)
            grid.lineTo(plot.right(), y)
            self._texts.write_to(tick.text, FontRole.BODY, theme.secondary, plot.left() - px(8), y)
        for tick in content.x_ticks:
            x = round(self.place(tick.value, 0.0).x()) + 0.5
            grid.moveTo(x, plot.bottom())
            grid.lineTo(x, plot.bottom() + px(5))
            self._texts.write_around(tick.text, FontRole.BODY, theme.secondary, x, plot.bottom() + px(15))
        self._paths.stroke(grid, theme.line, 1.0)
        self._texts.write_at(content.y_name, FontRole.LABEL, theme.text, 0.0, px(12))
        self._texts.write_to(SCALE_NOTE, FontRole.BODY, theme.secondary, plot.right(), px(12))
        middle = plot.bottom() + px(34)
        self._texts.write_to(content.x_name, FontRole.LABEL, theme.text, plot.right(), middle)

    def _draw_curve(self, curve: CostCurve) -> None:
        px, theme = self._source.px, self._source.theme
        color = way_color(curve.way, theme)
        points = [self.place(*place) for place in curve.places]
        line, dots = QPainterPath(points[0]), QPainterPath()
        for point in points:
            line.lineTo(point)
            dots.addEllipse(point, px(_DOT), px(_DOT))
        style = Qt.PenStyle.DashLine if curve.way is Way.DIFFERENCES else Qt.PenStyle.SolidLine
        self._paths.stroke(line, color, px(1) * _WIDTHS[curve.way], style)
        self._paths.fill(dots, color)
        bright = theme.gradient_positive_text if curve.way is Way.REVERSE else theme.text
        self._write_name(curve.name, bright, points[-1])

    def _write_name(self, name: str, color: QColor, end: QPointF) -> None:
        """Write a curve's name at its end, on a ground that no line shines through."""
        px, metrics = self._source.px, self._texts.metrics(FontRole.TITLE)
        left = end.x() + px(14)
        ground = QPainterPath()
        ground.addRect(QRectF(left - px(4), end.y() - px(11), metrics.width(name) + px(8), px(22)))
        self._paths.fill(ground, self._source.theme.stage)
        self._texts.write_at(name, FontRole.TITLE, color, left, end.y())
