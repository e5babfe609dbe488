"""The loss with the numbers in it, against mathematics written out independently."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bpviz.training.observation import pass_sample
from bpviz.viewmodel.inspection.inspection_loss import inspect_loss
from bpviz.viewmodel.inspection.inspection_output import inspect_output
from bpviz.viewmodel.run.phases import Phase
from tests.viewmodel.inspected import numbers, plain, snapshot_of
from tests.viewmodel.inspection.test_inspection_neuron import RUNS
from tests.viewmodel.plain_network import plain_loss, plain_pass, plain_term


@pytest.mark.parametrize("run", RUNS)
def test_every_term_and_the_whole_are_those_of_plain_mathematics(run: dict[str, str]) -> None:
    shot = snapshot_of(**run)
    _, a = plain_pass(shot, shot.parameters, shot.sample.x)
    shown = inspect_loss(shot, shot.sample)
    for term in shown.terms:
        assert term.a == pytest.approx(a[-1][term.index], abs=1e-5)
        assert term.target == (term.index == shot.sample.label)
        assert term.term == pytest.approx(plain_term(run["loss"], a[-1][term.index], term.target), abs=1e-4)
    assert len(shown.terms) == 10
    assert shown.loss == pytest.approx(sum(term.term for term in shown.terms), rel=1e-5)


@pytest.mark.parametrize("run", RUNS)
def test_the_formula_of_the_loss_comes_out(run: dict[str, str]) -> None:
    shot = snapshot_of(**run)
    formula = inspect_loss(shot, shot.sample).formula
    assert formula is not None
    loss, *rest = numbers(formula)
    match run["loss"]:
        case "cross-entropy":
            expected = -math.log(rest[0])
        case "log":
            expected = rest[0] + rest[1]
        case _:
            expected = 0.5 * rest[0]
    assert loss == pytest.approx(expected, rel=3e-3)
    assert loss == pytest.approx(shot.sample.loss, rel=1e-3)


@pytest.mark.parametrize("run", RUNS)
def test_the_batch_is_every_samples_own_loss(run: dict[str, str]) -> None:
    shot = snapshot_of(**run)
    shown = inspect_loss(shot, shot.sample)
    pairs = zip(shot.batch.forward.x, shot.batch.labels, strict=True)
    exact = [plain_loss(shot, shot.parameters, x, int(label)) for x, label in pairs]
    np.testing.assert_allclose(shown.batch.values, sorted(exact), rtol=1e-3, atol=1e-5)
    mean, one, count, total = numbers(shown.batch_formula)
    assert (one, count) == (1, 10)
    assert mean == pytest.approx(np.mean(exact), rel=1e-3)
    assert total == pytest.approx(sum(exact), rel=1e-3)
    share = float(plain(shown.share_note).split("makes ")[1].split()[0])
    assert shot.sample.loss is not None
    assert share == pytest.approx(100 * shot.sample.loss / sum(exact), abs=0.06)


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("phase", [Phase.LOSS, Phase.BACKWARD])
def test_an_output_shows_its_term_and_its_share(run: dict[str, str], phase: Phase) -> None:
    shot = snapshot_of(**run)
    _, a = plain_pass(shot, shot.parameters, shot.sample.x)
    whole = plain_loss(shot, shot.parameters, shot.sample.x, shot.sample.label or 0)
    for index in range(10):
        shown = inspect_output(shot, shot.sample, index, phase)
        target = float(index == shot.sample.label)
        assert shown.target == target
        term = plain_term(run["loss"], a[-1][index], target)
        assert shown.term == pytest.approx(term, abs=1e-4)
        assert shown.term_formula is not None
        assert numbers(shown.term_formula)[0] == pytest.approx(term, rel=2e-3, abs=2e-4)
        assert float(shown.term_note.split()[0]) == pytest.approx(100 * term / whole, abs=0.1)


def test_terms_of_many_outputs_are_the_largest_and_the_rest_are_counted() -> None:
    shot = snapshot_of(loss="log", output_activation="sigmoid", layers=(784, 12, 10))
    wide = replace(
        shot.sample,
        z=(shot.sample.z[0], np.tile(shot.sample.z[1], 2)),
        a=(shot.sample.a[0], np.tile(shot.sample.a[1], 2)),
        target=None if shot.sample.target is None else np.tile(shot.sample.target, 2),
    )
    shown = inspect_loss(shot, wide)
    assert len(shown.terms) == 10
    assert shown.terms_note == "10 smaller terms not listed"
    assert [term.index for term in shown.terms] == sorted(term.index for term in shown.terms)


def test_without_a_label_there_is_no_loss_but_a_batch() -> None:
    shot = snapshot_of()
    unlabelled = pass_sample(shot.network(), shot.sample.x)
    shown = inspect_loss(shot, unlabelled)
    assert (shown.formula, shown.loss, shown.terms) == (None, None, ())
    assert len(shown.batch.values) == 10
    assert inspect_output(shot, unlabelled, 3).target is None


def test_a_loss_that_is_not_a_number_is_shown_as_such() -> None:
    shot = snapshot_of()
    shot = replace(shot, parameters=np.full_like(shot.parameters, np.nan))
    sample = pass_sample(shot.network(), shot.sample.x, shot.sample.label, shot.sample.index)
    shown = inspect_loss(shot, sample)
    assert shown.formula is not None
    assert "–" in shown.formula.text
    assert shown.share_note == ""
    assert "not a number" in shown.hints[0]
