"""Iterations a second, measured with a clock of our own."""

import pytest

from bpviz.viewmodel.run.rate_meter import READ_EVERY_S, RateMeter, rate_text


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def meter(clock: Clock) -> RateMeter:
    return RateMeter(clock)


def run(meter: RateMeter, clock: Clock, frames: int, start: int = 0, per_frame: int = 10) -> int:
    """Add frames 1/50 s apart, each so many iterations on; return the last iteration."""
    for frame in range(frames):
        meter.add(start + frame * per_frame)
        clock.now += 0.02
    return start + (frames - 1) * per_frame


def test_says_nothing_until_a_tenth_of_a_second_was_seen(meter: RateMeter, clock: Clock) -> None:
    assert meter.per_s is None
    run(meter, clock, 5)
    assert meter.per_s is None
    run(meter, clock, 2, start=50)
    assert meter.per_s == pytest.approx(500.0)


def test_follows_a_change_of_speed_within_a_second(meter: RateMeter, clock: Clock) -> None:
    last = run(meter, clock, 200)
    run(meter, clock, 80, start=last, per_frame=100)
    assert meter.per_s == pytest.approx(5000.0)


def test_holds_the_number_for_a_quarter_of_a_second(meter: RateMeter, clock: Clock) -> None:
    last = run(meter, clock, 100)
    seen = set()
    for frame in range(50):
        meter.add(last + frame * (10 + frame))
        seen.add(meter.per_s)
        clock.now += 0.02
    assert len(seen) <= 1.0 / READ_EVERY_S + 1


def test_slow_runs_are_measured_over_two_snapshots(meter: RateMeter, clock: Clock) -> None:
    for iteration in range(4):
        meter.add(iteration)
        clock.now += 2.0
    assert meter.per_s == pytest.approx(0.5)


def test_reset_forgets(meter: RateMeter, clock: Clock) -> None:
    run(meter, clock, 100)
    meter.reset()
    assert meter.per_s is None


def test_a_new_run_never_gives_a_negative_rate(meter: RateMeter, clock: Clock) -> None:
    run(meter, clock, 100)
    clock.now += 1.0
    meter.add(3)
    assert meter.per_s is None
    run(meter, clock, 20, start=3)
    assert meter.per_s == pytest.approx(500.0, rel=0.5)


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (0.0, "0 iterations/s"),
        (1.02, "1 iteration/s"),
        (1.5, "1.5 iterations/s"),
        (3375.4, "3\u202f375 iterations/s"),
    ],
)
def test_rate_is_said_in_full(rate: float, text: str) -> None:
    assert rate_text(rate) == text
