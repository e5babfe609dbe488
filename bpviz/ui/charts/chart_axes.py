"""Grid and numbers of a chart, drawn anew only when they are others."""

import numpy as np
from pyqtgraph import arrayToQPath
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from bpviz.nn.arrays import FloatArray
from bpviz.ui.charts.chart_curves import PlotScale
from bpviz.ui.charts.chart_style import PADDING
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.run.ticks import RunAxis, ValueAxis

LABEL_DROP = 13
"""From the plot's foot to the middle of the texts under it."""
_TICK_GAP = 8
_LEAST_GAP = 4


class ChartAxes:
    """Owns the grid and the numbers around one plot; GUI thread only."""

    def __init__(self, scene: QGraphicsScene, source: ThemeSource) -> None:
        self._source = source
        self._grid = QGraphicsPathItem()
        self._grid.setZValue(-5)
        scene.addItem(self._grid)
        self._texts = TextPool(scene, source)
        self._drawn: tuple[object, ...] | None = None

    def show(self, run: RunAxis, values: ValueAxis, rect: QRectF) -> None:
        """Draw both axes of a plot in a rectangle."""
        # The theme's identity: comparing two asks Qt for every colour.
        drawn = (run, values, rect, id(self._source.theme), self._source.factor)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        scale = PlotScale(rect, run.end, values)
        ys = scale.y(np.array([tick.value for tick in values.ticks]))
        xs = scale.x(np.array(run.marks, dtype=np.float64))
        self._grid.setPath(_grid(xs, ys, rect))
        self._grid.setPen(QPen(self._source.theme.line, 1.0))
        self._texts.begin()
        right = rect.left() - self._source.px(_TICK_GAP)
        for tick, y in zip(values.ticks, ys.tolist(), strict=True):
            self._texts.write_to(tick.text, FontRole.BODY, self._source.theme.secondary, right, y)
        self._show_run_labels(run, scale, rect)
        self._texts.end()

    def clear(self) -> None:
        """Draw nothing."""
        if self._drawn is not None:
            self._drawn = None
            self._grid.setPath(QPainterPath())
            self._texts.begin()
            self._texts.end()

    def _show_run_labels(self, run: RunAxis, scale: PlotScale, rect: QRectF) -> None:
        px, color = self._source.px, self._source.theme.secondary
        y = rect.bottom() + px(LABEL_DROP)
        taken = self._texts.write_at(run.unit, FontRole.BODY, color, px(PADDING), y)
        xs = scale.x(np.array([label.value for label in run.labels], dtype=np.float64))
        for label, x in zip(run.labels, xs.tolist(), strict=True):
            half = self._texts.metrics(FontRole.BODY).width(label.text) / 2
            if x - half > taken + _LEAST_GAP and x + half < rect.right() + px(PADDING):
                self._texts.write_around(label.text, FontRole.BODY, color, x, y)
                taken = x + half


def _grid(xs: FloatArray, ys: FloatArray, rect: QRectF) -> QPainterPath:
    """Return level lines at `ys` and upright ones at `xs`, each on the middle of a pixel."""
    x, y = np.round(xs) + 0.5, np.round(ys) + 0.5
    level = np.tile([rect.left(), rect.right()], len(y))
    upright = np.tile([rect.top(), rect.bottom()], len(x))
    return arrayToQPath(
        np.concatenate((level, np.repeat(x, 2))), np.concatenate((np.repeat(y, 2), upright)), connect="pairs"
    )
