"""Options of made-up points: how many, their noise, the share for testing."""

import argparse

from bpviz.app.cli.arguments import whole_number
from bpviz.data.point_options import DEFAULT_OPTIONS, FEWEST_POINTS, MOST_POINTS, PointOptions
from bpviz.data.points import POINT_DATASETS
from bpviz.errors import ConfigError

_ASKED = {"n_points": "--points", "noise": "--noise", "test_share": "--test-share", "seed": "--data-seed"}


def add_point_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how points are made."""
    group = parser.add_argument_group("points", f"for --dataset {', '.join(POINT_DATASETS)}")
    group.add_argument(
        "--points",
        dest="n_points",
        type=whole_number(FEWEST_POINTS, MOST_POINTS),
        metavar="N",
        help=f"training and test points together (default: {DEFAULT_OPTIONS.n_points})",
    )
    group.add_argument("--noise", type=float, metavar="F", help="0 to 1 (default: 0.1; curve: 0.3)")
    group.add_argument(
        "--test-share",
        type=float,
        metavar="F",
        help=f"kept for testing, 0.01 to 0.9 (default: {DEFAULT_OPTIONS.test_share})",
    )
    group.add_argument(
        "--data-seed", type=whole_number(0, 2**63 - 1), metavar="N", help="draws the points (default: 0)"
    )


def point_options(args: argparse.Namespace) -> PointOptions:
    """Return how points are to be made.

    Raises
    ------
    ConfigError
        If digits were asked for with an option of points, or nothing would be left to test with.
    DataError
        If a value is impossible.
    """
    asked = {"seed": args.data_seed} | {
        name: getattr(args, name) for name in ("n_points", "noise", "test_share")
    }
    given = {name: value for name, value in asked.items() if value is not None}
    if given and args.dataset not in POINT_DATASETS:
        raise ConfigError(f"{_ASKED[next(iter(given))]} is for points, but --dataset is '{args.dataset}'")
    options = PointOptions(**given)
    if round(options.test_share * options.n_points) < 1:
        raise ConfigError("no point is left to test with; take a larger --test-share")
    return options
