"""A chart panel with a clock that is told the time, and hands and eyes for its charts."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from bpviz.ui.charts.chart_view import ChartView
from bpviz.ui.charts.charts import ChartPanel
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.chart_lines import Quantity
from bpviz.viewmodel.run.curves import RunCurves

PER_EPOCH = 100


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def new_panel(qtbot: QtBot, source: ThemeSource, clock: Clock) -> ChartPanel:
    """Return a panel that is seen, at the size it has in the smallest usual window."""
    panel = ChartPanel(source, RunCurves(), clock)
    qtbot.addWidget(panel)
    panel.resize(268, 684)
    panel.show()
    panel.begin_run(PER_EPOCH, 2)
    return panel


def losses(n: int) -> list[float]:
    """Return losses that fall as a run's do."""
    return [2.0 * 0.99**i + 0.1 for i in range(n)]


def texts(view: ChartView) -> list[str]:
    """Return all texts that can be seen, from top to bottom."""
    items = [item for item in view.items() if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible()]
    return [item.text() for item in sorted(items, key=lambda item: item.scenePos().y())]


def pixels(view: ChartView, rect: QRectF, color: QColor) -> int:
    """Return how many pixels in a rectangle have nearly this colour."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    whole = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    rgb = whole[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)
    part = rgb[int(rect.top()) : int(rect.bottom()), int(rect.left()) : int(rect.right())]
    wanted = np.array([color.red(), color.green(), color.blue()])
    return int((np.abs(part - wanted).max(axis=2) < 24).sum())


def ink_rect(item: QGraphicsSimpleTextItem) -> QRectF:
    """Return where a text's letters are, without the room above and below them."""
    return item.sceneBoundingRect().adjusted(1, 3, -1, -3)


def hover(view: ChartView, share: float) -> None:
    """Point at the middle of the plot, this far from left to right."""
    rect = view.plot_rect
    at = QPointF(rect.left() + share * rect.width(), rect.center().y())
    QTest.mouseMove(view.viewport(), at.toPoint())


def iteration_read(view: ChartView) -> int:
    """Return the iteration the crosshair stands at."""
    (place,) = [text for text in texts(view) if text.startswith("iteration ")]
    return int(place.removeprefix("iteration ").split(",")[0])


def click_note(view: ChartView) -> None:
    """Click what says how the axis is drawn."""
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        view.note_rect.center().toPoint(),
    )


def draw_all(panel: ChartPanel, clock: Clock) -> None:
    """Let a second pass and as many frames as there are charts."""
    clock.now += 1.0
    for _ in Quantity:
        panel.refresh()
