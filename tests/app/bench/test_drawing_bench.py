"""The figures of drawing: everything is timed, and only points of strokes count as points."""

import numpy as np
from PySide6.QtWidgets import QApplication

from bpviz.app.bench.drawing_bench import measure_drawing
from bpviz.app.bench.drawing_figures import DrawingEffort
from bpviz.app.bench.stroke_bench import stroke_latencies_ms
from bpviz.app.rendering import drawn
from bpviz.data.sources import load_dataset
from bpviz.nn.network import Architecture, Network


def small_network() -> Network:
    architecture = Architecture((784, 8, 10), "sigmoid")
    rng = np.random.default_rng(1)
    return Network(architecture, rng.normal(0, 0.3, architecture.n_parameters).astype(np.float32))


def test_everything_a_drawing_costs_is_timed() -> None:
    figures = measure_drawing(small_network(), load_dataset("strokes"), 1, DrawingEffort(30, 3, 1))
    assert figures.layers == (784, 8, 10)
    assert len({timing.what for timing in figures.timings}) == 10
    assert all(0.0 < timing.ms_median <= timing.ms_p99 for timing in figures.timings)


def test_clearing_the_canvas_is_no_point_of_a_stroke(qapp: QApplication) -> None:
    n_points = [len(stroke.points) for stroke in drawn(0)]
    # Each stroke is lifted, and the digit cleared away: neither gives other ink to read.
    n_events = sum(n_points) + len(n_points) + 1
    idle, training = stroke_latencies_ms(qapp, load_dataset("strokes"), 1, n_events)
    assert len(idle.from_pen) <= sum(n_points)
    assert len(idle.from_pen) == len(training.from_pen) == len(idle.from_event)
    assert len(idle.from_pen) > 0.9 * sum(n_points)
    assert all(0.0 < event <= pen for event, pen in zip(idle.from_event, idle.from_pen, strict=True))


def test_a_measurement_that_ends_within_a_stroke_counts_no_later_points(qapp: QApplication) -> None:
    idle, training = stroke_latencies_ms(qapp, load_dataset("strokes"), 1, 6)
    assert max(len(idle.from_pen), len(training.from_pen)) <= 6
