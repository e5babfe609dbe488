"""Drawing, step by step: from the pen's point to the answer, and what is computed beside it."""

import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import TypeVar

import numpy as np

from bpviz.app.application import new_application
from bpviz.app.bench.drawing_figures import DrawingEffort, DrawingFigures, Timing
from bpviz.app.bench.stroke_bench import stroke_latencies_ms
from bpviz.data.canvas_drawings import canvas_drawings
from bpviz.data.digit_image import prepare_ink
from bpviz.data.drawing_check import doubt_about
from bpviz.data.samples import Dataset
from bpviz.nn.network import Network
from bpviz.training.blas_threads import blas_threads_limited
from bpviz.training.predictions import predict
from bpviz.training.snapshot import SamplePass
from bpviz.ui.draw.saliency_legend import INK_COLORS
from bpviz.viewmodel.drawing.answer import classify_drawing
from bpviz.viewmodel.drawing.ink_saliency import InkSaliency, drawing_saliency
from bpviz.viewmodel.drawing.occlusion import occlusion_saliency
from bpviz.viewmodel.run.confusion import confusion_of

N_DIGITS = 10_000
"""Digits of a confusion matrix."""
_SEED = 0

Item = TypeVar("Item")
Saliency = Callable[[Network, SamplePass, int], InkSaliency | None]


def measure_drawing(
    network: Network, dataset: Dataset, n_threads: int, effort: DrawingEffort
) -> DrawingFigures:
    """Return what drawing costs on this machine, read by `network`, which takes 28 x 28 pixels."""
    app = new_application()
    with blas_threads_limited(n_threads):
        idle, training = stroke_latencies_ms(app, dataset, n_threads, effort.stroke_points)
        timings = (
            _timing("stroke point to values, idle", 4.0, idle.from_event),
            _timing("idle, with waiting for a frame", 4.0, idle.from_pen),
            _timing("stroke point to values, training", 10.0, training.from_event),
            _timing("training, with waiting for a frame", 10.0, training.from_pen),
            *_measure_reading(network, effort.drawings),
            _measure_confusion(network, dataset, effort.matrices),
        )
    return DrawingFigures(network.architecture.layers, timings)


def _measure_reading(network: Network, count: int) -> tuple[Timing, ...]:
    drawings = canvas_drawings(count, np.random.default_rng(_SEED))
    inks = [drawings.ink(index) for index in range(count)]
    prepared = [prepare_ink(ink) for ink in inks]
    samples = [classify_drawing(network, digit) for digit in prepared]
    checks = list(zip(prepared, drawings.strokes, strict=True))
    return (
        _timing("recipe to 28 × 28", 1.0, _each_ms(prepare_ink, inks)),
        _timing("doubt", 0.3, _each_ms(lambda check: doubt_about(*check), checks)),
        _timing("forward pass", 1.0, _each_ms(lambda digit: classify_drawing(network, digit), prepared)),
        _timing("saliency, gradient × input", 16.0, _each_ms(_tint(network, drawing_saliency), samples)),
        _timing("saliency, occlusion", 16.0, _each_ms(_tint(network, occlusion_saliency), samples)),
    )


def _tint(network: Network, saliency: Saliency) -> Callable[[SamplePass], object]:
    """Return what makes the coloured picture of a drawing from scratch."""

    def paint(sample: SamplePass) -> object:
        found = saliency(network, sample, sample.predicted)
        return None if found is None else found.picture(INK_COLORS)

    return paint


def _measure_confusion(network: Network, dataset: Dataset, count: int) -> Timing:
    samples = dataset.test if len(dataset.test) >= N_DIGITS else dataset.train
    samples = samples.at(np.resize(np.arange(len(samples)), N_DIGITS))
    times = _each_ms(lambda _: confusion_of(predict(network, samples)), range(count))
    return _timing(f"confusion matrix of {N_DIGITS:,}", 200.0, times)


def _each_ms(work: Callable[[Item], object], items: Sequence[Item]) -> list[float]:
    """Return how long each of the items takes, once a few have warmed things up."""
    times = []
    for item in (*islice(cycle(items), 3), *items):
        begun = time.perf_counter()
        work(item)
        times.append((time.perf_counter() - begun) * 1e3)
    return times[3:]


def _timing(what: str, most_ms: float, times_ms: Sequence[float]) -> Timing:
    median, p99 = (float(value) for value in np.percentile(times_ms, (50, 99)))
    return Timing(what, most_ms, median, p99)
