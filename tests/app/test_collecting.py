"""A class draws its digits: real strokes on the canvas of the whole window, found again after a crash."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.data.class_file import read_digits, write_digits
from bpviz.data.class_pictures import import_pictures
from bpviz.data.class_store import ClassStore, default_class_file
from bpviz.data.samples import Dataset
from bpviz.ui.mode import Mode
from bpviz.ui.results.results_panel import ResultsPanel
from bpviz.viewmodel.run.results import DataPart
from tests.app.class_hands import choose, digits, draw, opened, page_of
from tests.app.hands import click, sentence_told, shown
from tests.data.class_hand import drawn, same
from tests.ui.drawing_hand import BAR, SEVEN, draw_with_mouse

WAVE = ((0.3, 0.3), (0.6, 0.35), (0.4, 0.6), (0.7, 0.75))


@pytest.fixture(autouse=True)
def _own_collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


@pytest.fixture
def desk(qapp: QApplication, dataset: Dataset, qtbot: QtBot) -> Iterator[Desk]:
    with opened(qapp, dataset, qtbot) as desk:
        yield desk


def test_digits_drawn_in_a_row_are_on_disk_and_found_after_a_crash(
    qapp: QApplication, dataset: Dataset, qtbot: QtBot
) -> None:
    with opened(qapp, dataset, qtbot) as desk:
        page_of(desk).settings.who.setText("Ada")
        asked = [draw(desk, qtbot, *strokes) for strokes in ((SEVEN,), (SEVEN, BAR), (WAVE,))]
        # As another process would find it were this one killed now: nothing was closed or saved.
        found = ClassStore(default_class_file()).digits
        assert [digit.label for digit in found] == asked
        assert [len(digit.strokes) for digit in found] == [1, 2, 1]
        assert {digit.who for digit in found} == {"Ada"}
        assert desk.window.draw.strokes == ()
    with opened(qapp, dataset, qtbot) as desk:
        assert all(map(same, digits(desk), found))
        assert page_of(desk).prompt.status_text == "3 digits from last time."
        assert len(page_of(desk).grid.digits) == 3


def test_the_empty_canvas_says_what_a_drawing_is_for(desk: Desk) -> None:
    page, canvas = page_of(desk), desk.window.draw.panel.canvas
    page.ask_for(8)
    assert canvas.hint_text == "Draw an 8"
    click(page.order_choice.button(2))
    assert canvas.hint_text == "Draw to try"
    click(page.order_choice.button(0))
    assert canvas.hint_text == "Draw an 8"
    desk.window.draw.show_class_page(False)
    assert canvas.hint_text == "Draw a digit"


def test_what_is_kept_is_what_the_network_would_be_given(desk: Desk, qtbot: QtBot) -> None:
    canvas = desk.window.draw.panel.canvas
    draw_with_mouse(canvas, SEVEN)
    image = desk.window.draw.prepared.image.copy()
    qtbot.waitUntil(lambda: len(digits(desk)) == 1)
    np.testing.assert_array_equal(digits(desk)[0].image, image)


def test_a_second_stroke_within_the_pause_belongs_to_the_digit(desk: Desk, qtbot: QtBot) -> None:
    canvas = desk.window.draw.panel.canvas
    draw_with_mouse(canvas, SEVEN)
    assert page_of(desk).is_waiting
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton)
    assert not page_of(desk).is_waiting
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(digits(desk)) == 1)
    assert len(digits(desk)[0].strokes) == 2


def test_undo_brings_the_last_digit_back_to_be_drawn_on(desk: Desk, qtbot: QtBot) -> None:
    asked = draw(desk, qtbot)
    QTest.keyClick(desk.window.draw.panel.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert digits(desk) == ()
    assert len(desk.window.draw.strokes) == 1
    assert page_of(desk).asked == asked
    assert draw(desk, qtbot, BAR) == asked
    assert [len(digit.strokes) for digit in digits(desk)] == [2]


def test_clearing_within_the_pause_keeps_nothing(desk: Desk, qtbot: QtBot) -> None:
    draw_with_mouse(desk.window.draw.panel.canvas)
    desk.window.draw.clear()
    assert not page_of(desk).is_waiting
    draw(desk, qtbot, WAVE)
    assert len(digits(desk)) == 1


def test_take_back_asks_for_the_same_digit_again(desk: Desk, qtbot: QtBot) -> None:
    asked = draw(desk, qtbot)
    click(page_of(desk).settings.undo)
    assert digits(desk) == ()
    assert page_of(desk).asked == asked


def test_drawing_to_be_read_collects_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.window.draw.show_class_page(False)
    draw_with_mouse(desk.window.draw.panel.canvas)
    assert not page_of(desk).is_waiting
    desk.window.draw.show_class_page(True)
    assert desk.window.draw.prepared.is_empty


def test_a_digit_is_relabelled_and_removed_in_the_file_too(desk: Desk, qtbot: QtBot) -> None:
    draw(desk, qtbot)
    grid = page_of(desk).grid
    QTest.keyClick(grid, Qt.Key.Key_Right)
    other = (digits(desk)[0].label + 3) % 10
    QTest.keyClick(grid, Qt.Key(Qt.Key.Key_0 + other))
    assert [digit.label for digit in ClassStore(default_class_file()).digits] == [other]
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert ClassStore(default_class_file()).digits == ()


def test_the_canvas_network_reads_every_digit(desk: Desk, qtbot: QtBot) -> None:
    draw(desk, qtbot)
    reading = desk.window.draw.reading
    assert reading is not None
    x = digits(desk)[0].image.reshape(1, 784) / np.float32(255)
    read = int(reading.network.forward(x.astype(np.float32)).output.argmax())
    label = digits(desk)[0].label
    caption = str(label) if read == label else f"{label}→{read}"
    grid = page_of(desk).grid
    desk.collecting.store.relabel(digits(desk)[0], label)
    qtbot.waitUntil(lambda: grid.caption(grid.digits[0]) == caption)


def test_the_class_page_shows_the_canvas_networks_results(desk: Desk, qtbot: QtBot) -> None:
    page, panel = page_of(desk), desk.window.draw.findChild(ResultsPanel)
    assert panel is not None
    desk.collecting.store.merge([drawn(label, variant) for variant in range(3) for label in range(10)])
    desk.collecting.show()
    click(page.order_choice.button(2))
    qtbot.waitUntil(lambda: panel.results is not None)
    assert panel.results is not None
    assert panel.results.confusion.n_samples == 30
    right = 30 - panel.results.confusion.n_wrong
    captions = [page.grid.caption(digit) for digit in page.grid.digits]
    assert sum("→" not in caption for caption in captions) == right
    assert not page.prompt.isVisible()
    draw_with_mouse(desk.window.draw.panel.canvas)
    assert not page.is_waiting
    click(page.order_choice.button(0))
    assert page.prompt.isVisible()
    assert desk.window.draw.prepared.is_empty
    qtbot.waitUntil(lambda: not panel.isVisible())


def test_saved_digits_open_and_merge_without_doubles(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(desk)
    draw(desk, qtbot)
    choose(monkeypatch, tmp_path / "mine.jsonl")
    click(page.foot.save)
    qtbot.waitUntil(lambda: page.prompt.status_text == "1 digit saved to mine.jsonl.")
    assert all(map(same, read_digits(tmp_path / "mine.jsonl"), digits(desk)))
    write_digits(tmp_path / "theirs.jsonl", [drawn(1), drawn(2), *digits(desk)])
    choose(monkeypatch, tmp_path / "theirs.jsonl")
    page.foot.more_menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: len(digits(desk)) == 3)
    assert page.prompt.status_text == "Added 2 digits of theirs.jsonl, 1 digit were there already."
    choose(monkeypatch, tmp_path / "mine.jsonl")
    click(page.foot.open)
    qtbot.waitUntil(lambda: len(digits(desk)) == 1)
    aside = [path for path in default_class_file().parent.iterdir() if path != default_class_file()]
    assert [len(read_digits(path)) for path in aside] == [3]
    assert str(aside[0]) in sentence_told(desk)


def test_pictures_are_exported_and_imported(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(desk)
    draw(desk, qtbot)
    choose(monkeypatch, tmp_path / "pictures")
    page.foot.more_menu.actions()[2].trigger()
    qtbot.waitUntil(lambda: page.prompt.status_text.startswith("1 digit written"))
    assert len(import_pictures(tmp_path / "pictures")[0]) == 1
    (tmp_path / "pictures" / "3.png").write_bytes(b"")
    page.foot.more_menu.actions()[3].trigger()
    assert digits(desk) == ()
    page.foot.more_menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: len(digits(desk)) == 1)
    assert "3.png" in sentence_told(desk)


def test_a_wrong_file_is_told_and_changes_nothing(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(desk, qtbot)
    (tmp_path / "wrong.jsonl").write_text('{"label": 3}\n')
    choose(monkeypatch, tmp_path / "wrong.jsonl")
    click(page_of(desk).foot.open)
    qtbot.waitUntil(lambda: "line 1 of" in sentence_told(desk))
    assert len(digits(desk)) == 1


def test_the_lab_offers_the_class_once_it_has_digits(desk: Desk, qtbot: QtBot) -> None:
    field = desk.window.lab.settings.data.dataset
    offer = next(action for action in field.menu.actions() if action.text() == "Your class")
    assert not offer.isEnabled()
    draw(desk, qtbot)
    draw(desk, qtbot, WAVE)
    next(action for action in field.menu.actions() if action.text() == "Your class").trigger()
    qtbot.waitUntil(lambda: desk.session.dataset.name == "class")
    assert len(desk.session.dataset.train) == 2


def test_the_labs_results_offer_the_class_too(desk: Desk, qtbot: QtBot) -> None:
    lab = desk.window.lab.results
    place = tuple(DataPart).index(DataPart.CLASS)
    assert lab.choice.button(place).isHidden()
    draw(desk, qtbot)
    assert not lab.choice.button(place).isHidden()


def test_as_test_set_the_digits_measure_the_labs_network(desk: Desk, qtbot: QtBot) -> None:
    desk.collecting.store.merge([drawn(label) for label in range(10)])
    desk.collecting.show()
    before, train = shown(desk).parameters_after, desk.session.dataset.train
    click(page_of(desk).foot.test)
    qtbot.waitUntil(lambda: desk.presenter.snapshot is not None)
    assert desk.session.dataset.train is train
    assert desk.session.dataset.test.labels.tolist() == list(range(10))
    np.testing.assert_array_equal(shown(desk).parameters_after, before)
    assert desk.window.mode is Mode.LAB
    assert "10 digits of your class" in sentence_told(desk)


@pytest.mark.parametrize("is_mixed", [False, True])
def test_training_goes_on_from_the_canvas_network(desk: Desk, qtbot: QtBot, is_mixed: bool) -> None:
    desk.collecting.store.merge([drawn(label, variant) for variant in range(5) for label in range(10)])
    desk.collecting.show()
    reading = desk.window.draw.reading
    assert reading is not None
    network = reading.network
    page_of(desk).foot.train_menu.actions()[int(is_mixed)].trigger()
    qtbot.waitUntil(lambda: desk.session.dataset.name.startswith("class"))
    qtbot.waitUntil(lambda: desk.presenter.snapshot is not None)
    np.testing.assert_array_equal(shown(desk).parameters, network.parameters)
    assert len(desk.session.dataset.test) == 10
    assert (len(desk.session.dataset.train) > 10_000) == is_mixed
    assert "10 digits of your class" in sentence_told(desk)
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: shown(desk).iteration == 1)
    desk.window.set_mode(Mode.DRAW)
    answering = desk.window.draw.reading
    assert answering is not None
    np.testing.assert_array_equal(answering.network.parameters, shown(desk).parameters_after)


def test_a_damaged_line_is_told_at_the_start(qapp: QApplication, dataset: Dataset, qtbot: QtBot) -> None:
    store = ClassStore(default_class_file())
    store.merge([drawn(1), drawn(2)])
    store.path.write_bytes(store.path.read_bytes()[:-50])
    with opened(qapp, dataset, qtbot) as desk:
        assert [digit.label for digit in digits(desk)] == [1]
        assert "line 2 could not be read" in sentence_told(desk)
