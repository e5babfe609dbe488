"""`bpviz` without a command: checks what the window is to begin with, then opens it."""

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

from bpviz import __version__
from bpviz.app.cli.commands import COMMANDS, CommandParser
from bpviz.app.window_options import DATASETS, MODES, THEMES, WindowOptions
from bpviz.viewmodel.drawing.kiosk_times import CLEAR_AFTER_S, LEAST_CLEAR_AFTER_S, MOST_CLEAR_AFTER_S


def run(argv: Sequence[str]) -> int:
    """Open the window and return the application's exit status."""
    options = window_options(argv)
    from bpviz.app.application import run_window  # Qt is loaded only here.

    return run_window(options)


def window_options(argv: Sequence[str]) -> WindowOptions:
    """Return what the window is asked to begin with; leaves the process on a wrong argument."""
    parser = _parser()
    args = parser.parse_args(argv)
    if args.command in COMMANDS:
        parser.error(f"the command comes first, as in 'bpviz {args.command} …'")
    if args.command is not None:
        parser.error(f"there is no command '{args.command}'; choose one of {', '.join(COMMANDS)}")
    return WindowOptions(args.dataset, args.data_dir, args.model, args.theme, args.mode, args.kiosk)


def _parser() -> CommandParser:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {what}" for name, what in COMMANDS.items()]
    parser = CommandParser(
        "",
        "Shows backpropagation happening on a real neural network, with every number true.\n"
        "Without a command the window opens.",
        usage="bpviz [options]  |  bpviz COMMAND [options]",
        epilog="commands:\n" + "\n".join(lines) + "\n\n'bpviz COMMAND --help' lists a command's options.",
    )
    parser.add_argument("command", nargs="?", metavar="COMMAND", help="one of those below")
    parser.add_argument("--version", action="version", version=f"bpviz {__version__}")
    parser.add_argument("--dataset", choices=DATASETS, help="begin with this dataset")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where its files are")
    parser.add_argument("--model", type=Path, metavar="FILE", help="open this saved network")
    parser.add_argument("--theme", choices=THEMES, help="colours; otherwise the last choice")
    parser.add_argument("--mode", choices=MODES, help="the page to open; otherwise lab")
    parser.add_argument(
        "--kiosk",
        type=_kiosk_seconds,
        nargs="?",
        const=CLEAR_AFTER_S,
        metavar="SECONDS",
        help="open as a stand for visitors, full screen; a drawing nobody touches is cleared after SECONDS "
        f"({CLEAR_AFTER_S:g} if not given); Escape leaves",
    )
    return parser


def _kiosk_seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not LEAST_CLEAR_AFTER_S <= seconds <= MOST_CLEAR_AFTER_S:
        raise argparse.ArgumentTypeError(
            f"'{text}' is no pause; {LEAST_CLEAR_AFTER_S:g} to {MOST_CLEAR_AFTER_S:g} seconds are needed"
        )
    return seconds
