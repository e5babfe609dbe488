"""The phases: chosen by click or arrow keys, in their own colours; the status never moves them."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.nn.network import Architecture
from bpviz.ui.lab.phase_arrow import PhaseArrow
from bpviz.ui.lab.phase_bar import PhaseBar
from bpviz.ui.style.theme import contrast
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position
from tests.ui.hands import LEFT, cut_labels, press_at_focus


@pytest.fixture
def bar(qtbot: QtBot, source: ThemeSource) -> PhaseBar:
    bar = PhaseBar(source)
    qtbot.addWidget(bar)
    bar.resize(700, 36)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


@pytest.fixture
def chosen(bar: PhaseBar) -> list[Phase]:
    phases: list[Phase] = []
    bar.phase_chosen.connect(phases.append)
    return phases


def arrow(bar: PhaseBar, phase: Phase) -> PhaseArrow:
    found = bar.arrow(phase)
    assert isinstance(found, PhaseArrow)
    return found


def test_a_click_chooses_a_phase_once(bar: PhaseBar, chosen: list[Phase]) -> None:
    QTest.mouseClick(bar.arrow(Phase.BACKWARD), LEFT)
    QTest.mouseClick(bar.arrow(Phase.BACKWARD), LEFT)
    assert chosen == [Phase.BACKWARD]
    assert [phase for phase in Phase if bar.arrow(phase).isChecked()] == [Phase.BACKWARD]


def test_arrow_keys_go_from_phase_to_phase(bar: PhaseBar, chosen: list[Phase]) -> None:
    bar.activateWindow()
    bar.arrow(Phase.FORWARD).setFocus()
    press_at_focus(bar, Qt.Key.Key_Right)
    press_at_focus(bar, Qt.Key.Key_Right)
    press_at_focus(bar, Qt.Key.Key_Left)
    assert chosen == [Phase.LOSS, Phase.BACKWARD, Phase.LOSS]


def test_showing_a_phase_tells_nobody(bar: PhaseBar, chosen: list[Phase]) -> None:
    bar.set_phase(Phase.UPDATE)
    assert chosen == []
    assert bar.arrow(Phase.UPDATE).isChecked()


def test_status_says_what_and_how_fast(bar: PhaseBar) -> None:
    bar.show_status("Running fast", 88_888.0)
    assert bar.status == "● Running fast 88\u202f888 iterations/s"
    bar.show_status("Paused", None)
    assert bar.status == "Paused"


@pytest.mark.parametrize("factor", [1.0, 1.15])
def test_the_status_never_moves_the_arrows(bar: PhaseBar, source: ThemeSource, factor: float) -> None:
    source.set_factor(factor)
    places = []
    for status, rate in (("Ready", None), ("Running fast", 88_888.0), ("Running", 1.0), ("Paused", None)):
        bar.show_status(status, rate)
        QApplication.processEvents()
        assert cut_labels(bar) == []
        places.append([bar.arrow(phase).geometry() for phase in Phase])
    assert all(place == places[0] for place in places)


@pytest.mark.parametrize(
    ("width", "has_formulas", "has_status"), [(1200, True, True), (700, False, True), (440, False, False)]
)
def test_what_does_not_fit_is_left_out(
    bar: PhaseBar, width: int, has_formulas: bool, has_status: bool
) -> None:
    bar.show_status("Running", 3375.0)
    bar.resize(width, 36)
    QApplication.processEvents()
    assert [arrow(bar, phase).shows_formula for phase in Phase] == [has_formulas] * len(Phase)
    assert (bar.status_box.isVisible()) == has_status
    for phase in Phase:
        assert bar.arrow(phase).width() >= bar.arrow(phase).minimumSizeHint().width()


@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.LIGHT])
def test_the_chosen_phase_wears_the_hue_of_what_it_makes(
    bar: PhaseBar, source: ThemeSource, choice: ThemeChoice
) -> None:
    source.set_choice(choice)
    theme = source.theme
    hues = {
        Phase.FORWARD: theme.activation,
        Phase.LOSS: theme.error,
        Phase.BACKWARD: theme.gradient_positive,
        Phase.UPDATE: theme.weight_positive,
    }
    for phase, hue in hues.items():
        bar.set_phase(next(other for other in Phase if other is not phase))
        at_rest = _ground(bar, phase)
        bar.set_phase(phase)
        QApplication.processEvents()
        others = [other for other in hues.values() if other != hue]
        lit = _ground(bar, phase)
        assert _distance(lit, hue) < _distance(at_rest, hue)
        assert all(_tint(lit, theme.stage, hue) > _tint(lit, theme.stage, other) for other in others)


def _ground(bar: PhaseBar, phase: Phase) -> QColor:
    image = bar.arrow(phase).grab().toImage()
    return image.pixelColor(image.width() // 2, 5)


def _distance(first: QColor, second: QColor) -> float:
    return sum(abs(a - b) for a, b in zip(_rgb(first), _rgb(second), strict=True))


def _tint(color: QColor, ground: QColor, hue: QColor) -> float:
    """Return how well the way from ground to colour points to the hue: the cosine between them."""
    way = [a - b for a, b in zip(_rgb(color), _rgb(ground), strict=True)]
    aim = [a - b for a, b in zip(_rgb(hue), _rgb(ground), strict=True)]
    product = sum(a * b for a, b in zip(way, aim, strict=True))
    length = sum(a * a for a in way) ** 0.5 * sum(b * b for b in aim) ** 0.5
    return float(product / length)


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.LIGHT])
def test_names_can_be_read_on_their_arrows(bar: PhaseBar, source: ThemeSource, choice: ThemeChoice) -> None:
    source.set_choice(choice)
    theme = source.theme
    inks = {
        Phase.FORWARD: theme.activation_text,
        Phase.LOSS: theme.error_text,
        Phase.BACKWARD: theme.gradient_positive_text,
        Phase.UPDATE: theme.weight_positive_text,
    }
    for phase, ink in inks.items():
        bar.set_phase(phase)
        assert contrast(ink, _ground(bar, phase)) >= 4.5, phase


def test_arrows_point_to_the_right_and_the_last_ends_straight(bar: PhaseBar, source: ThemeSource) -> None:
    image = bar.grab().toImage()
    ground = image.pixelColor(image.width() - 2, 1)
    first, last = bar.arrow(Phase.LOSS), bar.arrow(Phase.UPDATE)

    def is_filled(x: int, y: int) -> bool:
        return image.pixelColor(x, y) != ground

    tip = first.geometry().right() - 7
    assert is_filled(tip, 18)
    assert not is_filled(tip, 3)
    end = last.geometry().right() - 2
    assert is_filled(end, 18)
    assert is_filled(end, 4)


def test_high_contrast_outlines_every_arrow(bar: PhaseBar, source: ThemeSource) -> None:
    place = QPoint(bar.arrow(Phase.UPDATE).geometry().center().x(), 0)
    plain = bar.grab().toImage().pixelColor(place)
    source.set_high_contrast(True)
    outlined = bar.grab().toImage().pixelColor(place)
    assert contrast(outlined, source.theme.stage) > 3.0 > contrast(plain, source.theme.stage)


SMALL = Architecture((784, 30, 10), "sigmoid", "softmax", "cross-entropy")


@pytest.mark.parametrize(
    ("position", "shares"),
    [
        (None, [1.0, 1.0, 1.0, 1.0]),
        (Position(Phase.FORWARD, 0, 9), [0.25, 0.0, 0.0, 0.0]),
        (Position(Phase.LOSS), [1.0, 1.0, 0.0, 0.0]),
        (Position(Phase.BACKWARD, 1), [1.0, 1.0, 0.25, 0.0]),
        (Position(Phase.UPDATE, 0), [1.0, 1.0, 1.0, 0.5]),
        (Position(Phase.UPDATE), [1.0, 1.0, 1.0, 1.0]),
    ],
)
def test_arrows_tell_how_far_the_iteration_has_come(
    bar: PhaseBar, position: Position | None, shares: list[float]
) -> None:
    bar.show_place(position, SMALL)
    assert [arrow(bar, phase).share for phase in Phase] == shares


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_a_step_paints_the_present_phase_and_no_other(bar: PhaseBar, qtbot: QtBot) -> None:
    bar.show_place(Position(Phase.FORWARD, 0, 0), SMALL)
    QApplication.processEvents()
    paintings = {phase: Paintings(bar.arrow(phase)) for phase in Phase}
    bar.show_place(Position(Phase.FORWARD, 0, 1), SMALL)
    qtbot.waitUntil(lambda: paintings[Phase.FORWARD].count == 1)
    bar.show_place(Position(Phase.FORWARD, 0, 1), SMALL)
    QApplication.processEvents()
    assert [paintings[phase].count for phase in Phase] == [1, 0, 0, 0]


@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.LIGHT])
def test_the_present_phase_is_filled_as_far_as_it_is_done(
    bar: PhaseBar, source: ThemeSource, choice: ThemeChoice
) -> None:
    source.set_choice(choice)
    bar.set_phase(Phase.BACKWARD)
    lit = _ground(bar, Phase.BACKWARD)
    bar.show_place(Position(Phase.BACKWARD, 0, 9), SMALL)
    image = bar.arrow(Phase.BACKWARD).grab().toImage()
    done, to_do = (image.pixelColor(round(image.width() * share), 5) for share in (0.45, 0.55))
    assert done == lit
    assert to_do != lit
    bar.show_place(None, SMALL)
    assert _ground(bar, Phase.BACKWARD) == lit


@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.LIGHT])
def test_phases_not_reached_are_dim_but_can_be_read(
    bar: PhaseBar, source: ThemeSource, choice: ThemeChoice
) -> None:
    source.set_choice(choice)
    bar.set_phase(Phase.LOSS)
    clear = _strongest(bar, Phase.UPDATE)
    bar.show_place(Position(Phase.LOSS), SMALL)
    dim = _strongest(bar, Phase.UPDATE)
    assert 4.5 <= dim < clear - 2.0
    bar.show_place(None, SMALL)
    assert _strongest(bar, Phase.UPDATE) == pytest.approx(clear, rel=0.01)


def _strongest(bar: PhaseBar, phase: Phase) -> float:
    """Return the contrast of the arrow's strongest pixel with its ground, away from mark and outline."""
    image = bar.arrow(phase).grab().toImage()
    ground = _ground(bar, phase)
    columns = range(image.width() // 2 - 10, image.width() // 2 + 20)
    return max(contrast(image.pixelColor(x, y), ground) for x in columns for y in range(10, 26))


def test_a_place_is_left_for_a_phase_by_a_click_as_ever(bar: PhaseBar, chosen: list[Phase]) -> None:
    bar.set_phase(Phase.FORWARD)
    bar.show_place(Position(Phase.FORWARD, 0, 9), SMALL)
    QTest.mouseClick(bar.arrow(Phase.UPDATE), LEFT)
    assert chosen == [Phase.UPDATE]
