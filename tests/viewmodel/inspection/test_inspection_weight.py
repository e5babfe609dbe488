"""Every number of a weight against mathematics written out independently."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bpviz.training.observation import pass_sample
from bpviz.training.snapshot import Snapshot
from bpviz.viewmodel.inspection.inspection_weight import WeightInspection, WeightPlace, inspect_weight
from bpviz.viewmodel.network.parts import BIAS
from bpviz.viewmodel.run.phases import Phase
from tests.viewmodel.inspected import number, numbers, snapshot_of, untrained
from tests.viewmodel.inspection.test_inspection_neuron import RUNS
from tests.viewmodel.plain_network import place_in, plain_derivative


def inky(shot: Snapshot) -> int:
    return int(shot.sample.x.argmax())


def places(shot: Snapshot) -> list[tuple[int, int, int]]:
    return [(0, inky(shot), 3), (0, BIAS, 3), (1, 2, 5), (1, BIAS, 5), (2, 6, 4), (2, BIAS, 4)]


def inspected(shot: Snapshot, place: tuple[int, int, int], phase: Phase = Phase.BACKWARD) -> WeightInspection:
    return inspect_weight(shot, shot.sample, WeightPlace(*place), phase)


def exact_gradient(shot: Snapshot, place: tuple[int, int, int]) -> float:
    layer, row, column = place
    assert shot.sample.label is not None
    index = place_in(shot, layer, None if row == BIAS else row, column)
    return plain_derivative(shot, shot.sample.x, shot.sample.label, index)


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("which", range(6))
def test_the_chain_gives_the_derivative_of_the_samples_loss(run: dict[str, str], which: int) -> None:
    shot = snapshot_of(**run)
    place = places(shot)[which]
    exact = exact_gradient(shot, place)
    chain = inspected(shot, place).chain
    assert chain is not None
    assert chain.gradient == pytest.approx(exact, rel=1e-3, abs=2e-6)
    assert math.prod(factor.value for factor in chain.factors) == pytest.approx(exact, rel=1e-3, abs=2e-6)


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("which", range(6))
def test_the_shown_factors_multiply_to_the_shown_gradient(run: dict[str, str], which: int) -> None:
    shot = snapshot_of(**run)
    chain = inspected(shot, places(shot)[which]).chain
    assert chain is not None
    gradient, *factors = numbers(chain.formula)
    assert gradient == pytest.approx(math.prod(factors), rel=3e-3, abs=1e-9)
    assert len(factors) == len(chain.factors)


def test_only_an_early_weight_has_paths_and_they_add_up() -> None:
    shot = snapshot_of()
    early, last = (inspected(shot, place).chain for place in ((0, inky(shot), 3), (2, 6, 4)))
    assert early is not None
    assert last is not None
    assert last.paths is None
    assert last.vectors is None
    assert early.paths is not None
    assert early.paths.n_terms == 8
    assert early.paths.total == pytest.approx(early.factors[-1].value, rel=1e-9)


def test_the_vectors_are_the_layers_own() -> None:
    shot = snapshot_of()
    chain = inspected(shot, (1, 2, 5)).chain
    assert chain is not None
    assert chain.vectors is not None
    assert shot.sample.delta is not None
    assert shot.sample.label is not None
    for row in chain.vectors.rows[1:]:
        label, delta, _, back, _, slope = (getattr(cell, "text", "") for cell in row)
        if not label:
            continue
        index = place_in(shot, 1, None, int(label))
        exact = plain_derivative(shot, shot.sample.x, shot.sample.label, index)
        assert number(delta) == pytest.approx(exact, rel=2e-2, abs=2e-5)
        assert number(delta) == pytest.approx(number(back) * number(slope), rel=2e-2, abs=2e-5)
    assert [getattr(row[0], "text", "⋮") for row in chain.vectors.rows[1:]] == ["0", "1", "⋮", "5", "⋮", "7"]


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("which", range(6))
def test_every_sample_of_the_batch_has_its_own_gradient(run: dict[str, str], which: int) -> None:
    shot = snapshot_of(**run)
    place = places(shot)[which]
    index = place_in(shot, place[0], None if place[1] == BIAS else place[1], place[2])
    batch = inspected(shot, place).batch
    exact = [
        plain_derivative(shot, x, int(label), index)
        for x, label in zip(shot.batch.forward.x, shot.batch.labels, strict=True)
    ]
    np.testing.assert_allclose(batch.values, sorted(exact), rtol=1e-3, atol=1e-5)
    assert batch.mean == pytest.approx(np.mean(exact), rel=1e-3, abs=2e-6)
    assert batch.marked is not None
    assert batch.rows[batch.marked] == shot.sample.index
    assert sorted(batch.rows) == sorted(shot.batch.indices)
    assert batch.values[batch.marked] == pytest.approx(exact_gradient(shot, place), rel=1e-3, abs=1e-5)


def test_the_batch_gradient_is_the_engines() -> None:
    shot = snapshot_of()
    shown = inspected(shot, (1, 2, 5))
    assert shown.batch.mean == pytest.approx(float(shot.batch.grad_W(1)[2, 5]), rel=1e-4)
    assert numbers(shown.batch_formula) == pytest.approx([shown.batch.mean], rel=1e-3)


def test_a_sample_from_elsewhere_is_not_marked() -> None:
    shot = snapshot_of()
    shown = inspect_weight(shot, replace(shot.sample, index=None), WeightPlace(1, 2, 5))
    assert shown.batch.marked is None


def test_a_batch_of_one_is_its_sample() -> None:
    shot = snapshot_of(batch_size=1)
    shown = inspected(shot, (2, 6, 4))
    assert shown.chain is not None
    assert shown.batch.values.tolist() == pytest.approx([shown.chain.gradient], rel=1e-5)
    assert "batch of one" in shown.scaling


def test_a_black_pixel_has_no_say() -> None:
    shot = snapshot_of()
    black = int(np.flatnonzero(shot.sample.x == 0.0)[0])
    shown = inspected(shot, (0, black, 3))
    assert shown.chain is not None
    assert shown.chain.gradient == 0.0
    assert "pixel is black" in shown.hints[0]


def test_without_a_label_there_is_no_chain_but_a_batch() -> None:
    shot = snapshot_of()
    unlabelled = pass_sample(shot.network(), shot.sample.x)
    shown = inspect_weight(shot, unlabelled, WeightPlace(1, 2, 5))
    assert shown.chain is None
    assert len(shown.batch.values) == 10
    assert "no label" in shown.hints[0]


def test_an_untrained_network_has_gradients_and_no_step() -> None:
    shown = inspected(untrained(), (1, 2, 5))
    assert shown.chain is not None
    assert shown.step.formulas == ()
    assert shown.step.before == shown.step.after
    assert "still to come" in shown.step.note


def test_weights_that_are_not_numbers_are_shown_as_such() -> None:
    shot = snapshot_of()
    shot = replace(shot, parameters=np.full_like(shot.parameters, np.nan))
    sample = pass_sample(shot.network(), shot.sample.x, shot.sample.label, shot.sample.index)
    shown = inspect_weight(shot, sample, WeightPlace(0, inky(shot), 3))
    assert np.isnan(shown.value)
    assert shown.chain is not None
    assert "–" in shown.chain.formula.text
    assert "diverged" in " ".join(shown.hints)


def test_rows_of_the_vectors_keep_their_sign_and_digits_however_small_they_are() -> None:
    shot = snapshot_of()
    assert shot.sample.delta is not None
    delta = [layer.copy() for layer in shot.sample.delta]
    delta[1][0] = -3.14e-7
    shot = replace(shot, sample=replace(shot.sample, delta=tuple(delta)))
    chain = inspect_weight(shot, shot.sample, WeightPlace(1, 2, 5)).chain
    assert chain is not None
    assert chain.vectors is not None
    assert getattr(chain.vectors.rows[1][1], "text", "") == "−3.140e−7"
