"""What the charts say: true numbers, stated scales, no epoch before one is done."""

import math

import pytest

from bpviz.viewmodel.run.chart_content import ChartContent, chart_content
from bpviz.viewmodel.run.chart_lines import CurveKind, Quantity
from bpviz.viewmodel.run.curves import RunCurves
from tests.viewmodel.measured_rows import rows, trial


def run(losses: list[float], depth: int = 2, per_epoch: int = 100, accuracy: float = 0.9) -> RunCurves:
    curves = RunCurves(per_epoch, depth)
    curves.add(rows(1, losses, accuracy, depth))
    return curves


def content(quantity: Quantity, curves: RunCurves, is_plain: bool = False) -> ChartContent:
    return chart_content(quantity, curves, n_columns=200, most_ticks=5, is_plain=is_plain)


def test_legend_says_the_newest_values() -> None:
    curves = run([2.0] * 100 + [0.25] * 300)
    curves.add_test(trial(400, 0.3))
    train, test = content(Quantity.LOSS, curves).curves
    assert (train.name, train.value_text) == ("train", "0.250")
    assert (test.name, test.value_text) == ("test", "0.300")
    assert [curve.value_text for curve in content(Quantity.ACCURACY, curves).curves] == [
        "90.0\N{NO-BREAK SPACE}%",
        "90.0\N{NO-BREAK SPACE}%",
    ]


def test_note_states_scale_and_smoothing() -> None:
    curves = run([0.5] * 200)
    assert content(Quantity.LOSS, curves).note == "log, mean of 60"
    assert content(Quantity.LOSS, curves, is_plain=True).note == "linear, mean of 60"
    assert content(Quantity.ACCURACY, curves).note == "from 90 %, mean of 60"
    assert content(Quantity.ACCURACY, curves, is_plain=True).note == "from 0 %, mean of 60"


def test_accuracy_is_drawn_in_per_cent() -> None:
    train = content(Quantity.ACCURACY, run([0.5] * 200)).curves[0]
    assert train.line.value[-1] == pytest.approx(90.0)
    assert train.raw is not None
    assert train.raw.high.max() == pytest.approx(90.0)


def test_a_spike_is_within_the_axis() -> None:
    for is_plain in (False, True):
        shown = content(Quantity.LOSS, run([0.5] * 300 + [40.0] + [0.5] * 300), is_plain)
        assert shown.values.high >= 40.0
        raw = shown.curves[0].raw
        assert raw is not None
        assert raw.high.max() == 40.0


def test_one_lucky_batch_does_not_stretch_the_axis() -> None:
    shown = content(Quantity.LOSS, run([0.5] * 300 + [1e-9] + [0.5] * 300))
    assert shown.values.low > 0.05


def test_a_run_of_zeros_or_of_no_numbers_still_has_axes() -> None:
    for value in (0.0, math.nan, math.inf):
        for quantity in Quantity:
            shown = content(quantity, run([value] * 50))
            assert 0.0 <= shown.values.low < shown.values.high


def test_before_the_first_iteration_each_chart_says_what_will_appear() -> None:
    texts = {content(quantity, RunCurves()).empty_text for quantity in Quantity}
    assert len(texts) == 3
    assert "" not in texts
    assert content(Quantity.LOSS, run([1.0])).empty_text == ""


def test_test_line_is_the_subsets_and_whole_trials_are_points() -> None:
    curves = run([0.5] * 400)
    for iteration in (50, 150, 250):
        curves.add_test(trial(iteration, 0.4, is_whole=False))
    curves.add_test(trial(100, 0.6))
    test = content(Quantity.LOSS, curves).curves[1]
    assert list(test.line.value) == [0.4] * 3
    assert test.points is not None
    assert list(test.points.iteration) == [100]


def test_newest_trial_is_said_whichever_kind_it_is() -> None:
    curves = run([0.5] * 400)
    curves.add_test(trial(50, 0.4, is_whole=False))
    curves.add_test(trial(100, 0.6))
    assert content(Quantity.LOSS, curves).curves[1].value_text == "0.600"


def test_untrained_networks_trial_is_marked_as_old() -> None:
    curves = RunCurves(100, 2)
    curves.add_test(trial(0, 2.3))
    curves.add(rows(1, [1.0] * 20, depth=2))
    assert content(Quantity.LOSS, curves).curves[1].name == "test at 0"
    curves.add_test(trial(10, 1.3))
    assert content(Quantity.LOSS, curves).curves[1].name == "test"


def test_each_layer_has_its_curve_name_and_shade() -> None:
    shown = content(Quantity.GRADIENT_NORM, run([0.5] * 100, depth=2)).curves
    assert [curve.name for curve in shown] == ["layer 1", "layer 2"]
    assert [curve.value_text for curve in shown] == ["0.50", "1.0"]
    assert [curve.shade for curve in shown] == [0.0, 1.0]
    assert all(curve.kind is CurveKind.GRADIENT_NORM for curve in shown)


def test_eleven_layers_have_eleven_shades_and_short_names() -> None:
    shown = content(Quantity.GRADIENT_NORM, run([0.5] * 100, depth=11)).curves
    assert [curve.name for curve in shown] == [str(layer) for layer in range(1, 12)]
    assert len({curve.shade for curve in shown}) == 11
    assert all(curve.raw is None for curve in shown)
