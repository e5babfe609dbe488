"""Hands and eyes of a user of the whole window."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from bpviz.app.application import Desk
from bpviz.nn.arrays import FloatArray
from bpviz.training.snapshot import Snapshot
from bpviz.viewmodel.network.parts import Part


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def shown(desk: Desk) -> Snapshot:
    snapshot = desk.presenter.snapshot
    assert snapshot is not None
    return snapshot


def iteration(desk: Desk) -> int:
    return desk.presenter.snapshot.iteration if desk.presenter.snapshot else -1


def is_past(desk: Desk, reached: int) -> bool:
    return iteration(desk) > reached


def paused_at(desk: Desk, least: int) -> bool:
    return not desk.session.is_running and iteration(desk) >= least


def sentence_told(desk: Desk) -> str:
    notice = desk.window.notices.notice
    return notice.sentence if notice else ""


def canvas_output(desk: Desk) -> FloatArray:
    sample = desk.window.draw.sample
    assert sample is not None
    return sample.output


def click_part(desk: Desk, part: Part) -> None:
    """Click where this part of the network is drawn: the first place that answers with it."""
    network = desk.window.lab.stage.network
    viewport = network.viewport()
    for y in range(0, viewport.height(), 2):
        for x in range(0, viewport.width(), 2):
            at = QPoint(x, y)
            if network.part_at(at.toPointF()) == part:
                QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
                return
    raise AssertionError(f"{part} is nowhere to be clicked")
