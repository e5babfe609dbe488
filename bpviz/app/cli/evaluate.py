"""`bpviz evaluate`: measures a saved network on the test part of any dataset."""

from collections.abc import Iterable, Sequence

import numpy as np

from bpviz.app.cli.commands import COMMANDS, CommandParser
from bpviz.app.cli.options import (
    add_data_options,
    add_json_option,
    add_model_option,
    add_threads_option,
    load_data,
    load_network,
)
from bpviz.app.cli.output import finite_or_none, is_regression, noun_of, print_json, print_table
from bpviz.data.samples import Dataset
from bpviz.training.blas_threads import blas_threads_limited, chosen_threads
from bpviz.training.evaluation import Evaluation, evaluate

DESCRIPTION = f"""{COMMANDS["evaluate"].capitalize()}.

With --json one object is printed:
  accuracy   fraction right, 0 to 1; null for a curve
  loss       mean over the samples, without penalties; null if it is not finite
  confusion  counts, row: true label, column: answer; null for a curve
  samples    number of test samples
  model      as given, null for the network that comes with bpviz
For a curve r_squared too: 1 - squared error over the spread of the values."""


def run(argv: Sequence[str]) -> int:
    """Measure as the arguments ask; return the exit status."""
    args = _parser().parse_args(argv)
    network, _ = load_network(args.model)
    dataset = load_data(args)
    # A network whose numbers overflow is measured too; its loss is then no number.
    with blas_threads_limited(chosen_threads(args.threads)), np.errstate(all="ignore"):
        result = evaluate(network, dataset.test)
    if args.json:
        print_json(_summary(result, args.model and str(args.model)))
    else:
        _print_result(result, dataset)
    return 0


def _print_result(result: Evaluation, dataset: Dataset) -> None:
    how_well = f"R² {result.r_squared:.4f}" if is_regression(result) else f"{result.accuracy:.2%} right"
    start = f"{dataset.title}, {result.n_samples:,} test {noun_of(dataset)}"
    print(f"{start}: {how_well}, loss {result.loss:.4f}")
    if not is_regression(result):
        print("\ntrue label in rows, answer in columns")
        print_table(_confusion_rows(result))


def _parser() -> CommandParser:
    parser = CommandParser("evaluate", DESCRIPTION)
    add_model_option(parser)
    add_data_options(parser)
    add_threads_option(parser)
    add_json_option(parser)
    return parser


def _summary(result: Evaluation, model: str | None) -> dict[str, object]:
    summary: dict[str, object] = {
        "accuracy": finite_or_none(result.accuracy),
        "loss": finite_or_none(result.loss),
        "confusion": None if is_regression(result) else result.confusion.tolist(),
        "samples": result.n_samples,
        "model": model,
    }
    if is_regression(result):
        summary["r_squared"] = finite_or_none(result.r_squared)
    return summary


def _confusion_rows(result: Evaluation) -> Iterable[list[str]]:
    n_classes = len(result.confusion)
    yield ["", *map(str, range(n_classes)), "right"]
    for label, row in enumerate(result.confusion):
        share = f"{row[label] / row.sum():.1%}" if row.sum() else "-"
        yield [str(label), *(str(count) if count else "." for count in row), share]
