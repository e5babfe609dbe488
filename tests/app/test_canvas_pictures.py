"""Pictures brought onto the canvas of the whole window: pasted, dropped, chosen, refused."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.data.digit_image import prepare_ink
from bpviz.data.picture_ink import picture_ink
from bpviz.ui.draw.digit_canvas import DigitCanvas
from bpviz.ui.mode import Mode
from bpviz.viewmodel.drawing.drawing import Drawing
from tests.app.hands import sentence_told
from tests.data.made_up_photos import SHEETS, photo

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "five.jpg"
    photo(5, SHEETS["sharp shadow"], 0, 640, 480).save(path)
    return path


@pytest.fixture
def canvas(desk: Desk) -> DigitCanvas:
    desk.window.set_mode(Mode.DRAW)
    return desk.window.draw.panel.canvas


def ink_of(desk: Desk) -> np.ndarray:
    return desk.window.draw._drawing.ink


def expected_ink(path: Path) -> np.ndarray:
    return picture_ink(np.asarray(Image.open(path).convert("L")))


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(canvas: DigitCanvas, data: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(QPoint(50, 50), COPY, data, LEFT, PLAIN)
    event.ignore()
    QApplication.sendEvent(canvas.viewport(), event)
    return event


def drop(canvas: DigitCanvas, data: QMimeData) -> None:
    """As from a hand: Qt delivers no drop that did not enter before."""
    assert enter(canvas, data).isAccepted()
    QApplication.sendEvent(canvas.viewport(), QDropEvent(QPointF(50, 50), COPY, data, LEFT, PLAIN))


def test_a_file_dropped_becomes_ink_that_is_read_at_once(
    desk: Desk, canvas: DigitCanvas, file: Path, qtbot: QtBot
) -> None:
    drop(canvas, files(file))
    qtbot.waitUntil(lambda: bool(ink_of(desk).any()))
    np.testing.assert_allclose(ink_of(desk).astype(int), expected_ink(file).astype(int), atol=12)
    sample = desk.window.draw.sample
    assert sample is not None
    np.testing.assert_allclose(sample.x * 255, prepare_ink(ink_of(desk)).pixels, atol=1e-3)
    assert desk.window.draw.stage.answer.digit_text == "5"


def test_a_picture_on_the_clipboard_is_pasted_and_undone(
    desk: Desk, canvas: DigitCanvas, qtbot: QtBot
) -> None:
    levels = np.asarray(photo(3, SHEETS["blue sheet"], 0, 640, 480).convert("RGBA")).copy()
    image = QImage(levels.data, 640, 480, 4 * 640, QImage.Format.Format_RGBA8888).copy()
    QGuiApplication.clipboard().setImage(image)
    QTest.keyClick(canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(ink_of(desk).any()))
    assert desk.window.draw.stage.answer.digit_text == "3"
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not ink_of(desk).any()


def test_a_file_is_chosen_where_nothing_can_be_dragged(
    desk: Desk, canvas: DigitCanvas, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "PySide6.QtWidgets.QFileDialog.getOpenFileName", lambda *arguments: (str(file), arguments[-1])
    )
    canvas.picture_wanted.emit()
    qtbot.waitUntil(lambda: bool(ink_of(desk).any()))


def test_who_draws_meanwhile_keeps_his_stroke(
    desk: Desk, canvas: DigitCanvas, file: Path, qtbot: QtBot
) -> None:
    drop(canvas, files(file))
    QTest.mouseClick(canvas.viewport(), LEFT, pos=QPoint(80, 80))
    before = ink_of(desk).copy()
    answered: list[int] = []
    desk.session.ask("after", lambda: 1, answered.append)
    qtbot.waitUntil(lambda: answered == [1])
    np.testing.assert_array_equal(ink_of(desk), before)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"no picture", "not a picture bpviz can read"), (b"", "not a picture bpviz can read")],
)
def test_a_file_that_is_no_picture_is_refused_in_one_sentence(
    desk: Desk, canvas: DigitCanvas, qtbot: QtBot, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "notes.png"
    path.write_bytes(content)
    drop(canvas, files(path))
    qtbot.waitUntil(lambda: sentence in sentence_told(desk))
    assert "notes.png" in sentence_told(desk)
    assert not ink_of(desk).any()


def test_an_empty_sheet_is_told(desk: Desk, canvas: DigitCanvas, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "sheet.png"
    Image.new("L", (300, 300), 220).save(path)
    drop(canvas, files(path))
    qtbot.waitUntil(lambda: "sheet.png: nothing stands out" in sentence_told(desk))


def test_text_is_not_taken_from_the_hand_but_told_when_pasted(desk: Desk, canvas: DigitCanvas) -> None:
    data = QMimeData()
    data.setText("seven")
    assert not enter(canvas, data).isAccepted()
    QGuiApplication.clipboard().setText("seven")
    QTest.keyClick(canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "This is text" in sentence_told(desk)


def test_a_picture_held_over_the_canvas_lights_its_frame(canvas: DigitCanvas, file: Path) -> None:
    canvas.clearFocus()
    before = canvas.grab().toImage().pixelColor(1, canvas.height() // 2)
    enter(canvas, files(file))
    held = canvas.grab().toImage().pixelColor(1, canvas.height() // 2)
    assert held.lightness() > before.lightness() + 60
    QApplication.sendEvent(canvas.viewport(), QDragLeaveEvent())
    assert canvas.grab().toImage().pixelColor(1, canvas.height() // 2) == before


def test_a_canvas_that_takes_no_pictures_ignores_them(desk: Desk, file: Path) -> None:
    canvas = DigitCanvas(desk.source, Drawing())
    offers: list[object] = []
    canvas.picture_offered.connect(offers.append)
    canvas.set_takes_pictures(False)
    QGuiApplication.clipboard().setImage(QImage(str(file)))
    canvas.paste()
    assert not offers
    assert not canvas.acceptDrops()
    canvas.deleteLater()
