"""Loss curves as valleys: balls on one, a real weight's own, the loss as a map, and a race of rules."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer

from bpviz.app.teach.ball_run import BallMark, BallRun
from bpviz.app.teach.experiment import Experiment
from bpviz.app.teach.lesson_settings import flag, number, one_of, whole, words
from bpviz.app.teach.network_run import CONFIG_KEYS
from bpviz.app.teach.race_run import RACE, RaceRun
from bpviz.app.teach.teaching import Teaching
from bpviz.app.teach.valley_hands import ACTS, ValleyHands
from bpviz.app.teach.valley_measures import MEASURES, measure
from bpviz.app.teach.valley_network import CURVE, SURFACE, ValleyMark, ValleyNetwork, ghosts, run_of
from bpviz.app.teach.valley_words import ball_lines, weight_lines
from bpviz.errors import BpvizError, ConfigError
from bpviz.nn.optimizers import OPTIMIZERS
from bpviz.training.messages import QuestionFailed
from bpviz.training.race import Race
from bpviz.ui.teach.ball_plot import BallScene
from bpviz.ui.teach.lesson_stage import LessonStage
from bpviz.ui.teach.valley_stage import PARTS, ValleyStage, ValleyView
from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.lesson import Action, Settings, Vocabulary
from bpviz.viewmodel.network.part_syntax import format_part


@dataclass(frozen=True, slots=True)
class _Mark:
    balls: BallMark
    network: ValleyMark | None
    race: Race | None


class ValleyExperiment(Experiment):
    """A [run] with a `weight` has a network too, in a worker of its own, which ends with it."""

    vocabulary = Vocabulary(
        run=CONFIG_KEYS | {"dataset", "train_samples", "weight", "start", "rate", "rules"},
        show=frozenset({"view", "fog", "slope", "step", "velocity", "controls", "numbers", "choose"}),
        actions={
            "place": frozenset({"w"}),
            "set": frozenset({"rate"}),
            "rules": frozenset({"names"}),
            "roll": frozenset({"steps", "per_second"}),
            "lift": frozenset(),
            "train": frozenset({"iterations", "curves"}),
            "map": frozenset(),
            "race": frozenset({"iterations", "rate", "per_second"}),
        },
        measures=MEASURES,
        parts=PARTS,
        acts=ACTS,
    )

    def __init__(self, teaching: Teaching, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._teaching = teaching
        self._stage = ValleyStage(teaching.source)
        self._balls = BallRun(clock)
        self._network = ValleyNetwork(teaching, self)
        self._race = RaceRun(teaching.session, clock, self)
        self._hands = ValleyHands(self._balls, self._stage, lambda: self._is_performing, self)
        self._run: Settings = {}
        self._look = BallScene(())
        self._offers_rules = False
        self._todo: list[Action] = []
        self._is_performing = False
        self._connect()

    @property
    def stage(self) -> LessonStage:
        return self._stage

    @property
    def valley(self) -> ValleyStage:
        """The same stage, with its parts."""
        return self._stage

    def begin(self, run: Settings) -> None:
        self._run = run
        self._balls.set_rate(number(run, "rate", 0.1))
        self._balls.place(number(run, "start", -2.0))
        self._balls.set_rules(_names(run, "rules", ["sgd"]))
        self._is_performing = True
        if "weight" in run:
            self._network.begin(run)
        self._go_on()

    def show_step(self, show: Settings) -> None:
        view = ValleyView(one_of(show, "view", "ball", tuple(view.value for view in ValleyView)))
        is_ball = view is ValleyView.BALL
        self._look = replace(
            self._look,
            is_covered=flag(show, "fog", False),
            shows_slope=flag(show, "slope", True),
            shows_step=flag(show, "step", True),
            shows_velocity=flag(show, "velocity", False),
        )
        self._offers_rules = flag(show, "choose", False)
        has_numbers = flag(show, "numbers", view in (ValleyView.BALL, ValleyView.WEIGHT))
        self._stage.look(view, has_controls=flag(show, "controls", is_ball), has_numbers=has_numbers)
        self._show()

    def perform(self, actions: Sequence[Action]) -> None:
        self._balls.halt()
        self._todo = list(actions)
        self._is_performing = True
        self._go_on()

    def measure(self, name: str, arguments: tuple[Argument, ...]) -> float:
        return measure(name, arguments, self._balls, self._network, self._race)

    def mark(self) -> object:
        has_network = self._network.weight is not None
        return _Mark(self._balls.mark(), self._network.mark() if has_network else None, self._race.race)

    def restore(self, mark: object) -> None:
        if not isinstance(mark, _Mark):
            return
        self._todo = []
        self._is_performing = True
        self._balls.restore(mark.balls)
        self._race.restore(mark.race)
        if mark.network is None:
            self._go_on()
        else:
            self._network.restore(mark.network)

    def pull(self) -> None:
        self._network.pull()
        if self._balls.pull():
            self._moved()
            if not self._is_performing and self._balls.is_at_rest:
                self._balls.halt()
                self._show()
            elif self._is_performing and not self._balls.is_rolling:
                self._go_on()
        if self._race.pull():
            self._stage.race.show_race(self._race.shown)

    def close(self) -> None:
        self._teaching.session.event_came.disconnect(self._on_event)
        self._race.close()
        self._network.close()

    def _connect(self) -> None:
        self._teaching.session.event_came.connect(self._on_event)
        self._network.settled.connect(self._go_on)
        self._network.failed.connect(self.failed)
        self._network.changed.connect(self._moved)
        self._network.row_done.connect(self._stage.map.show_progress)
        self._race.settled.connect(self._go_on)
        self._hands.moved.connect(self._moved)
        self._hands.acted.connect(self.acted)

    def _go_on(self) -> None:
        """Do the next action, or settle; later, so that no call settles before it has returned."""
        QTimer.singleShot(0, self, self._next)

    def _next(self) -> None:
        if not self._todo:
            self._is_performing = False
            self._show()
            self.values_changed.emit()
            self.settled.emit()
            # Not before: the first steps are about balls, and a lesson is to open at once.
            self._network.wake()
            return
        try:
            if self._do(self._todo.pop(0)):
                self._go_on()
        except BpvizError as error:
            self._fail(str(error))

    def _do(self, action: Action) -> bool:
        """Do it; return whether it is done already."""
        match action.name:
            case "train":
                self._network.train(action.settings)
                return False
            case "map":
                self._network.ask_surface()
                return False
            case "race":
                self._start_race(action.settings)
                return False
        self._do_with_balls(action.name, action.settings)
        self._show()
        return not self._balls.is_rolling

    def _do_with_balls(self, name: str, settings: Settings) -> None:
        balls = self._balls
        match name:
            case "place":
                balls.place(number(settings, "w", -2.0))
            case "set":
                balls.set_rate(number(settings, "rate", balls.rate))
            case "rules":
                balls.set_rules(_names(settings, "names", list(OPTIMIZERS)))
            case "roll":
                balls.roll(whole(settings, "steps", 1), number(settings, "per_second", 0.0))
            case _:
                self._look = replace(self._look, is_covered=False)

    def _start_race(self, settings: Settings) -> None:
        config, dataset = run_of(self._run, self._teaching)
        config = replace(config, learning_rate=number(settings, "rate", config.learning_rate))
        iterations = whole(settings, "iterations", 200)
        self._stage.race.show_end(iterations)
        self._race.run(config, dataset, tuple(OPTIMIZERS), iterations, number(settings, "per_second", 0.0))

    def _show(self) -> None:
        balls = self._balls.states()
        self._look = replace(self._look, balls=balls)
        stage, view = self._stage, self._stage.view
        stage.balls.show_scene(self._look)
        stage.controls.show_rate(self._balls.rate)
        stage.controls.show_rule(balls[0].rule, self._offers_rules)
        stage.controls.show_playing(self._balls.is_rolling and not self._is_performing)
        if view is ValleyView.BALL:
            stage.numbers.show_lines(ball_lines(self._look))
        elif view is ValleyView.WEIGHT:
            self._show_weight()
        elif view is ValleyView.MAP:
            stage.map.show_surface(self._network.surface)
        else:
            stage.race.show_race(self._race.shown)

    def _show_weight(self) -> None:
        curves, part = self._network.curves, self._network.weight
        if curves and part is not None:
            name = format_part(part)
            self._stage.show_weight(ghosts(curves))
            self._stage.numbers.show_lines(weight_lines(curves[-1], name))

    def _moved(self) -> None:
        self._show()
        self.values_changed.emit()

    def _on_event(self, event: object) -> None:
        if isinstance(event, QuestionFailed) and event.question in (CURVE, SURFACE, RACE):
            self._fail(event.sentence)

    def _fail(self, sentence: str) -> None:
        self._todo, self._is_performing = [], False
        self.failed.emit(sentence)


def _names(settings: Settings, key: str, default: list[str]) -> list[str]:
    value = settings.get(key, default)
    if isinstance(value, str):
        return words(settings, key, "").split()
    if not isinstance(value, list):
        raise ConfigError(f"'{key}' is {value!r}; a list of rules is needed")
    return [str(item) for item in value]
