"""Draws a worksheet: a page of A4 to be filled in, and a second with the key.

All lengths are in px of 1/96 inch, on paper as on a picture of it.
"""

import html
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter, QPen, QTextDocument

from bpviz.errors import DataError
from bpviz.ui.controls.painting import smooth
from bpviz.ui.style.fonts import DISPLAY, SANS, SERIF, make_font
from bpviz.ui.style.theme import LIGHT
from bpviz.ui.teach.lesson_foot import LETTERS
from bpviz.viewmodel.lessons.lesson_text import Span
from bpviz.viewmodel.lessons.worksheet import Worksheet

PAGE = QSizeF(793.7, 1122.5)
_MARGIN, _GAP = 64.0, 18.0
_WIDTH = PAGE.width() - 2 * _MARGIN
_UNITS_PER_PX = 10
_SHALLOWEST_PICTURE, _DEEPEST_PICTURE = 160.0, 460.0
_TEXT_PX, _SIGN_PX, _HAIRLINE_PX = 18, 21, 0.8
_BOX, _TICK = "□", "✓"
_FEWEST_BLANKS = 22


def write_worksheet(path: Path, sheet: Worksheet, picture: QImage) -> None:
    """Write the two pages as a PDF file.

    Raises
    ------
    DataError
        If the file cannot be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(96 * _UNITS_PER_PX)
    writer.setTitle(f"{sheet.title}, {sheet.place}")
    writer.setCreator("bpviz")
    painter = smooth(QPainter(writer))
    painter.scale(_UNITS_PER_PX, _UNITS_PER_PX)
    draw_sheet(painter, sheet, picture)
    writer.newPage()
    draw_key(painter, sheet)
    painter.end()
    try:
        path.write_bytes(buffer.data().data())
    except OSError as error:
        raise DataError(f"{path} cannot be written: {error.strerror or error}") from error


def draw_sheet(painter: QPainter, sheet: Worksheet, picture: QImage) -> None:
    """Draw the page to be filled in."""
    top = _draw_heading(painter, sheet, sheet.place)
    top = _draw_text(painter, _document([_names()]), top + _GAP)
    body = sheet_text(sheet)
    room = PAGE.height() - _MARGIN - top - 2 * _GAP
    deepest = min(max(room - body.size().height(), _SHALLOWEST_PICTURE), _DEEPEST_PICTURE)
    top = _draw_picture(painter, picture, top + _GAP, deepest)
    _draw_text(painter, body, top + _GAP)


def draw_key(painter: QPainter, sheet: Worksheet) -> None:
    """Draw the page for whoever corrects the first."""
    top = _draw_heading(painter, sheet, f"{sheet.place} · key")
    _draw_text(painter, key_text(sheet), top + _GAP)


def sheet_text(sheet: Worksheet) -> QTextDocument:
    """Return what is read and filled in under the picture."""
    parts = [_paragraph(_rich(sheet.said, shows_blanks=False))]
    if sheet.choices:
        parts.append(_paragraph(_strong(sheet.question), above=12))
        parts += [_choice(place, text) for place, text in enumerate(sheet.choices)]
    parts += [_line(spans, shows_blanks=False) for spans in sheet.lines]
    return _document(parts)


def key_text(sheet: Worksheet) -> QTextDocument:
    """Return the same lines filled in, and the right answer as far as it is known."""
    parts: list[str] = []
    if sheet.choices:
        parts.append(_paragraph(_strong(sheet.question)))
        parts.append(_answer(sheet))
    parts += [_line(spans, shows_blanks=True) for spans in sheet.lines]
    if not parts:
        parts.append(_paragraph("This step asks nothing."))
    return _document(parts)


def _draw_heading(painter: QPainter, sheet: Worksheet, right: str) -> float:
    """Draw the lesson's name and, at the right, which page this is; return where it ends."""
    secondary = LIGHT.secondary.name()
    title = (
        f"<span style=\"font-family:'{DISPLAY}'; font-size:26px; font-weight:600\">"
        f"{html.escape(sheet.title)}</span>"
        f"<br><span style=\"font-family:'{SANS}'; font-size:15px; color:{secondary}\">"
        f"{html.escape(sheet.subtitle)}</span>"
    )
    place = (
        f'<p align="right" style="font-family:\'{SANS}\'; font-size:15px; color:{secondary}">'
        f"{html.escape(right)}</p>"
    )
    bottom = _draw_text(painter, _document([f"<p>{title}</p>"]), _MARGIN)
    _draw_text(painter, _document([place]), _MARGIN + 10)
    return bottom


