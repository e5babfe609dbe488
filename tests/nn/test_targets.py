import numpy as np
import pytest

from bpviz.nn.targets import answered_classes, class_targets, n_classes_of


def test_targets_of_several_outputs_are_one_hot() -> None:
    assert class_targets(np.array([2, 0], np.uint8), 3).tolist() == [[0, 0, 1], [1, 0, 0]]


def test_the_target_of_a_single_output_is_the_class_itself() -> None:
    targets = class_targets(np.array([1, 0], np.uint8), 1, np.float64)
    assert targets.tolist() == [[1.0], [0.0]]
    assert targets.dtype == np.float64


@pytest.mark.parametrize(("share", "answer"), [(0.2, 0), (0.5, 0), (0.51, 1)])
def test_a_single_output_answers_the_second_class_above_one_half(share: float, answer: int) -> None:
    assert answered_classes(np.array([[share]])).tolist() == [answer]


def test_several_outputs_answer_the_class_of_the_largest() -> None:
    assert answered_classes(np.array([[0.1, 0.7, 0.2], [0.4, 0.1, 0.3]])).tolist() == [1, 0]


def test_one_output_tells_two_classes_apart() -> None:
    assert (n_classes_of(1), n_classes_of(2), n_classes_of(10)) == (2, 2, 10)
