"""What lessons may do with one neuron, and what they are told when they may not."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from bpviz.app.teach.neuron_experiment import NeuronExperiment
from bpviz.errors import BpvizError
from bpviz.ui.teach.neuron_glide import GLIDE_MS
from bpviz.ui.teach.neuron_stage import NeuronStage
from bpviz.viewmodel.lessons.lesson import Action, Settings, Value
from tests.app.teach.neuron_room import neuron_experiment, shown_page

RUN: Settings = {"inputs": [0.9, 0.2], "weights": [2, -2], "bias": -0.5}


class Bench:
    """An experiment begun, with a clock to be moved by hand."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.now = 0.0
        self.page = page = shown_page(qtbot)
        self.experiment: NeuronExperiment = neuron_experiment(page, lambda: self.now)
        page.set_stage(self.experiment.stage)
        with qtbot.waitSignal(self.experiment.settled):
            self.experiment.begin(RUN)

    @property
    def stage(self) -> NeuronStage:
        stage = self.experiment.stage
        assert isinstance(stage, NeuronStage)
        return stage

    def do(self, action: str, **settings: Value) -> None:
        with self._qtbot.waitSignal(self.experiment.settled):
            self.experiment.perform([Action(action, settings)])

    def measure(self, name: str, *arguments: float) -> float:
        return self.experiment.measure(name, arguments)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(qtbot)
    yield bench
    bench.experiment.close()


def test_measures_tell_what_is_shown(bench: Bench) -> None:
    assert bench.measure("weight", 2) == -2.0
    assert bench.measure("input", 1) == 0.9
    assert bench.measure("product", 1) == pytest.approx(1.8)
    assert bench.measure("weighted_sum") == pytest.approx(1.4)
    assert bench.measure("z") == pytest.approx(0.9)
    assert bench.measure("output") == pytest.approx(0.7109, abs=1e-4)


def test_each_action_changes_its_own_number(bench: Bench) -> None:
    bench.do("set-weight", index=2, value=1.5)
    bench.do("set-input", index=1, value=0.3)
    bench.do("set-bias", value=-1)
    bench.do("set-activation", name="relu")
    neuron = bench.experiment.neuron
    assert (neuron.inputs, neuron.weights, neuron.bias) == ((0.3, 0.2), (2.0, 1.5), -1.0)
    assert neuron.activation == "relu"
    bench.do("reset")
    assert bench.experiment.neuron.weights == (2.0, -2.0)


def test_what_was_remembered_can_be_asked_for(bench: Bench) -> None:
    assert str(bench.measure("remembered_z")) == "nan"
    bench.do("remember")
    bench.do("set-bias", value=2.0)
    assert bench.measure("remembered_z") == pytest.approx(0.9)
    assert bench.measure("z") == pytest.approx(3.4)


def test_a_mark_puts_all_back(bench: Bench, qtbot: QtBot) -> None:
    bench.do("remember")
    mark = bench.experiment.mark()
    bench.do("set-bias", value=2.0)
    bench.do("set-drawing", **{"as": "input"})
    with qtbot.waitSignal(bench.experiment.settled):
        bench.experiment.restore(mark)
    picture = bench.stage.view.picture
    assert picture is not None
    assert (picture.neuron.bias, picture.is_input) == (-0.5, False)
    assert picture.remembered == picture.neuron


def test_what_somebody_has_looked_at_glides_to_its_new_place(bench: Bench, qtbot: QtBot) -> None:
    seen: list[float] = []
    bench.now = 5.0
    settled = qtbot.waitSignal(bench.experiment.settled, timeout=10 * GLIDE_MS)
    with settled:
        bench.experiment.perform([Action("set-weight", {"index": 1, "value": 4.0})])
        assert bench.measure("weight", 1) == 4.0

        def look() -> bool:
            picture = bench.stage.view.picture
            seen.append(0.0 if picture is None else picture.neuron.weights[0])
            return seen[-1] == 4.0

        qtbot.waitUntil(look, timeout=10 * GLIDE_MS)
    assert any(2.0 < value < 4.0 for value in seen)
    assert seen == sorted(seen)


def test_what_nobody_has_seen_yet_is_left_at_once(bench: Bench) -> None:
    bench.experiment.perform([Action("set-weight", {"index": 1, "value": 4.0})])
    picture = bench.stage.view.picture
    assert picture is not None
    assert picture.neuron.weights[0] == 4.0


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("set-weight", {"index": 3, "value": 1.0}, "1 to 2"),
        ("set-weight", {"index": 1, "value": 60.0}, "'value' is 60; a weight is -6 to 6"),
        ("set-input", {"index": 1, "value": "much"}, "a number is needed"),
        ("set-activation", {"name": "softmax"}, "choose one of sigmoid"),
        ("set-drawing", {"as": "art"}, "choose one of plus, input"),
    ],
)
def test_what_cannot_be_done_is_said(bench: Bench, name: str, settings: Settings, words: str) -> None:
    with pytest.raises(BpvizError, match=words):
        bench.experiment.perform([Action(name, settings)])


@pytest.mark.parametrize(
    ("show", "words"),
    [
        ({"drawing": "none"}, "choose one of plus, input"),
        ({"axis": "y"}, "choose one of z, sum"),
        ({"switches": ["light"]}, "'switches' holds 'light'; choose of activation, drawing"),
        ({"held": 1}, "true or false"),
    ],
)
def test_what_cannot_be_shown_is_said(bench: Bench, show: Settings, words: str) -> None:
    with pytest.raises(BpvizError, match=words):
        bench.experiment.show_step(show)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ({"inputs": ["a", "b"]}, "a list of numbers"),
        ({"inputs": [0.1, 0.2, 0.3]}, "2 weights for 3 inputs"),
        ({"reach": 1e9}, "'reach' is 1e\\+09; 0 to 32"),
    ],
)
def test_what_cannot_be_begun_with_is_said(bench: Bench, run: Settings, words: str) -> None:
    with pytest.raises(BpvizError, match=words):
        bench.experiment.begin(run)


def test_with_less_motion_nothing_glides(bench: Bench) -> None:
    bench.now = 5.0
    bench.page.source.set_reduced_motion(True)
    bench.experiment.perform([Action("set-weight", {"index": 1, "value": 4.0})])
    picture = bench.stage.view.picture
    assert picture is not None
    assert picture.neuron.weights[0] == 4.0
