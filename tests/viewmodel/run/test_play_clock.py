from itertools import pairwise

import pytest

from bpviz.nn.network import Architecture
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.play_clock import (
    FULL_SPEED,
    PlayClock,
    Speed,
    SpeedUnit,
    played_level,
    seconds_at,
    speed_at,
    step_of,
)
from bpviz.viewmodel.run.steps import Position, StepLevel, first_position, is_boundary, next_position

NET = Architecture((784, 30, 10))
TWO_A_SECOND = Speed(SpeedUnit.NEURONS, 2)
LAYER_400 = Speed(SpeedUnit.LAYERS, 400)


class Clock:
    def __init__(self) -> None:
        self.now = 5.0

    def __call__(self) -> float:
        return self.now


def iteration_s(speed: Speed) -> float:
    """Return how long one iteration of 784-30-10 takes."""
    if speed.unit is SpeedUnit.FULL:
        return 0.0
    if speed.unit is SpeedUnit.ITERATIONS:
        return 1.0 / speed.value
    level = played_level(speed, StepLevel.PHASE)
    place: Position | None = first_position(level, NET)
    total = 0.0
    while place is not None:
        total += seconds_at(place, speed, StepLevel.PHASE, NET)
        place = next_position(place, level, NET)
    return total


def test_the_scale_runs_from_a_neuron_a_second_over_layers_to_flat_out() -> None:
    texts = [speed_at(step).text for step in range(101)]
    assert texts[0] == "1 neuron/s"
    assert texts[-1] == "Full"
    assert {"2 neurons/s", "400 ms a layer", "1 s a layer", "2 it/s"} <= set(texts)
    assert texts[99] == "1\N{NARROW NO-BREAK SPACE}000 it/s"
    assert [speed_at(step).is_slow for step in (0, 59, 60, 100)] == [True, True, False, False]


def test_a_later_slider_position_is_never_slower() -> None:
    durations = [iteration_s(speed_at(step)) for step in range(101)]
    assert all(later <= sooner for sooner, later in pairwise(durations) if sooner > 0)


@pytest.mark.parametrize("step", [0, 7, 33, 34, 48, 59, 60, 75, 99, 100])
def test_a_speed_is_found_again_on_the_slider(step: int) -> None:
    assert speed_at(step_of(speed_at(step))) == speed_at(step)
    assert step_of(speed_at(step)) <= step


def test_only_fast_speeds_ask_the_trainer_for_a_pace() -> None:
    assert TWO_A_SECOND.iterations_per_s is None
    assert FULL_SPEED.iterations_per_s is None
    assert Speed(SpeedUnit.ITERATIONS, 30.0).iterations_per_s == 30.0


@pytest.mark.parametrize(
    ("speed", "level", "played"),
    [
        (TWO_A_SECOND, StepLevel.PHASE, StepLevel.NEURON),
        (LAYER_400, StepLevel.PHASE, StepLevel.LAYER),
        (LAYER_400, StepLevel.NEURON, StepLevel.NEURON),
        (LAYER_400, StepLevel.ITERATION, StepLevel.LAYER),
        (FULL_SPEED, StepLevel.NEURON, StepLevel.ITERATION),
    ],
)
def test_a_phase_is_played_layer_by_layer(speed: Speed, level: StepLevel, played: StepLevel) -> None:
    assert played_level(speed, level) is played


def test_two_neurons_a_second_take_half_a_second_each() -> None:
    clock = Clock()
    play = PlayClock(clock)
    start = Position(Phase.FORWARD, 0, 0)
    play.start(TWO_A_SECOND, StepLevel.NEURON, start, NET)
    clock.now += 0.49
    assert not play.is_due()
    clock.now += 0.02
    assert play.is_due()
    play.moved_to(Position(Phase.FORWARD, 0, 1), NET)
    assert play.seconds_to_next() == pytest.approx(0.49)


def test_a_layer_takes_its_time_whether_whole_or_neuron_by_neuron() -> None:
    whole = seconds_at(Position(Phase.FORWARD, 0), LAYER_400, StepLevel.LAYER, NET)
    single = seconds_at(Position(Phase.FORWARD, 0, 3), LAYER_400, StepLevel.NEURON, NET)
    assert whole == pytest.approx(0.4)
    assert 30 * single == pytest.approx(0.4)


def test_frames_that_come_late_do_not_slow_the_play_down() -> None:
    clock = Clock()
    play = PlayClock(clock)
    place: Position | None = Position(Phase.FORWARD, 0, 0)
    assert place is not None
    play.start(Speed(SpeedUnit.NEURONS, 10), StepLevel.NEURON, place, NET)
    steps = 0
    for _ in range(60):
        clock.now += 1 / 60
        while play.is_due() and place is not None:
            place = next_position(place, StepLevel.NEURON, NET)
            assert place is not None
            play.moved_to(place, NET)
            steps += 1
    assert steps in (9, 10)


def test_after_a_long_pause_one_step_is_due_not_a_hundred() -> None:
    clock = Clock()
    play = PlayClock(clock)
    play.start(TWO_A_SECOND, StepLevel.NEURON, Position(Phase.FORWARD, 0, 0), NET)
    clock.now += 60.0
    assert play.is_due()
    play.moved_to(Position(Phase.FORWARD, 0, 1), NET)
    assert not play.is_due()


def test_a_stopped_clock_is_never_due() -> None:
    clock = Clock()
    play = PlayClock(clock)
    play.start(TWO_A_SECOND, StepLevel.NEURON, Position(Phase.LOSS), NET)
    play.stop()
    clock.now += 10.0
    assert not play.is_due()
    assert play.seconds_to_next() is None
    assert not play.is_playing


def test_a_played_phase_stops_at_its_boundary() -> None:
    clock = Clock()
    play = PlayClock(clock)
    place: Position | None = Position(Phase.FORWARD, 0)
    assert place is not None
    play.start(LAYER_400, StepLevel.PHASE, place, NET)
    seen = [place]
    while not is_boundary(seen[-1], StepLevel.PHASE, NET):
        clock.now += 0.4
        assert play.is_due()
        place = next_position(seen[-1], play.level, NET)
        assert place is not None
        seen.append(place)
        play.moved_to(place, NET)
    assert seen == [Position(Phase.FORWARD, 0), Position(Phase.FORWARD, 1)]
