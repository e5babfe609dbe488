"""What a stand does by itself, by a clock that is moved by hand."""

import numpy as np
import pytest

from bpviz.data.pen_strokes import PenStroke
from bpviz.viewmodel.drawing.demo_digits import demo_digits
from bpviz.viewmodel.drawing.kiosk_script import ClearAll, Deed, KioskScript, PenDown, PenMove, PenUp
from tests.viewmodel.kiosk_clock import Clock

STROKES = (
    PenStroke(np.array([[0.2, 0.2], [0.8, 0.2], [0.5, 0.8]], np.float32), 0.06),
    PenStroke(np.array([[0.3, 0.5], [0.7, 0.5]], np.float32), 0.06),
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def script(clock: Clock) -> KioskScript:
    return KioskScript(clock, lambda: STROKES)


def test_a_drawing_nobody_touches_is_cleared_once_after_twenty_seconds(
    clock: Clock, script: KioskScript
) -> None:
    clock.now += 19.9
    assert script.tick(is_empty=False) == []
    clock.now += 0.2
    assert script.tick(is_empty=False) == [ClearAll()]
    assert script.tick(is_empty=False) == []


def test_every_touch_begins_the_pause_anew(clock: Clock, script: KioskScript) -> None:
    for _ in range(5):
        clock.now += 15.0
        assert script.tick(is_empty=False) == []
        assert not script.touch()
    clock.now += 20.1
    assert script.tick(is_empty=False) == [ClearAll()]


def test_the_last_ten_seconds_are_counted_down(clock: Clock, script: KioskScript) -> None:
    clock.now += 9.5
    assert script.seconds_left(is_empty=False) is None
    counted = []
    for _ in range(10):
        clock.now += 1.0
        counted.append(script.seconds_left(is_empty=False))
    assert counted == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    assert script.seconds_left(is_empty=True) is None


@pytest.mark.parametrize(("asked", "kept"), [(30.0, 30.0), (0.0, 3.0), (1e9, 600.0)])
def test_the_pause_can_be_set_within_reason(
    clock: Clock, script: KioskScript, asked: float, kept: float
) -> None:
    script.set_clear_after(asked)
    clock.now += kept - 0.1
    assert script.tick(is_empty=False) == []
    clock.now += 0.2
    assert script.tick(is_empty=False) == [ClearAll()]


def test_on_an_empty_canvas_a_digit_is_drawn_stroke_by_stroke_and_cleared(
    clock: Clock, script: KioskScript
) -> None:
    clock.now += 5.9
    assert script.tick(is_empty=True) == []
    deeds: list[Deed] = []
    for _ in range(400):
        clock.now += 0.033
        deeds += script.tick(is_empty=not deeds)
        if ClearAll() in deeds:
            break
    drawn = [deed for deed in deeds if not isinstance(deed, ClearAll)]
    kinds = [PenDown, PenMove, PenMove, PenUp, PenDown, PenMove, PenUp]
    assert [type(deed) for deed in drawn] == kinds
    places = [(deed.x, deed.y) for deed in drawn if not isinstance(deed, PenUp)]
    np.testing.assert_allclose(places, np.vstack([stroke.points for stroke in STROKES]))
    assert deeds[-1] == ClearAll()
    assert not script.is_demonstrating


def test_the_demonstration_takes_its_time(clock: Clock, script: KioskScript) -> None:
    clock.now += 6.1
    script.tick(is_empty=True)
    clock.now += 0.2
    assert not any(isinstance(deed, PenUp) for deed in script.tick(is_empty=False))


def test_a_touch_ends_the_demonstration_and_says_that_its_ink_is_there(
    clock: Clock, script: KioskScript
) -> None:
    clock.now += 6.1
    script.tick(is_empty=True)
    assert script.is_demonstrating
    assert script.seconds_left(is_empty=False) is None
    assert script.touch()
    assert not script.is_demonstrating
    assert script.tick(is_empty=True) == []


def test_the_demonstrations_are_all_ten_digits_well_on_the_canvas() -> None:
    next_demo = demo_digits(np.random.default_rng(4))
    for _ in range(10):
        points = np.vstack([stroke.points for stroke in next_demo()])
        assert points.min() > 0.15
        assert points.max() < 0.85
        assert np.ptp(points, axis=0).max() == pytest.approx(0.6, abs=1e-3)