def _draw_picture(painter: QPainter, picture: QImage, top: float, deepest: float) -> float:
    size = picture.deviceIndependentSize().scaled(QSizeF(_WIDTH, deepest), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(_MARGIN + (_WIDTH - size.width()) / 2, top, size.width(), size.height())
    # Without it Qt keeps pictures as JPEG, with a haze around every letter.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(place, picture)
    painter.setPen(QPen(LIGHT.line, _HAIRLINE_PX))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)
    return place.bottom()


def _draw_text(painter: QPainter, text: QTextDocument, top: float) -> float:
    """Draw a text, made smaller where it would leave the page; return where it ends."""
    room = PAGE.height() - _MARGIN - top
    scale = min(1.0, room / max(text.size().height(), 1.0))
    painter.save()
    painter.translate(_MARGIN, top)
    painter.scale(scale, scale)
    text.drawContents(painter)
    painter.restore()
    return top + scale * text.size().height()


def _document(parts: Sequence[str]) -> QTextDocument:
    text = QTextDocument()
    text.setDocumentMargin(0)
    text.setDefaultFont(make_font(SERIF, _TEXT_PX))
    text.setDefaultStyleSheet(f"p {{ color: {LIGHT.text.name()}; }}")
    text.setHtml("".join(parts))
    text.setTextWidth(_WIDTH)
    return text


def _paragraph(words: str, above: int = 0) -> str:
    return (
        f'<p style="margin-top:{above}px; margin-bottom:6px; line-height:130%">{words}</p>' if words else ""
    )


def _line(spans: Sequence[Span], *, shows_blanks: bool) -> str:
    # As far apart as handwriting wants it.
    words = _rich(spans, shows_blanks=shows_blanks)
    return f'<p style="margin-top:22px; margin-bottom:0px; line-height:150%">{words}</p>'


def _choice(place: int, text: str) -> str:
    words = f"{_sign(_BOX)}&nbsp;&nbsp;<b>{LETTERS[place]}</b>&nbsp;&nbsp;{html.escape(text)}"
    return f'<p style="margin-top:6px; margin-bottom:0px; margin-left:8px">{words}</p>'


def _answer(sheet: Worksheet) -> str:
    if sheet.right is None:
        return _paragraph("Reveal the answer in the lesson: the experiment gives it.")
    words = f"<b>{LETTERS[sheet.right]}</b>&nbsp;&nbsp;{html.escape(sheet.choices[sheet.right])}"
    return _paragraph(f"{_sign(_TICK)}&nbsp;&nbsp;{words}")


def _sign(sign: str) -> str:
    return f"<span style=\"font-family:'{SANS}'; font-size:{_SIGN_PX}px\">{sign}</span>"


def _strong(spans: Sequence[Span]) -> str:
    return _rich([replace(span, is_strong=True) for span in spans], shows_blanks=True)


def _rich(spans: Sequence[Span], *, shows_blanks: bool) -> str:
    return "".join(_rich_span(span, shows_blanks) for span in spans)


def _rich_span(span: Span, shows_blanks: bool) -> str:
    if span.is_blank and not shows_blanks:
        return _blank(max(2 * len(span.text), _FEWEST_BLANKS))
    words = html.escape(span.text).replace("\n", "<br>")
    color = getattr(LIGHT, span.tone or "text").name()
    weight = 600 if span.is_strong or span.is_blank else 400
    return f'<span style="color:{color}; font-weight:{weight}">{words}</span>'


def _names() -> str:
    return f"<p>Name {_blank(72)}&nbsp;&nbsp; Date {_blank(32)}</p>"


def _blank(length: int) -> str:
    """Return a line to write on, as long as so many spaces."""
    return f"<u>{length * '&nbsp;'}</u>"
