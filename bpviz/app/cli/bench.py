"""`bpviz bench`: measures speed on this machine, ours beside the limit and other libraries."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict

from bpviz.app.bench.engine_bench import QUICK, Effort, EngineFigures, EngineRow, measure_engine
from bpviz.app.cli.commands import COMMANDS, CommandParser
from bpviz.app.cli.options import add_json_option, add_threads_option
from bpviz.app.cli.output import ProgressBar, print_json, print_table
from bpviz.training.blas_threads import chosen_threads

DESCRIPTION = f"""{COMMANDS["bench"].capitalize()}: training samples a second of bpviz, of the matrix
products alone (the limit), and of PyTorch and scikit-learn where they are installed, taking
turns; medians."""


def run(argv: Sequence[str]) -> int:
    """Measure and print; return the exit status."""
    args = _parser().parse_args(argv)
    n_threads = chosen_threads(args.threads)
    effort = QUICK if args.quick else Effort()
    with closing(ProgressBar("engine")) as bar:
        figures = measure_engine(n_threads, effort, lambda done, total: bar.show(done / total))
    if args.json:
        print_json({"engine": asdict(figures)})
    else:
        _print_engine(figures)
    return 0


def _parser() -> CommandParser:
    parser = CommandParser("bench", DESCRIPTION)
    parser.add_argument("--quick", action="store_true", help="measure briefly; the figures are rough")
    add_threads_option(parser)
    add_json_option(parser)
    return parser


def _print_engine(figures: EngineFigures) -> None:
    libraries = ", ".join(f"{name} {version}" for name, version in figures.versions.items())
    print(f"{figures.n_cores} cores, {figures.n_threads} BLAS thread(s), {figures.dataset}, {libraries}")
    print("training samples a second; in brackets how many times as fast bpviz is\n")
    print_table(_engine_rows(figures.rows))


def _engine_rows(rows: Sequence[EngineRow]) -> Iterable[list[str]]:
    names = list(rows[0].samples_per_s)
    yield ["network", "batch", *names]
    for row in rows:
        cells = [_cell(row, name) for name in names]
        yield ["-".join(map(str, row.layers)), str(row.batch_size), *cells]


def _cell(row: EngineRow, name: str) -> str:
    rate = f"{row.samples_per_s[name]:,.0f}"
    return f"{rate} ({row.ratio[name]:.2f})" if name in row.ratio else rate
