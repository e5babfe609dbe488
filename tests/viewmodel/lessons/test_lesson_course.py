"""Curves on samples trained on and never seen, with the gap between them."""

import pytest

from bpviz.viewmodel.lessons.lesson_course import Trial, course_content

RUN = (Trial(0, 2.0, 2.0, 0.1, 0.1), Trial(50, 0.5, 1.5, 0.9, 0.6))


def test_the_gap_lies_between_the_newest_values() -> None:
    content = course_content(RUN, (), is_loss=True)
    assert content.gap_text == "1.00"
    assert content.gap == pytest.approx((0.25, 0.75))
    assert [line.text for line in content.lines] == ["0.50", "1.50"]


def test_accuracies_stand_on_a_scale_of_a_hundred_per_cent() -> None:
    content = course_content(RUN, (), is_loss=False)
    assert content.gap_text == "30 points"
    assert content.gap == pytest.approx((0.6, 0.9))
    assert content.y_ticks[-1].text == "100\u00a0%"
    assert content.lines[0].tone == "secondary"


def test_before_training_there_is_no_gap() -> None:
    assert course_content(RUN[:1], (), is_loss=True).gap is None
    assert course_content((), (), is_loss=True).gap is None


def test_the_axis_waits_for_what_is_to_come() -> None:
    content = course_content(RUN, (), is_loss=True, until=200)
    assert content.lines[0].x.tolist() == [0.0, 0.25]
    assert content.x_ticks[-1].text == "200"


def test_a_run_compared_with_shows_what_it_did_on_samples_never_seen() -> None:
    earlier = (Trial(0, 2.0, 2.0, 0.1, 0.1), Trial(100, 0.1, 4.0, 1.0, 0.5))
    content = course_content(RUN, earlier, is_loss=True)
    assert len(content.lines) == 3
    assert content.lines[2].y[-1] == pytest.approx(1.0)
    assert content.lines[0].x[-1] == 0.5


def test_a_loss_that_is_no_number_does_not_stretch_the_scale() -> None:
    broken = (*RUN, Trial(60, float("inf"), float("nan"), 0.1, 0.1))
    assert course_content(broken, (), is_loss=True).y_ticks[-1].value == pytest.approx(1.0)
