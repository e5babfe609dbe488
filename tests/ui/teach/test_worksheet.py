"""A worksheet on paper."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from bpviz.errors import DataError
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme import LIGHT
from bpviz.ui.teach.worksheet import PAGE, draw_sheet, key_text, sheet_text, write_worksheet
from bpviz.viewmodel.lessons.lesson_text import Span
from bpviz.viewmodel.lessons.worksheet import Worksheet

SHEET = Worksheet(
    title="One layer",
    subtitle="Ten outputs",
    place="Step 4 of 9",
    said=(Span("Output 3 is too low by "), Span("0.83", tone="error_text"), Span(".")),
    question=(Span("Which way will <w> move?"),),
    choices=("Up", "Down"),
    right=0,
    lines=((Span("1 − 0.17 = "), Span("0.8300", is_blank=True)),),
)


@pytest.fixture(autouse=True)
def _fonts(qapp: QApplication) -> None:
    load_fonts()


def picture() -> QImage:
    image = QImage(600, 250, QImage.Format.Format_RGB32)
    image.fill(LIGHT.error)
    return image


def test_the_first_page_leaves_blanks_where_the_key_has_numbers() -> None:
    page, key = sheet_text(SHEET).toPlainText(), key_text(SHEET).toPlainText()
    assert "too low by 0.83." in page
    assert "0.8300" not in page
    assert re.search("1 − 0.17 = \\s{20,}", page)
    assert "1 − 0.17 = 0.8300" in key


def test_each_answer_has_a_box_and_the_key_ticks_the_right_one() -> None:
    page, key = sheet_text(SHEET).toPlainText(), key_text(SHEET).toPlainText()
    assert page.count("□") == 2
    assert "Which way will <w> move?" in page
    assert re.search("✓\\s+A\\s+Up", key)
    assert "Down" not in key


def test_a_key_without_an_answer_says_where_it_comes_from() -> None:
    assert "Reveal the answer in the lesson" in key_text(replace(SHEET, right=None)).toPlainText()


def test_the_file_has_two_pages_of_a4(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    write_worksheet(path, SHEET, picture())
    content = path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", content)) == 2
    width, height = map(float, re.findall(rb"/MediaBox \[0 0 (\S+) (\S+)\]", content)[0])
    assert (round(width), round(height)) == (595, 842)


def test_a_place_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"cannot be written: No such file"):
        write_worksheet(tmp_path / "nowhere" / "sheet.pdf", SHEET, picture())


@pytest.mark.parametrize("n_lines", [1, 60])
def test_everything_stays_on_the_page_however_much_it_is(n_lines: int) -> None:
    page = QImage(PAGE.toSize(), QImage.Format.Format_RGB32)
    page.fill(0xFFFFFFFF)
    painter = QPainter(page)
    draw_sheet(painter, replace(SHEET, lines=n_lines * SHEET.lines), picture())
    painter.end()
    gray = page.convertToFormat(QImage.Format.Format_Grayscale8)
    inked = [y for y in range(gray.height()) if any(gray.pixelColor(x, y).red() < 128 for x in range(793))]
    margin = 60
    assert inked[0] > margin
    assert inked[-1] < PAGE.height() - margin
    assert any(page.pixelColor(400, y) == LIGHT.error for y in range(1122))
