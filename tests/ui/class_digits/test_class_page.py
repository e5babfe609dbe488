import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from bpviz.ui.class_digits.class_page import ClassPage
from bpviz.ui.controls.choice_field import ChoiceField
from bpviz.ui.style.theme_source import ThemeSource
from tests.data.class_hand import drawn

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, source: ThemeSource) -> ClassPage:
    page = ClassPage(source, np.random.default_rng(1))
    qtbot.addWidget(page)
    page.resize(828, 732)
    with qtbot.waitExposed(page):
        page.show()
    return page


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)


def words(page: ClassPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_the_prompt_is_legible_from_the_back_row(page: ClassPage) -> None:
    assert page.prompt.digit_text == str(page.asked)
    digit = next(label for label in page.prompt.findChildren(QLabel) if label.text() == str(page.asked))
    assert digit.fontMetrics().tightBoundingRect("8").height() >= 100
    for asked, lead in ((8, "Draw an"), (7, "Draw a")):
        page.ask_for(asked)
        assert words(page).startswith(lead)


def test_a_digit_is_finished_when_the_pen_has_rested(page: ClassPage, qtbot: QtBot) -> None:
    page.settings.set_pause_ms(200)
    page.wait()
    assert page.is_waiting
    assert page.prompt.is_running_out
    page.hold()
    assert not page.is_waiting
    assert not page.prompt.is_running_out
    with qtbot.waitSignal(page.digit_finished, timeout=2000):
        page.wait()
    assert not page.is_waiting


def test_leaving_the_page_keeps_nothing_unasked(page: ClassPage) -> None:
    page.wait()
    page.hide()
    assert not page.is_waiting


def test_digits_are_counted_and_the_newest_stand_first(page: ClassPage) -> None:
    digits = [drawn(label, variant) for variant, label in enumerate((4, 7, 4, 1))]
    page.show_digits(digits)
    assert page.bars.counts == (0, 1, 0, 0, 2, 0, 0, 1, 0, 0)
    assert page.grid.digits == tuple(reversed(digits))
    assert "4 digits" in words(page)
    click(page.order_choice.button(1))
    assert [digit.label for digit in page.grid.digits] == [1, 4, 4, 7]
    assert page.grid.digits[1] is digits[2]


def test_skip_and_a_click_on_a_count_ask_for_another(page: ClassPage) -> None:
    before = page.asked
    click(page.settings.skip)
    assert page.asked != before
    QTest.mouseClick(page.bars.viewport(), LEFT, pos=page.bars.column(6).center().toPoint())
    assert page.asked == 6
    assert page.prompt.digit_text == "6"


def test_the_order_chosen_is_kept_to(page: ClassPage) -> None:
    field = page.settings.findChild(ChoiceField)
    assert field is not None
    field.menu.actions()[1].trigger()
    page.ask_for(9)
    page.ask_next()
    assert page.asked == 0


def test_a_chosen_digit_can_be_relabelled_and_removed(page: ClassPage, qtbot: QtBot) -> None:
    digits = [drawn(4, 1, "Ada"), drawn(7, 2)]
    page.show_digits(digits)
    QTest.mouseClick(page.grid.viewport(), LEFT, pos=page.grid.tile_rect(1).center().toPoint())
    assert page.chosen_bar.isVisible()
    assert "By Ada" in words(page)
    with qtbot.waitSignal(page.relabel_requested) as relabelled:
        click(page.chosen_bar.labels.button(9))
    assert relabelled.args == [digits[0], 9]
    with qtbot.waitSignal(page.removal_requested) as removed:
        click(page.chosen_bar.remove)
    assert removed.args == [digits[0]]
    page.show_digits(digits[1:])
    assert not page.chosen_bar.isVisible()


def test_what_needs_digits_is_offered_only_with_some(page: ClassPage) -> None:
    foot = page.foot
    exporting = foot.more_menu.actions()[2]
    for digits in ([], [drawn(1)]):
        page.show_digits(digits)
        for offered in (foot.save, foot.test, foot.train, exporting):
            assert offered.isEnabled() == bool(digits)
        assert foot.open.isEnabled()


def test_results_have_a_place_of_their_own(page: ClassPage, qtbot: QtBot) -> None:
    results = QLabel("results")
    page.add_results(results)
    with qtbot.waitSignal(page.results_shown) as shown:
        click(page.order_choice.button(2))
    assert shown.args == [True]
    assert results.isVisible()
    assert page.grid.isVisible()
    assert not page.prompt.isVisible()
    click(page.order_choice.button(0))
    assert not results.isVisible()
    assert page.prompt.isVisible()


@pytest.mark.parametrize(
    ("width", "height", "factor"), [(654, 572, 1.0), (828, 732, 1.0), (1254, 1000, 1.15)]
)
def test_the_page_fits_beside_the_canvas(
    page: ClassPage, source: ThemeSource, width: int, height: int, factor: float
) -> None:
    source.set_factor(factor)
    page.show_digits([drawn(variant % 10, variant) for variant in range(30)])
    page.show_readings({}, "The network reads 1,234 right (99 %).")
    page.resize(width, height)
    least = page.minimumSizeHint()
    assert least.width() <= width
    assert least.height() <= height
    page.grid.choose(0)
    assert page.minimumSizeHint().width() <= width
