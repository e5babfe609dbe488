from itertools import pairwise

import numpy as np

from bpviz.viewmodel.drawing.class_prompt import PromptOrder, PromptSequence


def sequence(seed: int = 0) -> PromptSequence:
    return PromptSequence(np.random.default_rng(seed))


def test_mixed_asks_for_all_ten_equally_often_and_never_twice_in_a_row() -> None:
    prompts, counts, asked = sequence(), [0] * 10, []
    for _ in range(200):
        counts[prompts.digit] += 1
        asked.append(prompts.digit)
        prompts.advance(counts)
        assert max(counts) - min(counts) <= 2
    assert all(first != second for first, second in pairwise(asked))
    assert asked[:10] != sorted(asked[:10])


def test_mixed_makes_up_for_what_is_rare() -> None:
    prompts = sequence()
    counts = [9] * 10
    for digit in (4, 7):
        prompts.choose(0)
        counts[digit] = 2
        assert prompts.advance(counts) == digit
        counts[digit] = 9


def test_in_turn_goes_from_nine_to_nought() -> None:
    prompts = sequence()
    prompts.order = PromptOrder.IN_TURN
    prompts.choose(8)
    assert [prompts.advance([0] * 10) for _ in range(3)] == [9, 0, 1]


def test_the_same_again_stays_until_it_is_skipped() -> None:
    prompts = sequence()
    prompts.order = PromptOrder.SAME
    prompts.choose(3)
    assert [prompts.advance([0] * 10) for _ in range(3)] == [3, 3, 3]
    assert prompts.skip([0] * 10) == 4
