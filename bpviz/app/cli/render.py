"""`bpviz render`: saves a picture of the real window, drawn offscreen after some iterations."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bpviz.app.cli.arguments import picture_size, whole_number
from bpviz.app.cli.commands import COMMANDS, CommandParser
from bpviz.app.cli.options import add_data_options, add_training_options, load_data, training_config
from bpviz.app.render_request import SIDES, LessonRequest, RenderRequest
from bpviz.app.window_options import MODES, THEMES
from bpviz.errors import ConfigError
from bpviz.nn.network import Architecture
from bpviz.training.blas_threads import chosen_threads
from bpviz.training.trainer import Trainer
from bpviz.viewmodel.drawing.blame import BlameStage
from bpviz.viewmodel.network.part_syntax import parse_part
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position

SMALLEST_PX, LARGEST_PX = 320, 8192
MAX_ITERATIONS = 10_000_000
PLATFORM_VARIABLE = "QT_QPA_PLATFORM"


def run(argv: Sequence[str]) -> int:
    """Save the picture the arguments ask for; return the exit status."""
    request = parse_request(argv)
    # Before Qt is loaded: a picture needs no display.
    os.environ.setdefault(PLATFORM_VARIABLE, "offscreen")
    from bpviz.app.rendering import render_window

    render_window(request)
    return 0


def parse_request(argv: Sequence[str]) -> RenderRequest:
    """Return what is to be drawn, its data loaded.

    Raises
    ------
    BpvizError
        If the settings, the data or the place to write to are not usable.
    SystemExit
        If an argument is not one of this command's.
    """
    args = _parser().parse_args(argv)
    config = training_config(args)
    lesson = _lesson(args.lesson, args.step, args.revealed)
    _check_place(args.out, (".png", ".pdf") if lesson is not None else (".png",))
    n_threads = chosen_threads(args.threads)
    dataset = load_data(args)
    dataset = replace(dataset, train=dataset.train.first(args.train_samples))
    # Made only to hear, before a window is, whether the network fits the data.
    Trainer(config, dataset)
    width_px, height_px = args.size
    return RenderRequest(
        out=args.out,
        dataset=dataset,
        config=config,
        width_px=width_px,
        height_px=height_px,
        mode=args.mode,
        theme=args.theme,
        side=args.side,
        iterations=args.iterations,
        blas_threads=n_threads,
        drawn_digit=args.draw,
        asked_digit=args.asked,
        error_stage=_error_stage(args.error, args.asked, args.draw),
        place=_place(args.phase, args.layer, config.architecture()),
        selected=None if args.select is None else parse_part(args.select, config.architecture()),
        lesson=lesson,
    )


def _parser() -> CommandParser:
    parser = CommandParser("render", f"{COMMANDS['render'].capitalize()}.")
    parser.add_argument("out", type=Path, metavar="OUT.png", help="the picture to write")
    group = parser.add_argument_group("picture")
    group.add_argument(
        "--size",
        type=picture_size(SMALLEST_PX, LARGEST_PX),
        default=(1280, 800),
        metavar="WxH",
        help="in pixels (default: 1280x800)",
    )
    group.add_argument("--mode", choices=MODES, default=MODES[0], help="default: %(default)s")
    group.add_argument("--theme", choices=THEMES, default=THEMES[0], help="default: %(default)s")
    group.add_argument(
        "--iterations",
        type=whole_number(0, MAX_ITERATIONS),
        default=500,
        metavar="N",
        help="updates made before the picture is taken (default: %(default)s)",
    )
    group.add_argument(
        "--draw", type=whole_number(0, 9), metavar="DIGIT", help="draw this digit on the canvas"
    )
    group.add_argument(
        "--asked",
        type=whole_number(0, 9),
        metavar="DIGIT",
        help="with --draw: ask why, or why not, this digit",
    )
    group.add_argument(
        "--error",
        choices=[stage.value.lower() for stage in BlameStage],
        help="with --asked: show the drawing's error, labelled so, up to here",
    )
    _add_place_options(parser)
    _add_lesson_options(parser)
    add_data_options(parser)
    add_training_options(parser)
    return parser


def _add_place_options(parser: CommandParser) -> None:
    group = parser.add_argument_group("place")
    group.add_argument(
        "--side", choices=SIDES, help="the page of the Lab's right panel (default: what suits the rest)"
    )
    group.add_argument(
        "--phase",
        choices=[phase.value for phase in Phase],
        help="show the iteration after N up to this phase, instead of iteration N, whole",
    )
    group.add_argument(
        "--layer",
        type=whole_number(1, 1000),
        metavar="L",
        help="and in that phase up to this layer; w[1] leads from the input to layer 1",
    )
    group.add_argument(
        "--select",
        metavar="PART",
        help="select w[layer][from,to], b[layer][neuron], a[layer][neuron], x[input] or L (the loss); "
        "layers count from 1, neurons and inputs from 0",
    )


def _add_lesson_options(parser: CommandParser) -> None:
    group = parser.add_argument_group("lesson")
    group.add_argument(
        "--lesson",
        metavar="ID",
        help="show this lesson instead, for example one-layer; OUT.pdf gets its worksheet",
    )
    group.add_argument("--step", type=whole_number(1, 1000), metavar="N", help="at this step (default: 1)")
    group.add_argument(
        "--revealed", action="store_true", help="with the step's question answered, its task done"
    )


def _lesson(lesson_id: str | None, step: int | None, is_revealed: bool) -> LessonRequest | None:
    if lesson_id is not None:
        return LessonRequest(lesson_id, step or 1, is_revealed)
    if step is not None or is_revealed:
        raise ConfigError("--step and --revealed are about a lesson; name it with --lesson")
    return None


def _error_stage(error: str | None, asked: int | None, drawn: int | None) -> str | None:
    """Return the stage of the drawing's error that is asked for; None for none."""
    if asked is not None and drawn is None:
        raise ConfigError("--asked is about a drawing; say which with --draw")
    if error is not None and asked is None:
        raise ConfigError("--error needs the digit it should have been; name it with --asked")
    return None if error is None else error.capitalize()


def _place(phase: str | None, layer: int | None, architecture: Architecture) -> Position | None:
    """Return the place in the iteration that is asked for; None for all of it."""
    if phase is None:
        if layer is not None:
            raise ConfigError("--layer says how far into a phase; name it with --phase")
        return None
    if layer is None:
        return Position(Phase(phase))
    if Phase(phase) is Phase.LOSS:
        raise ConfigError("the loss phase has no layers; leave --layer away")
    if layer > architecture.depth:
        raise ConfigError(f"--layer is {layer}; this network has layers 1 to {architecture.depth}")
    return Position(Phase(phase), layer - 1)


def _check_place(path: Path, suffixes: tuple[str, ...]) -> None:
    if path.suffix.lower() not in suffixes:
        raise ConfigError(
            f"{path} does not end in {' or '.join(suffixes)}; pictures are written as PNG files, "
            "the worksheet of a lesson's step as PDF"
        )
    if path.is_dir() or not (path.parent.is_dir() and os.access(path.parent, os.W_OK)):
        raise ConfigError(f"{path} cannot be written; a folder that exists and can be written is needed")
