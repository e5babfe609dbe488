"""A class before a network in training: begins, looks, does and asks as a lesson does."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from bpviz.app.session import Session
from bpviz.app.teach.network_experiment import NetworkExperiment
from bpviz.app.teach.teaching import Teaching
from bpviz.data.samples import Dataset
from bpviz.data.sources import load_dataset
from bpviz.training.config import TrainingConfig
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.viewmodel.lessons.lesson import Action, Settings, Value

STROKES = load_dataset("strokes")


class NetworkClass:
    """One experiment on its stage, pulled by hand."""

    def __init__(self, qtbot: QtBot, dataset: Callable[[str], Dataset] = lambda name: STROKES) -> None:
        load_fonts()
        self._qtbot = qtbot
        source = ThemeSource(ThemeChoice.DARK)
        self.experiment = NetworkExperiment(Teaching(source, Session(TrainingConfig(), STROKES), dataset))
        self.stage = self.experiment.stage
        qtbot.addWidget(self.stage)
        self.stage.resize(1200, 480)
        self.stage.show()
        self.settled = 0
        self.failures: list[str] = []
        self.experiment.settled.connect(self._on_settled)
        self.experiment.failed.connect(self.failures.append)

    def begin(self, run: Settings, show: Settings | None = None) -> None:
        """Set it up and look at it."""
        self.experiment.begin(run)
        self._wait(1)
        self.experiment.show_step(show or {})

    def do(self, name: str, **settings: Value) -> None:
        """Do one thing and wait for it."""
        asked = self.settled + 1
        self.experiment.perform([Action(name, settings)])
        self._wait(asked)

    def restore(self, mark: object) -> None:
        """Put it back and wait for it."""
        asked = self.settled + 1
        self.experiment.restore(mark)
        self._wait(asked)

    def measure(self, name: str, *arguments: float | str) -> float:
        """Ask for a number."""
        return self.experiment.measure(name, arguments)

    def close(self) -> None:
        """End its threads."""
        self.experiment.close()

    def _on_settled(self) -> None:
        self.settled += 1

    def _wait(self, settled: int) -> None:
        failed_before = len(self.failures)

        def is_done() -> bool:
            self.experiment.pull()
            return self.settled >= settled or len(self.failures) > failed_before

        self._qtbot.waitUntil(is_done, timeout=5000)
