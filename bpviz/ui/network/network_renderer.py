"""Turns states into items: what is cheap every frame, the rest a few times a second."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from PySide6.QtWidgets import QGraphicsScene

from bpviz.nn.arrays import FloatArray
from bpviz.ui.network.network_palette import Look, NetworkPalette
from bpviz.ui.network.network_stage import NetworkStage
from bpviz.ui.network.network_theme import stage_style
from bpviz.ui.network.stage_zoom import StageZoom
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.edges import edge_values, quantity_of
from bpviz.viewmodel.network.graph_geometry import Arrangement, GraphLayout, InputStyle, LayoutRequest
from bpviz.viewmodel.network.graph_layout import lay_out
from bpviz.viewmodel.network.hit_test import Target, part_at
from bpviz.viewmodel.network.network_picture import NetworkPicture, NeuronChoice, PictureOptions, next_picture
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import Part, PlanePart
from bpviz.viewmodel.network.plane import Plane
from bpviz.viewmodel.network.plane_marks import plane_lines
from bpviz.viewmodel.network.readout import readout
from bpviz.viewmodel.network.state_changes import is_another_place, newly_updated
from bpviz.viewmodel.network.tile_content import shown_weights

CHOICE_S = 0.1
"""Edges, scales and texts follow at most this often; in between, colours and widths alone."""
TILES_S = 0.2
NEURONS_S = 0.5
FLASH_MS = 260
"""How long the edges of an updated layer glow."""
CALM_S = 0.25
"""With reduced motion the whole picture changes at most this often."""
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class StageOptions:
    """What stands on the stage, besides the network itself."""

    arrangement: Arrangement = Arrangement.LAB
    with_tiles: bool = True
    with_bias: bool = True
    sign_as_dashes: bool = False
    input_style: InputStyle = InputStyle.IMAGE
    plane: Plane | None = None
    most_active_first: bool = False


class NetworkRenderer(QObject):
    """Owns what is drawn of the latest state; belongs to the GUI thread.

    Every state is shown in the end: one that came too soon after the last choice of edges is shown
    in part at once, and wholly when its time has come.
    """

    choices_changed = Signal()
    """Edges, neurons or scales were chosen anew; what is under the pointer may be something else."""

    def __init__(
        self,
        source: ThemeSource,
        scene: QGraphicsScene,
        parent: QObject,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._scene = scene
        self._clock = clock
        self._stage_options = StageOptions()
        self._options = PictureOptions()
        self._size = (746.0, 560.0)
        self._zoom = StageZoom()
        self._device_ratio = 1.0
        self._is_calm = False
        self._hovered: Part | None = None
        self._palettes: dict[Look, NetworkPalette] = {}
        self._chosen_at = self._tiles_at = self._neurons_at = _NEVER
        self._tiles_of: FloatArray | None = None
        self.state: NetworkState | None = None
        self.layout: GraphLayout | None = None
        self.picture: NetworkPicture | None = None
        self.stage: NetworkStage | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._choose)
        self._flash_ends = QTimer(self)
        self._flash_ends.setSingleShot(True)
        self._flash_ends.timeout.connect(self._end_flash)

    @property
    def stage_options(self) -> StageOptions:
        """What stands on the stage."""
        return self._stage_options

    @property
    def options(self) -> PictureOptions:
        """What is chosen to be drawn."""
        return self._options

    def show_state(self, state: NetworkState) -> None:
        """Show a state; may be called for every frame."""
        before, self.state = self.state, state
        if before is None or before.network.architecture != state.network.architecture:
            self.rebuild()
            return
        pause = CALM_S if self._is_calm else CHOICE_S
        due = self._chosen_at + pause - self._clock()
        can_wait = self._stage_options.arrangement is Arrangement.DRAW
        if self.picture is None or is_another_place(before, state) or (due <= 0.0 and not can_wait):
            self._neurons_at = _NEVER if before.reveal != state.reveal else self._neurons_at
            self._choose()
            self._flash(before, state)
            return
        if not self._is_calm and self.stage is not None:
            self.stage.show_frame(state, self.picture)
        if not self._later.isActive():
            self._later.start(int(1000 * max(due, 0.0)) + 1)

    def finish_updates(self) -> None:
        """Show now, wholly, what was shown only in part."""
        if self._later.isActive():
            self._choose()

    def set_stage_options(self, options: StageOptions) -> None:
        """Put other things on the stage."""
        if options != self._stage_options:
            self._stage_options = options
            self.rebuild()

    def set_plane(self, plane: Plane | None) -> None:
        """Show what every neuron answers over this plane, with its samples; None for none of it."""
        self.set_stage_options(replace(self._stage_options, plane=plane))

    def set_options(self, options: PictureOptions) -> None:
        """Choose other edges."""
        if options != self._options:
            self._options = options
            self._neurons_at = _NEVER
            self._choose()

    def sort_neurons(self) -> None:
        """Choose soon, and from the first, the most active hidden neurons, and draw them in that order."""
        self.set_stage_options(replace(self._stage_options, most_active_first=True))
        self._neurons_at = _NEVER
        self._later.start(0)

    def set_calm(self, is_calm: bool) -> None:
        """Change the picture at most four times a second."""
        self._is_calm = is_calm

    def set_hovered(self, part: Part | None) -> None:
        """Outline what is pointed at."""
        self._hovered = part
        self._mark()

    def set_size(self, width: float, height: float) -> None:
        """Lay the stage out for this size."""
        if (width, height) != self._size:
            self._size = (width, height)
            self.rebuild()

    def set_zoom(self, zoom: StageZoom, device_ratio: float) -> None:
        """Show the stage in this place and size."""
        is_sharper = zoom.scale * device_ratio != self._zoom.scale * self._device_ratio
        self._zoom, self._device_ratio = zoom, device_ratio
        if self.stage is not None:
            self.stage.set_transform(zoom.transform())
            if is_sharper:
                self._tiles_at = _NEVER
                self._later.start(int(1000 * CHOICE_S))

    def forget_colors(self) -> None:
        """Read the theme anew."""
        self._palettes.clear()
        self.rebuild()

    def part_at(self, point: QPointF, pixel: float) -> Part | None:
        """Return what is drawn at a stage point; `pixel` is the size of a screen pixel there."""
        if self.state is None or self.layout is None or self.picture is None:
            return None
        if self.stage is not None and (found := self.stage.plane_part_at(point, pixel)) is not None:
            return found
        values = edge_values(self.state, self.picture.edges)
        return part_at(Target(point.x(), point.y(), pixel), self.layout, self.picture, values)

    def lines_about(self, part: Part) -> tuple[str, ...]:
        """Return what a part says when it is pointed at."""
        if self.state is None or self.layout is None or self.picture is None:
            return ()
        if isinstance(part, PlanePart) and self._stage_options.plane is not None:
            return plane_lines(part, self._stage_options.plane, self.state.network)
        return readout(part, self.state, self.layout, self.picture)

    def rebuild(self) -> None:
        """Make all items anew for the present network, size and options."""
        if self.state is None:
            return
        if self.stage is not None:
            self.stage.remove()
        self.layout = lay_out(self._layout_request(self.state))
        architecture, arrangement = self.state.network.architecture, self._stage_options.arrangement
        style = stage_style(self._source, arrangement)
        self.stage = NetworkStage(self._scene, architecture, self.layout, style, self._stage_options.plane)
        self.stage.set_transform(self._zoom.transform())
        self.picture = None
        self._choose()

    def _layout_request(self, state: NetworkState) -> LayoutRequest:
        options = self._stage_options
        return LayoutRequest(
            layers=state.network.architecture.layers,
            width=self._size[0],
            height=self._size[1],
            arrangement=options.arrangement,
            factor=self._source.factor,
            with_tiles=options.with_tiles,
            with_bias=options.with_bias,
            input_style=options.input_style,
            has_plane=options.plane is not None and options.plane.fits(state.network.architecture.layers),
            most_active_first=options.most_active_first,
        )

    def _choose(self) -> None:
        """Choose edges, neurons and scales for the present state, and show all of it."""
        self._later.stop()
        if self.state is None or self.layout is None or self.stage is None:
            return
        now, before = self._clock(), self.picture
        keeps_neurons = before is not None and now - self._neurons_at < NEURONS_S
        choice = NeuronChoice.SORT if self._neurons_at == _NEVER else NeuronChoice.CHANGE_FEW
        choice = NeuronChoice.KEEP if keeps_neurons else choice
        self.picture = next_picture(self.state, self.layout, self._options, before, choice)
        self._chosen_at = now
        if not keeps_neurons:
            self._neurons_at = now
        self.stage.set_palette(self._palette(self.state))
        self.stage.show_frame(self.state, self.picture)
        self.stage.show_texts(self.state, self.picture, self._options.selected)
        self._paint_tiles(now, before)
        self._mark()
        self.choices_changed.emit()

    def _paint_tiles(self, now: float, before: NetworkPicture | None) -> None:
        assert self.state is not None
        assert self.picture is not None
        assert self.stage is not None
        tiles = _tiles_of(self.state)
        if before is not None and _have_same_tiles(before, self.picture):
            if self._tiles_of is tiles and self._tiles_at > _NEVER:
                return
            if now - self._tiles_at < TILES_S:
                self._later.start(int(1000 * TILES_S))
                return
        self._tiles_at, self._tiles_of = now, tiles
        self.stage.paint_tiles(self.state, self.picture, self._zoom.scale * self._device_ratio)

    def _palette(self, state: NetworkState) -> NetworkPalette:
        look = Look(state.phase, quantity_of(state), self._source.factor, self._stage_options.sign_as_dashes)
        if look not in self._palettes:
            self._palettes[look] = NetworkPalette(self._source.theme, look)
        return self._palettes[look]

    def _mark(self) -> None:
        if self.stage is None or self.picture is None or self.state is None:
            return
        focus = self.state.reveal.focus if self.state.reveal is not None else None
        self.stage.mark(self._hovered, self._options.selected, focus, self.picture)

    def _flash(self, before: NetworkState, state: NetworkState) -> None:
        """Let the layers that have just been updated glow for a moment."""
        layers = newly_updated(before, state)
        if not layers or self._is_calm or self.stage is None or self.picture is None:
            return
        self.stage.light_update(state, self.picture, layers)
        self._flash_ends.start(FLASH_MS)

    def _end_flash(self) -> None:
        if self.stage is not None:
            self.stage.flash.put_out()


def _have_same_tiles(first: NetworkPicture, second: NetworkPicture) -> bool:
    """Tell whether the same neurons are shown on the same scale of weights."""
    one, other = first.scales, second.scales
    same_scale = one.weight == other.weight and one.content is other.content
    return same_scale and np.array_equal(first.shown[0], second.shown[0])


def _tiles_of(state: NetworkState) -> FloatArray:
    """Return the parameters whose identity tells whether the small images are still the same."""
    is_new = shown_weights(state) is not state.network.W[0]
    return (
        state.parameters_after if is_new and state.parameters_after is not None else state.network.parameters
    )
