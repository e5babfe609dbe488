"""`bpviz bench`: measures speed on this machine, ours beside the limit and other libraries."""

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict

from bpviz.app.bench.drawing_figures import QUICK_DRAWING, DrawingEffort, DrawingFigures, Timing
from bpviz.app.bench.engine_bench import (
    QUICK,
    Effort,
    EngineFigures,
    EngineRow,
    bench_dataset,
    measure_engine,
)
from bpviz.app.bench.window_figures import (
    QUICK_WINDOW,
    FrameCase,
    LiveCase,
    StepCase,
    WindowEffort,
    WindowFigures,
)
from bpviz.app.cli.commands import COMMANDS, CommandParser
from bpviz.app.cli.options import add_json_option, add_threads_option, load_network
from bpviz.app.cli.output import ProgressBar, print_json, print_table
from bpviz.app.cli.render import PLATFORM_VARIABLE
from bpviz.training.blas_threads import chosen_threads

DESCRIPTION = f"""{COMMANDS["bench"].capitalize()}: training samples a second of bpviz, of the matrix
products alone (the limit), and of PyTorch and scikit-learn where they are installed, taking
turns; medians. Then the window while it trains and plays, and what drawing a digit costs."""

PARTS = ("engine", "window", "drawing")


def run(argv: Sequence[str]) -> int:
    """Measure and print; return the exit status."""
    args = _parser().parse_args(argv)
    n_threads = chosen_threads(args.threads)
    report: dict[str, object] = {}
    parts = PARTS if args.part is None else (args.part,)
    if "engine" in parts:
        engine = _measure_engine(n_threads, args.quick)
        report["engine"] = asdict(engine)
        if not args.json:
            _print_engine(engine)
    if "window" in parts:
        window = _measure_window(n_threads, args.quick)
        report["window"] = asdict(window)
        if not args.json:
            _print_window(window)
    if "drawing" in parts:
        drawing = _measure_drawing(n_threads, args.quick)
        report["drawing"] = asdict(drawing)
        if not args.json:
            _print_drawing(drawing)
    if args.json:
        print_json(report)
    return 0


def _measure_engine(n_threads: int, is_quick: bool) -> EngineFigures:
    with closing(ProgressBar("engine")) as bar:
        effort = QUICK if is_quick else Effort()
        return measure_engine(n_threads, effort, lambda done, total: bar.show(done / total))


def _measure_window(n_threads: int, is_quick: bool) -> WindowFigures:
    # Before Qt is loaded: the figures are for the window drawn in memory, so that no display is needed.
    os.environ.setdefault(PLATFORM_VARIABLE, "offscreen")
    from bpviz.app.bench.window_bench import measure_window

    return measure_window(bench_dataset(), n_threads, QUICK_WINDOW if is_quick else WindowEffort())


def _measure_drawing(n_threads: int, is_quick: bool) -> DrawingFigures:
    os.environ.setdefault(PLATFORM_VARIABLE, "offscreen")
    from bpviz.app.bench.drawing_bench import measure_drawing

    network, _ = load_network(None)
    return measure_drawing(
        network, bench_dataset(), n_threads, QUICK_DRAWING if is_quick else DrawingEffort()
    )


def _parser() -> CommandParser:
    parser = CommandParser("bench", DESCRIPTION)
    parser.add_argument("--part", choices=PARTS, help="measure only this part (default: all)")
    parser.add_argument("--quick", action="store_true", help="measure briefly; the figures are rough")
    add_threads_option(parser)
    add_json_option(parser)
    return parser


def _print_engine(figures: EngineFigures) -> None:
    libraries = ", ".join(f"{name} {version}" for name, version in figures.versions.items())
    print(f"{figures.n_cores} cores, {figures.n_threads} BLAS thread(s), {figures.dataset}, {libraries}")
    print("training samples a second; in brackets how many times as fast bpviz is\n")
    print_table(_engine_rows(figures.rows))


def _print_window(figures: WindowFigures) -> None:
    print("\nwindow at 1280×800: iterations a second without and with it, and times between frames\n")
    print_table(_window_rows(figures.cases))
    print("\nframes, running fast and playing layer by layer\n")
    print_table(_frame_rows(figures.frames))
    print("\na step, from the key to the painted window\n")
    print_table(_step_rows(figures.steps))
    print(f"\nstart to first painted frame: {figures.start_ms:.0f} ms")
    if figures.memory_mb is not None:
        print(f"memory after it: {figures.memory_mb:.0f} MB")


def _print_drawing(figures: DrawingFigures) -> None:
    print(f"\ndrawing a digit, read by {_name(figures.layers)}\n")
    print_table(_drawing_rows(figures.timings))


def _drawing_rows(timings: Sequence[Timing]) -> Iterable[list[str]]:
    yield ["what", "median", "p99", "at most"]
    for timing in timings:
        times = (timing.ms_median, timing.ms_p99)
        yield [timing.what, *(f"{ms:.2f} ms" for ms in times), f"{timing.most_ms:g} ms"]


def _frame_rows(cases: Sequence[FrameCase]) -> Iterable[list[str]]:
    yield ["network", "how", "median", "p99", "cost"]
    for case in cases:
        times = (case.interval_ms_median, case.interval_ms_p99, case.cost_ms)
        yield [_name(case.layers), case.how, *(f"{ms:.1f} ms" for ms in times)]


def _step_rows(cases: Sequence[StepCase]) -> Iterable[list[str]]:
    yield ["network", "batch", "step", "median", "p99"]
    for case in cases:
        times = [f"{case.ms_median:.1f} ms", f"{case.ms_p99:.1f} ms"]
        yield [_name(case.layers), str(case.batch_size), case.level, *times]


def _name(layers: tuple[int, ...]) -> str:
    return (
        "-".join(map(str, layers))
        if len(layers) < 6
        else f"{layers[0]}-{len(layers) - 2}×{layers[1]}-{layers[-1]}"
    )


def _window_rows(cases: Sequence[LiveCase]) -> Iterable[list[str]]:
    yield ["network", "batch", "headless", "live", "kept", "frame median", "frame p99"]
    for case in cases:
        rates = [f"{case.headless:,.0f}", f"{case.live:,.0f}", f"{case.kept:.0%}"]
        frames = [f"{case.frame_ms_median:.1f} ms", f"{case.frame_ms_p99:.1f} ms"]
        yield ["-".join(map(str, case.layers)), str(case.batch_size), *rates, *frames]


def _engine_rows(rows: Sequence[EngineRow]) -> Iterable[list[str]]:
    names = list(rows[0].samples_per_s)
    yield ["network", "batch", *names]
    for row in rows:
        cells = [_cell(row, name) for name in names]
        yield ["-".join(map(str, row.layers)), str(row.batch_size), *cells]


def _cell(row: EngineRow, name: str) -> str:
    rate = f"{row.samples_per_s[name]:,.0f}"
    return f"{rate} ({row.ratio[name]:.2f})" if name in row.ratio else rate
