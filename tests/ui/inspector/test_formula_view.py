"""Formulas on the screen: numbers under their symbols, never wider than there is room, to be copied."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from bpviz.ui.inspector.formula_layout import Box, Run, set_formula
from bpviz.ui.inspector.formula_view import FormulaView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.delta_formulas import hidden_delta
from bpviz.viewmodel.inspection.formula_model import Formula, Fraction, Symbol, maths
from bpviz.viewmodel.inspection.formulas import softmax_formula, weighted_sum

SUM = weighted_sum(22, 1.7594, 2.0425, -0.2831, "x")


@pytest.fixture
def view(qtbot: QtBot, source: ThemeSource) -> Iterator[FormulaView]:
    view = FormulaView(source)
    qtbot.addWidget(view)
    view.resize(340, 60)
    view.show()
    yield view
    view.close()


def middle(run: Run) -> float:
    return run.x + QFontMetricsF(run.font).horizontalAdvance(run.text) / 2


def run_of(box: Box, text: str) -> Run:
    (found,) = (run for run in box.runs if run.text == text)
    return found


def test_numbers_stand_below_the_middle_of_their_symbols(source: ThemeSource) -> None:
    box = set_formula(SUM, source, 340, 22.0)
    equals = [run for run in box.runs if run.text == "="]
    assert middle(equals[0]) == pytest.approx(middle(equals[1]), abs=0.6)
    assert equals[1].y > equals[0].y + 10
    plus, minus = run_of(box, "+"), run_of(box, "−")
    assert middle(plus) == pytest.approx(middle(minus), abs=0.6)


def test_letters_are_italic_and_words_are_not(source: ThemeSource) -> None:
    box = set_formula(
        Formula(((maths(Symbol("z", sub="i"), Symbol("log", is_upright=True)),),)), source, 340, 22
    )
    assert [run.text for run in box.runs] == ["𝑧", "𝑖", "log"]


def test_a_fraction_has_its_bar_between_top_and_bottom(source: ThemeSource) -> None:
    box = set_formula(Formula(((maths(Fraction((Symbol("a"),), (Symbol("b"),))),),)), source, 340, 22)
    top, bottom = box.runs
    (bar,) = (rule.rect for rule in box.rules)
    assert top.y < bar.top() < bar.bottom() < bottom.y
    assert middle(top) == pytest.approx(bar.center().x(), abs=0.5)
    assert middle(bottom) == pytest.approx(bar.center().x(), abs=0.5)


def test_a_formula_that_would_be_too_wide_is_set_smaller(source: ThemeSource) -> None:
    wide = hidden_delta(22, -0.0123456, -0.0984321, 0.1254321)
    natural = set_formula(wide, source, 10_000, 24.0)
    narrow = set_formula(wide, source, natural.width - 20, 24.0)
    assert narrow.width <= natural.width - 20
    assert len(narrow.runs) == len(natural.runs)


def test_numbers_get_smaller_where_smaller_symbols_are_not_enough(source: ThemeSource) -> None:
    wide = softmax_formula(7, 0.9864, 1.93e6, 1.96e6)
    tightest = set_formula(wide, source, 162, 22.0)
    assert tightest.width <= 162
    numbers = [run for run in tightest.runs if "e6" in run.text]
    assert [run.text for run in numbers] == ["1.93e6 / 1.96e6"]
    assert numbers[0].font.pixelSize() < source.font(FontRole.VALUE).pixelSize()


def test_signs_of_numbers_have_the_colour_of_their_meaning(source: ThemeSource) -> None:
    box = set_formula(hidden_delta(2, -0.5, -1.0, 0.5), source, 340, 22.0)
    assert run_of(box, "−0.5000").tone == "gradient_negative_text"
    assert run_of(box, "0.5000").tone == "text"


def test_the_view_is_as_high_as_its_formula_and_follows_the_scale(
    view: FormulaView, source: ThemeSource
) -> None:
    assert view.height() <= 5
    view.show_formula(SUM)
    before = view.height()
    assert 30 <= before <= 60
    source.set_factor(1.5)
    assert view.height() > 1.3 * before


def test_a_note_that_does_not_fit_beside_goes_below(view: FormulaView) -> None:
    view.show_formula(SUM, "over 30")
    beside = view.height()
    view.show_formula(SUM, "over a great many pixels that carry ink")
    assert view.height() > beside + 10


# Offscreen there is no keyboard to grab for a menu, and it says so.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(("entry", "expected"), [(0, SUM.latex), (1, SUM.text)])
def test_a_formula_is_copied_from_its_menu(
    view: FormulaView, qtbot: QtBot, entry: int, expected: str
) -> None:
    view.show_formula(SUM)
    where = QPoint(20, 20)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, view.mapToGlobal(where))
    QApplication.sendEvent(view, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = menu.actions()[entry]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    assert QGuiApplication.clipboard().text() == expected


def test_the_keyboard_sees_where_it_is(view: FormulaView, source: ThemeSource) -> None:
    view.show_formula(SUM)
    corner = QPoint(view.width() // 2, 1)
    assert view.grab().toImage().pixelColor(corner) != source.theme.ink
    QTest.keyClick(view, Qt.Key.Key_Tab)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    assert view.grab().toImage().pixelColor(corner) == source.theme.ink


def test_the_formula_is_read_aloud_as_text(view: FormulaView) -> None:
    view.show_formula(SUM)
    assert view.accessibleName() == SUM.text


def test_it_paints_its_symbols(view: FormulaView) -> None:
    view.show_formula(SUM)
    picture = view.grab().toImage()
    colors = {
        picture.pixelColor(QPointF(x, y).toPoint()).name() for x in range(0, 200, 2) for y in range(0, 40, 2)
    }
    assert len(colors) > 8
