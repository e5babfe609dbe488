"""The gallery of mistakes: worst first, said in few signs; and one sample with all its outputs."""

from dataclasses import replace

import numpy as np
import pytest

from bpviz.training.predictions import Predictions
from bpviz.viewmodel.run.mistakes import gallery_title, mistake_tiles, ranked_rows, sample_outcome
from bpviz.viewmodel.run.results import DataPart
from tests.viewmodel.result_samples import predictions_of, results_of

PAIRS = [(4, 9), (3, 3), (4, 9), (5, 6), (4, 4)]


def test_mistakes_come_with_the_largest_loss_first() -> None:
    assert ranked_rows(predictions_of(PAIRS)).tolist() == [3, 2, 0]


def test_a_cell_gives_its_own_samples_right_ones_too() -> None:
    assert ranked_rows(predictions_of(PAIRS), (4, 9)).tolist() == [2, 0]
    assert ranked_rows(predictions_of(PAIRS), (3, 3)).tolist() == [1]
    assert ranked_rows(predictions_of(PAIRS), (0, 1)).tolist() == []


def test_a_loss_that_is_no_number_counts_as_largest() -> None:
    predictions = predictions_of(PAIRS)
    losses = predictions.losses.copy()
    losses[0] = np.nan
    broken = Predictions(predictions.labels, predictions.predicted, losses, predictions.outputs)
    assert ranked_rows(broken).tolist() == [0, 3, 2]


def test_a_tile_says_label_answer_and_how_sure() -> None:
    wrong, right = mistake_tiles(results_of(PAIRS), np.array([0, 1]))
    assert (wrong.caption, wrong.share, wrong.is_wrong) == ("4→9", "70\N{NO-BREAK SPACE}%", True)
    assert (right.caption, right.is_wrong) == ("3", False)
    assert wrong.words == "Test sample 0: label 4, read as 9 with 70.0\N{NO-BREAK SPACE}%, loss 1.00"


@pytest.mark.parametrize(
    ("output", "is_probability", "said"),
    [(0.999, True, "> 99"), (0.994, True, "99"), (0.999, False, "1.00"), (float("nan"), True, "–")],
)
def test_certainty_is_never_written(output: float, is_probability: bool, said: str) -> None:
    results = results_of([(4, 9)])
    outputs = results.predictions.outputs.copy()
    outputs[0, 9] = output
    changed = replace(
        results, predictions=replace(results.predictions, outputs=outputs), is_probability=is_probability
    )
    assert mistake_tiles(changed, np.array([0]))[0].share.removesuffix("\N{NO-BREAK SPACE}%") == said


def test_the_title_counts_what_is_chosen() -> None:
    confusion = results_of(PAIRS).confusion
    assert gallery_title(confusion, None, 905) == "905 mistakes"
    assert gallery_title(confusion, None, 1) == "1 mistake"
    assert gallery_title(confusion, None, 0) == "No mistakes"
    assert gallery_title(confusion, (4, 9), 2) == "4 read as 9: 2"
    assert gallery_title(confusion, (4, 8), 0) == "4 read as 8: none"


def test_one_sample_with_all_its_outputs() -> None:
    outcome = sample_outcome(results_of(PAIRS, DataPart.TRAINING), 3)
    assert outcome.title == "Training sample 3"
    assert outcome.verdict == "A 5, read as 6"
    assert outcome.targets == (0, 0, 0, 0, 0, 1, 0, 0, 0, 0)
    assert outcome.outputs[6] == pytest.approx(0.7)
    assert outcome.output_texts[6] == "70.0\N{NO-BREAK SPACE}%"
    assert outcome.loss_text == "4.00"
    assert sample_outcome(results_of([(8, 8)]), 0).verdict == "An 8, read rightly"


def test_a_single_output_is_named_after_the_class_it_speaks_for() -> None:
    results = results_of([(0, 1)], n_classes=2)
    alone = replace(results.predictions, outputs=np.array([[0.8]], np.float32))
    outcome = sample_outcome(replace(results, predictions=alone), 0)
    assert (outcome.names, outcome.targets, outcome.verdict) == (("B",), (0.0,), "An A, read as B")
    assert mistake_tiles(replace(results, predictions=alone), np.array([0]))[0].caption == "A→B"
