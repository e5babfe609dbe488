"""All controls together: both themes, nothing cut, live changes of theme and scale."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from bpviz.ui.controls.choice_field import ChoiceField
from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.panel import Panel, ScrollColumn
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.style_sheet import SURFACE_PROPERTY
from bpviz.ui.style.theme import contrast, rgb
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from tests.ui.controls.sheet import control_sheet

THEMES = [ThemeChoice.DARK, ThemeChoice.LIGHT]


@pytest.fixture
def sheet(qtbot: QtBot, source: ThemeSource) -> QWidget:
    sheet = control_sheet(source)
    qtbot.addWidget(sheet)
    sheet.resize(1280, 640)
    with qtbot.waitExposed(sheet):
        sheet.show()
    return sheet


@pytest.mark.parametrize("choice", THEMES)
def test_surfaces_wear_the_theme_live(sheet: QWidget, source: ThemeSource, choice: ThemeChoice) -> None:
    source.set_choice(choice)
    image = sheet.grab().toImage()
    for panel in sheet.findChildren(Panel):
        surface = str(panel.property(SURFACE_PROPERTY))
        place = panel.mapTo(sheet, panel.rect().bottomLeft())
        color = image.pixelColor(place.x() + 60, place.y() - 3)
        expected = source.theme.panel if surface in ("panel", "bar") else getattr(source.theme, surface)
        assert rgb(color) == rgb(expected), surface


@pytest.mark.parametrize("choice", THEMES)
@pytest.mark.parametrize("factor", [1.0, 1.15])
def test_no_text_is_cut(
    sheet: QWidget, source: ThemeSource, qtbot: QtBot, choice: ThemeChoice, factor: float
) -> None:
    source.set_choice(choice)
    source.set_factor(factor)
    sheet.resize(round(1280 * factor**3), round(640 * factor**2))
    qtbot.waitUntil(lambda: all(widget.height() >= widget.sizeHint().height() for widget in _fields(sheet)))
    cut = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible() and _is_cut(label)]
    cut += [button.text() for button in sheet.findChildren(QAbstractButton) if _is_squeezed(button)]
    assert cut == []


def _fields(sheet: QWidget) -> list[QWidget]:
    return [*sheet.findChildren(NumberField), *sheet.findChildren(ChoiceField)]


def _is_cut(label: QLabel) -> bool:
    return (
        bool(label.text()) and QFontMetricsF(label.font()).horizontalAdvance(label.text()) > label.width() + 1
    )


def _is_squeezed(button: QAbstractButton) -> bool:
    is_field = isinstance(button, ChoiceField)
    return button.isVisible() and not is_field and button.width() < button.sizeHint().width()


@pytest.mark.parametrize("choice", THEMES)
def test_painted_text_reaches_its_contrast(
    qtbot: QtBot, source: ThemeSource, sheet: QWidget, choice: ThemeChoice
) -> None:
    source.set_choice(choice)
    image = sheet.grab().toImage()
    for label in sheet.findChildren(TextLabel):
        if not label.isVisible() or not label.text():
            continue
        corner = label.mapTo(sheet, label.rect().topLeft())
        ground = image.pixelColor(corner.x(), corner.y())
        inside = [
            image.pixelColor(corner.x() + x, corner.y() + y)
            for x in range(min(label.width(), 120))
            for y in range(label.height())
        ]
        # Thin strokes at 13 px are antialiased: the strongest pixel is near, not at, the token's contrast.
        assert max(contrast(color, ground) for color in inside) >= 4.5, label.text()


def test_labels_keep_role_and_tone_after_theme_and_scale_change(sheet: QWidget, source: ThemeSource) -> None:
    label = next(label for label in sheet.findChildren(TextLabel) if label.text().startswith("error_text"))
    source.set_choice(ThemeChoice.LIGHT)
    source.set_factor(1.15)
    assert rgb(label.palette().windowText().color()) == rgb(source.theme.error_text)
    assert label.font().pixelSize() == source.font(FontRole.NUMBER).pixelSize() == 21


def test_fields_stand_in_line_on_32_px_rows(sheet: QWidget) -> None:
    fields = sorted(_fields(sheet), key=lambda field: field.y())
    assert {(field.x(), field.width(), field.height()) for field in fields} == {
        (fields[0].x(), fields[0].width(), 26)
    }
    assert {lower.y() - upper.y() for upper, lower in pairwise(fields)} == {32}


def test_everything_that_takes_keys_has_a_name(sheet: QWidget) -> None:
    takers = [*sheet.findChildren(QAbstractButton), *sheet.findChildren(NumberField)]
    takers = [taker for taker in takers if taker.isVisible()]
    named = [taker for taker in takers if taker.accessibleName() or _button_text(taker)]
    assert len(named) == len(takers) > 20


def _button_text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def test_scroll_column_shows_what_it_lies_on(sheet: QWidget, source: ThemeSource) -> None:
    column = sheet.findChild(ScrollColumn)
    assert column is not None
    corner = column.mapTo(sheet, column.rect().bottomLeft())
    color = sheet.grab().toImage().pixelColor(corner.x() + 40, corner.y() - 20)
    assert rgb(color) == rgb(source.theme.panel)


def test_text_label_shows_markup_as_it_is(qtbot: QtBot, source: ThemeSource) -> None:
    label = TextLabel(source, "<b>a.png</b>")
    qtbot.addWidget(label)
    plain = TextLabel(source, "a.png")
    qtbot.addWidget(plain)
    assert label.sizeHint().width() > plain.sizeHint().width() + 20
