"""A network tried as it is trained: portions, trials, what is kept, what is refused."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from bpviz.app.session import Session
from bpviz.app.teach.teaching import Teaching
from bpviz.app.teach.trial_actions import in_portions, merged
from bpviz.app.teach.trial_experiment import TrialExperiment
from bpviz.app.teach.trials import try_out
from bpviz.errors import ConfigError
from bpviz.training.blas_threads import blas_threads_limited
from bpviz.training.config import TrainingConfig
from bpviz.training.evaluation import evaluate
from bpviz.training.trainer import Trainer
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.teach.trial_stage import TrialStage
from bpviz.viewmodel.lessons.lesson import Action, Value
from tests.app.teach.lab_class import STROKES

RUN: dict[str, Value] = {"train_samples": 100, "layers": [784, 4, 10], "seed": 3}


class Bench:
    """An experiment begun, pulled by hand."""

    def __init__(self, qtbot: QtBot) -> None:
        load_fonts()
        self._qtbot = qtbot
        source = ThemeSource(ThemeChoice.DARK)
        session = Session(TrainingConfig(), STROKES)
        self.experiment = TrialExperiment(Teaching(source, session, lambda name: STROKES))
        qtbot.addWidget(self.experiment.stage)
        self.experiment.stage.resize(1200, 480)
        self.experiment.stage.show()
        self.failures: list[str] = []
        self._settled = 0
        self.experiment.settled.connect(self._on_settled)
        self.experiment.failed.connect(self.failures.append)
        self.experiment.begin(RUN)
        self._wait(1)

    @property
    def stage(self) -> TrialStage:
        assert isinstance(self.experiment.stage, TrialStage)
        return self.experiment.stage

    def do(self, name: str, **settings: Value) -> None:
        wanted = self._settled + 1
        self.experiment.perform([Action(name, settings)])
        self._wait(wanted)

    def measure(self, name: str, *arguments: float | str) -> float:
        return self.experiment.measure(name, arguments)

    def _on_settled(self) -> None:
        self._settled += 1

    def _wait(self, wanted: int) -> None:
        def is_done() -> bool:
            self.experiment.pull()
            return self._settled >= wanted or bool(self.failures)

        self._qtbot.waitUntil(is_done, timeout=10_000)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    with blas_threads_limited(1):
        bench = Bench(qtbot)
        yield bench
        bench.experiment.close()


def test_portions_come_to_the_same_run_with_a_trial_after_each(bench: Bench) -> None:
    bench.experiment.show_step({"beside": "gap", "share": 100})
    bench.do("train", iterations=25, measured_every=10)
    content = bench.stage.curves_view.content
    assert content is not None
    assert (content.lines[0].x * 25).round().tolist() == [0, 10, 20, 25]
    trainer = Trainer(TrainingConfig((784, 4, 10), seed=3), bench.experiment.run.dataset)
    for _ in range(25):
        trainer.train_iteration()
    expected = evaluate(trainer.network, STROKES.test)
    assert bench.measure("test_loss") == pytest.approx(expected.loss)
    assert bench.measure("test_accuracy") == expected.accuracy
    digit = expected.confusion[3]
    assert bench.measure("recall", 3) == digit[3] / digit.sum()


def test_a_restart_may_take_another_number_of_samples(bench: Bench) -> None:
    bench.do("train", iterations=5)
    bench.do("keep")
    kept = bench.measure("test_loss")
    bench.do("restart", train_samples=300, l2=0.1)
    assert bench.measure("n_samples") == 300
    assert bench.measure("iteration") == 0
    assert bench.measure("kept", "test_loss") == kept
    assert bench.measure("n_test") == len(STROKES.test)


def test_the_network_makes_room_for_what_takes_all_of_it(bench: Bench) -> None:
    stage = bench.stage
    bench.experiment.show_step({"beside": ["images", "gap"], "share": 100})
    assert not stage.network.isVisible()
    assert stage.images.isVisible()
    assert stage.curves_view.isVisible()
    assert stage.part_rect("network") is None
    assert stage.part_rect("images") == stage.images.geometry()
    bench.experiment.show_step({})
    assert stage.network.isVisible()
    assert not stage.images.isVisible()


def test_what_has_nothing_to_show_yet_leaves_the_network_its_room(bench: Bench) -> None:
    bench.experiment.show_step({"beside": "losses", "share": 100})
    assert bench.stage.network.isVisible()
    bench.do("train", iterations=3)
    assert bench.stage.bars.isVisible()
    assert not bench.stage.network.isVisible()
    content = bench.stage.bars.content
    assert content is not None
    assert [bar.name for bar in content.bars] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "show", [{"beside": "nothing"}, {"beside": ["recall", "losses"]}, {"beside": "gap", "share": 3}]
)
def test_what_cannot_be_shown_is_refused(bench: Bench, show: dict[str, Value]) -> None:
    with pytest.raises(ConfigError):
        bench.experiment.show_step(show)


@pytest.mark.parametrize(
    ("name", "argument"), [("recall", 10.0), ("silent", 0.0), ("near_zero", 3.0), ("kept", "weather")]
)
def test_what_is_not_there_cannot_be_asked_for(bench: Bench, name: str, argument: float | str) -> None:
    with pytest.raises(ConfigError):
        bench.measure(name, argument)


def test_silent_neurons_are_those_that_answer_nothing_at_all() -> None:
    trainer = Trainer(TrainingConfig((784, 4, 10), "relu"), STROKES)
    trainer.network.b[0][:2] = -1e6
    tried = try_out(trainer.network, STROKES, 0, is_thorough=True)
    assert tried.silent[0] == 0.5
    assert sum(len(sums) for sums in tried.sums) == len(STROKES.test)


def test_epochs_are_cut_by_iterations_and_joined_again() -> None:
    cut = in_portions(Action("train", {"epochs": 2, "iterations": 5, "measured_every": 10}), 95, 10)
    sizes = [action.settings["iterations"] for action in cut]
    assert sizes == [10, 10, 5]
    few = in_portions(Action("train", {"iterations": 1000, "measured_every": 10}), 95, 10, is_hasty=True)
    assert [action.settings["iterations"] for action in few] == [200] * 5
    joined = merged([Action("set", {"l2": 0.1}), *cut])
    assert joined == (Action("set", {"l2": 0.1}), Action("train", {"iterations": 25}))
