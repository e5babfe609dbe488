"""What each step is worth, asked of the helper and shown under the switches."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.app.preparation_worth_questions import INTERVAL_S, QUIET_S, PreparationWorthQuestions
from bpviz.app.session import Session
from bpviz.data.samples import Dataset
from bpviz.nn.network import Network
from bpviz.resources import resource_path
from bpviz.training.checkpoint import load_model
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.ui.mode import Mode
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from tests.training.small_runs import config_for
from tests.ui.drawing_hand import draw_with_mouse


def worths(draw: DrawPage) -> list[str]:
    texts = [label.text() for label in draw.panel.strip.findChildren(TextLabel)]
    return [text for text in texts if re.fullmatch(r"[+−]\d+\.\d", text)]


@dataclass
class Place:
    """A canvas and a session whose clock stands still until it is set."""

    session: Session
    draw: DrawPage
    network: Network
    now: float = 100.0

    def pull_until_shown(self, qtbot: QtBot, before: list[str]) -> list[str]:
        def is_shown() -> bool:
            self.session.pull()
            return worths(self.draw) not in ([], before)

        qtbot.waitUntil(is_shown, timeout=20_000)
        return worths(self.draw)

    def pull_until_answered(self, qtbot: QtBot) -> None:
        """Pull twice after everything asked before was answered."""
        for _ in range(2):
            self.session.pull()
            self.session.ask("last", lambda: None, lambda _: None)

            def is_answered() -> bool:
                self.session.pull()
                return not self.session.is_asked("last")

            qtbot.waitUntil(is_answered)


@pytest.fixture
def place(qtbot: QtBot, dataset: Dataset) -> Iterator[Place]:
    load_fonts()
    draw = DrawPage(ThemeSource(ThemeChoice.DARK))
    qtbot.addWidget(draw)
    network = load_model(resource_path("models/digits.safetensors"))[0]
    draw.show_network(network, "bundled")
    with qtbot.waitExposed(draw):
        draw.show()
    session = Session(config_for(), dataset)
    session.start()
    place = Place(session, draw, network)
    PreparationWorthQuestions(session, draw, lambda: place.now, n_drawings=50, parent=session)
    yield place
    session.stop()


def test_the_window_says_what_the_steps_are_worth_to_its_network(desk: Desk, qtbot: QtBot) -> None:
    desk.window.set_mode(Mode.DRAW)
    qtbot.waitUntil(lambda: len(worths(desk.window.draw)) == 4, timeout=30_000)
    assert worths(desk.window.draw)[0].startswith("+")


def test_another_network_is_measured_after_a_while(place: Place, qtbot: QtBot) -> None:
    first = place.pull_until_shown(qtbot, [])
    half = place.network.parameters * np.float32(0.0)
    place.draw.show_network(place.network.with_parameters(half), "dull")
    place.now += INTERVAL_S - 0.1
    place.pull_until_answered(qtbot)
    assert worths(place.draw) == first
    place.now += 0.2
    assert place.pull_until_shown(qtbot, first) == ["+0.0"] * 4


def test_the_same_network_is_measured_once(place: Place, qtbot: QtBot) -> None:
    place.pull_until_shown(qtbot, [])
    place.now += 2 * INTERVAL_S
    place.session.pull()
    assert not place.session.is_asked("preparation worth")


def test_nothing_is_asked_while_somebody_draws(place: Place, qtbot: QtBot) -> None:
    draw_with_mouse(place.draw.panel.canvas)
    place.now += QUIET_S - 0.1
    place.pull_until_answered(qtbot)
    assert not place.session.is_asked("preparation worth")
    place.now += 0.2
    place.session.pull()
    assert place.session.is_asked("preparation worth")
    place.pull_until_shown(qtbot, [])
