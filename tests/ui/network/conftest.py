"""A network view on the screen, with a clock that stands still."""

import pytest
from pytestqt.qtbot import QtBot

from bpviz.ui.network_view import NetworkView
from bpviz.ui.theme_source import ThemeSource
from tests.ui.network.stage import SIZE, Clock
from tests.viewmodel.network_states import state_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def view(qtbot: QtBot, source: ThemeSource, clock: Clock) -> NetworkView:
    view = NetworkView(source, clock=clock)
    qtbot.addWidget(view)
    view.resize(*SIZE)
    view.show()
    view.show_state(state_of())
    return view
