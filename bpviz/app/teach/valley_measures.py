"""Numbers a lesson may ask the valley for."""

from bpviz.app.teach.ball_run import BallRun
from bpviz.app.teach.race_run import RaceRun
from bpviz.app.teach.valley_network import ValleyNetwork
from bpviz.errors import ConfigError
from bpviz.viewmodel.inspection.loss_curve import LossCurve
from bpviz.viewmodel.lessons.expression import Argument

MEASURES = {
    "w": 0,
    "loss": 0,
    "slope": 0,
    "step": 0,
    "velocity": 0,
    "carried": 0,
    "rate": 0,
    "steps": 0,
    "is_gone": 0,
    "w_of": 1,
    "loss_of": 1,
    "weight": 0,
    "weight_loss": 0,
    "weight_slope": 0,
    "valley_at": 0,
    "valley_loss": 0,
    "first_valley_at": 0,
    "first_valley_loss": 0,
    "iteration": 0,
    "share": 0,
    "start_loss": 0,
    "race_loss": 1,
    "race_rate": 0,
}
_OF_BALL = {
    "w": "w",
    "loss": "loss",
    "slope": "slope",
    "step": "change",
    "velocity": "velocity",
    "carried": "carried",
    "steps": "n_steps",
    "is_gone": "is_gone",
}
_OF_CURVE = {"weight": "at", "weight_loss": "loss", "weight_slope": "slope"}
_UNKNOWN = float("nan")


def measure(
    name: str, arguments: tuple[Argument, ...], balls: BallRun, network: ValleyNetwork, race: RaceRun
) -> float:
    """Return a number as it is now; nan while it is not known.

    Raises
    ------
    ConfigError
        If an argument names no rule, or no ball has it.
    """
    if arguments:
        return _of_rule(name, arguments[0], balls, race)
    if name in _OF_BALL:
        return float(getattr(balls.states()[0], _OF_BALL[name]))
    if name == "rate":
        return balls.rate
    if name == "race_rate":
        return _UNKNOWN if race.race is None else race.race.rate
    return _of_network(name, network)


def _of_rule(name: str, rule: Argument, balls: BallRun, race: RaceRun) -> float:
    if not isinstance(rule, str):
        raise ConfigError(f"'{name}' is given {rule!r}; a rule's name in quotes is needed")
    if name == "race_loss":
        return _UNKNOWN if race.race is None else race.race.final(rule)
    state = balls.state(rule)
    return state.w if name == "w_of" else state.loss


def _of_network(name: str, network: ValleyNetwork) -> float:
    if name == "iteration":
        return float(network.iteration)
    if name in ("share", "start_loss"):
        surface = network.surface
        if surface is None:
            return _UNKNOWN
        return surface.share if name == "share" else surface.path_losses[0]
    return _of_curves(name, network.curves)


def _of_curves(name: str, curves: tuple[LossCurve, ...]) -> float:
    if not curves:
        return _UNKNOWN
    if name in _OF_CURVE:
        return float(getattr(curves[-1], _OF_CURVE[name]))
    at, loss = curves[0 if name.startswith("first_") else -1].lowest
    return at if name.endswith("valley_at") else loss
