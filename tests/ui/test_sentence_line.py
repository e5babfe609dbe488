"""The sentence is never cut in the middle of a word or number, and never widens the window."""

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bpviz.ui.controls.panel import Panel
from bpviz.ui.sentence_line import SentenceLine
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.words.sentence import Sentence
from tests.ui.hands import cut_labels

SHORT = Sentence("The network reads this as 8, with probability 0.88.", "It is right.")
LONG = Sentence("The loss falls fastest if the sum of output 3 grows:", "its δ is −0.123, the largest of 10.")


@pytest.fixture
def line(qtbot: QtBot, source: ThemeSource) -> SentenceLine:
    line = SentenceLine(source)
    qtbot.addWidget(line)
    line.resize(690, 28)
    with qtbot.waitExposed(line):
        line.show()
    return line


def sizes(line: SentenceLine) -> set[int]:
    QApplication.processEvents()
    return {label.font().pixelSize() for label in line.findChildren(QLabel)}


def test_a_sentence_with_room_stands_in_full_size(line: SentenceLine) -> None:
    line.show_sentence(SHORT)
    assert line.text == SHORT.text
    assert sizes(line) == {19}


def test_a_longer_one_is_set_smaller_before_it_is_shortened(line: SentenceLine) -> None:
    line.show_sentence(LONG)
    assert line.text == LONG.text
    assert sizes(line) == {17}
    assert cut_labels(line) == []


@pytest.mark.parametrize("width", [560, 434, 300, 120, 20])
def test_what_does_not_fit_is_left_out_by_whole_words(line: SentenceLine, width: int) -> None:
    line.resize(width, 28)
    line.show_sentence(LONG)
    QApplication.processEvents()
    assert cut_labels(line) == []
    words = line.text.replace("…", "").split()
    assert line.text != LONG.text
    assert all(word.rstrip(",:;") in [full.rstrip(",:;") for full in LONG.text.split()] for word in words)
    assert line.toolTip() == LONG.text
    assert line.accessibleName() == LONG.text


def test_it_grows_back_with_the_window_and_the_scale(line: SentenceLine, source: ThemeSource) -> None:
    line.show_sentence(LONG)
    line.resize(1200, 28)
    assert sizes(line) == {19}
    source.set_factor(1.15)
    assert sizes(line) == {22}
    assert line.text == LONG.text


@pytest.fixture
def window(qtbot: QtBot, source: ThemeSource) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(SentenceLine(source))
    column.addStretch(1)
    window.resize(1400, 200)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_it_never_holds_the_window_wide(window: QWidget) -> None:
    line = window.findChild(SentenceLine)
    assert line is not None
    line.show_sentence(LONG)
    QApplication.processEvents()
    assert line.text == LONG.text
    window.resize(200, 200)
    assert window.width() == 200
    assert line.text != LONG.text


def test_whatever_it_says_nothing_below_it_moves(window: QWidget) -> None:
    line = window.findChild(SentenceLine)
    assert line is not None
    heights = set()
    for sentence in (SHORT, LONG, Sentence(""), Sentence("word " * 200)):
        line.show_sentence(sentence)
        QApplication.processEvents()
        heights.add(line.height())
    assert len(heights) == 1


def test_both_parts_keep_one_size_when_the_line_grows_while_it_speaks(
    qtbot: QtBot, source: ThemeSource
) -> None:
    window, beside, line = Panel("stage"), QWidget(), SentenceLine(source)
    qtbot.addWidget(window)
    beside.setFixedWidth(167)
    row = QHBoxLayout(window)
    row.addWidget(line, 1)
    row.addWidget(beside)
    window.resize(720, 40)
    with qtbot.waitExposed(window):
        window.show()
    beside.hide()
    line.show_sentence(
        Sentence("The network reads this as 0, with probability 0.19.", "It is wrong: this is a 3.")
    )
    assert sizes(line) == {19}
