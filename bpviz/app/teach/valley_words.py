"""The numbers beside the valley's curves, as they are written."""

from bpviz.ui.controls.text_label import Tone
from bpviz.ui.teach.ball_plot import BallScene
from bpviz.ui.teach.valley_numbers import NumberLine
from bpviz.viewmodel.inspection.loss_curve import LossCurve
from bpviz.viewmodel.inspection.optimizer_step import RULE_NAMES
from bpviz.viewmodel.words.number_format import fixed, grouped, signed, significant

_FAR = 1e4


def ball_lines(scene: BallScene) -> tuple[NumberLine, ...]:
    """Return the numbers of one ball, as far as the scene has them, or where each of several lies."""
    if len(scene.balls) > 1:
        return tuple(NumberLine(RULE_NAMES[ball.rule], f"w = {_written(ball.w)}") for ball in scene.balls)
    ball = scene.balls[0]
    lines = [NumberLine("Weight w", _written(ball.w))]
    if not scene.is_covered:
        lines.append(NumberLine("Loss L", _written(ball.loss), "error_text"))
    if scene.shows_slope:
        lines.append(NumberLine("Slope dL/dw", _signed(ball.slope), _tone(ball.slope)))
    if scene.shows_velocity:
        lines.append(NumberLine("Velocity v", _signed(ball.velocity)))
    if scene.shows_step:
        of = "−η × v" if scene.shows_velocity else "−η × slope"
        lines.append(NumberLine(f"Step  {of}", _signed(ball.change), "weight_positive_text"))
    return tuple(lines)


def weight_lines(curve: LossCurve, name: str) -> tuple[NumberLine, ...]:
    """Return the numbers of a real weight."""
    return (
        NumberLine(f"Weight {name}", fixed(curve.at, 2)),
        NumberLine("Loss L", fixed(curve.loss, 2), "error_text"),
        NumberLine("Slope dL/dw", signed(curve.slope, 3), _tone(curve.slope)),
        NumberLine("Iteration", grouped(curve.iteration)),
    )


def _tone(slope: float) -> Tone:
    return "gradient_positive_text" if slope >= 0.0 else "gradient_negative_text"


def _written(value: float) -> str:
    return fixed(value, 2) if abs(value) < _FAR else significant(value, 2)


def _signed(value: float) -> str:
    return signed(value, 2) if not abs(value) >= _FAR else significant(value, 2)
