"""How a step wants a network drawn large."""

from dataclasses import dataclass

from bpviz.app.teach.lesson_settings import flag, one_of, whole_numbers
from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Architecture
from bpviz.viewmodel.lessons.large_layout import COLUMN_WIDTHS, MOST_NEURONS, check_drawable
from bpviz.viewmodel.lessons.large_network import LargePicture, chosen_pixels
from bpviz.viewmodel.lessons.lesson import Settings
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, Part, WeightPart

LARGE_KEYS = frozenset({"view", "pixels", "columns", "loss", "phases"})
_VIEWS = ("whole", "large")
_USUAL_COLUMNS = ("output", "target", "error")


@dataclass(frozen=True, slots=True)
class LargeLook:
    """What a large drawing shows, whatever the state of the network."""

    pixels: tuple[int, ...]
    columns: tuple[str, ...]
    selected: Part | None
    shows_loss: bool
    names_phases: bool = False

    def picture(self, state: NetworkState, before: FloatArray | None) -> LargePicture:
        """Return the drawing of this state.

        Parameters
        ----------
        before
            Flat parameters before what was done last: the selected weight and the loss are written with
            what they were then; None tells no change.
        """
        loss_before = None
        target = state.sample.target
        if before is not None and target is not None:
            network = state.network.with_parameters(before)
            loss_before = network.loss(network.forward(state.sample.x[None, :]), target[None, :])
        return LargePicture(
            state=state,
            pixels=self._pixels(state),
            columns=self.columns,
            selected=self.selected,
            before=before,
            loss_before=loss_before,
            shows_loss=self.shows_loss,
            names_phases=self.names_phases,
        )

    def _pixels(self, state: NetworkState) -> tuple[int, ...]:
        pixels = chosen_pixels(state.sample.x, self.pixels)
        match self.selected:
            case WeightPart(layer=0, source=source) if source != BIAS and source not in pixels:
                return tuple(sorted((*pixels[:-1], source)))
        return pixels


def large_look(show: Settings, selected: Part | None, architecture: Architecture) -> LargeLook | None:
    """Return the large drawing a step asks for; None where it wants the whole network.

    Raises
    ------
    ConfigError
        If the network cannot be drawn so, or a setting has a value there is not.
    """
    if one_of(show, "view", "whole", _VIEWS) != "large":
        return None
    check_drawable(architecture.layers)
    pixels = whole_numbers(show, "pixels", ())
    n_inputs = architecture.layers[0]
    if len(pixels) > MOST_NEURONS or any(not 0 <= pixel < n_inputs for pixel in pixels):
        raise ConfigError(
            f"'pixels' is {list(pixels)}; up to {MOST_NEURONS} from 0 to {n_inputs - 1} are needed"
        )
    return LargeLook(pixels, _columns(show), selected, flag(show, "loss", True), flag(show, "phases", False))


def _columns(show: Settings) -> tuple[str, ...]:
    wanted = show.get("columns", list(_USUAL_COLUMNS))
    if not isinstance(wanted, list) or not all(name in COLUMN_WIDTHS for name in wanted):
        raise ConfigError(f"'columns' is {wanted!r}; a list of {', '.join(COLUMN_WIDTHS)} is needed")
    return tuple(name for name in COLUMN_WIDTHS if name in wanted)
