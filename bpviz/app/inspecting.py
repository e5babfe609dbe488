"""Keeps the inspector at what is selected, and answers what it asks for."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject

from bpviz.app.loss_map import LossMap
from bpviz.app.session import Session
from bpviz.app.weight_valley import WeightValley, flat_index
from bpviz.training import messages
from bpviz.training.changes import SetBias, SetWeight, SwitchNeuron
from bpviz.training.snapshot import Snapshot
from bpviz.ui.lab.lab_page import LabPage
from bpviz.viewmodel.inspection.gradient_check import CheckRequest, check_gradient
from bpviz.viewmodel.inspection.inspectable import Inspection
from bpviz.viewmodel.inspection.inspection_loss import inspect_loss
from bpviz.viewmodel.inspection.inspection_neuron import inspect_neuron
from bpviz.viewmodel.inspection.inspection_output import inspect_output
from bpviz.viewmodel.inspection.inspection_weight import WeightHistory, WeightPlace, inspect_weight
from bpviz.viewmodel.network.parts import BIAS, LossPart, NeuronPart, Part, WeightPart
from bpviz.viewmodel.network.reveal import Reveal
from bpviz.viewmodel.run.phases import Phase

REFINED_ITERATIONS = 200
"""A weight's history is replayed for so many iterations up to the one shown; before, checkpoints must do."""


class Inspecting(QObject):
    """Belongs to the GUI thread. `snapshot`, `phase` and `reveal` give what is shown now.

    `show` shows it again, sentence and inspector included, once another part is selected.
    """

    def __init__(
        self,
        session: Session,
        lab: LabPage,
        snapshot: Callable[[], Snapshot | None],
        phase: Callable[[], Phase],
        reveal: Callable[[], Reveal | None],
        show: Callable[[], None],
    ) -> None:
        super().__init__()
        self._session = session
        self._lab = lab
        self._snapshot = snapshot
        self._phase = phase
        self._reveal = reveal
        self._show = show
        self._history: WeightHistory | None = None
        self._valley = WeightValley(session, self)
        self.map = LossMap(session, lab.inspector.loss.map, snapshot, self)
        inspector = lab.inspector
        self._valley.changed.connect(lambda: inspector.show_valley(self._valley.curves))
        lab.stage.network.selection_changed.connect(self._on_selection_changed)
        inspector.check_requested.connect(self._on_check_requested)
        inspector.previous_requested.connect(lambda: self._select_neighbor(-1))
        inspector.next_requested.connect(lambda: self._select_neighbor(1))
        inspector.weight_change_requested.connect(self._on_weight_change_requested)
        inspector.neuron_switch_requested.connect(
            lambda layer, neuron, is_on: self._apply(SwitchNeuron(layer, neuron, is_on))
        )

    def select(self, part: Part | None) -> None:
        """Select a part and show its numbers, as a click on it does."""
        self._lab.stage.network.select(part)
        self._on_selection_changed(part)

    def refresh(self) -> None:
        """Show the selected part's numbers in the iteration shown now."""
        snapshot, part = self._snapshot(), self._lab.stage.network.selected
        if snapshot is None or not self._lab.side.is_inspecting:
            return
        reveal = self._reveal()
        waits_for = None if reveal is None or part is None else missing(part, reveal)
        inspection = None if waits_for else inspect(snapshot, part, self._phase(), self._history)
        if inspection is None:
            self._lab.inspector.show_nothing(
                waits_for or "Click a neuron, a weight, an output or the loss to see its numbers."
            )
        else:
            self._lab.inspector.show_inspection(inspection)
            if isinstance(part, WeightPart) and not self._session.is_running:
                self._valley.look(snapshot, part)

    def take_history(self, answer: messages.WeightHistory) -> None:
        """Show how the selected weight went, if it is still the one asked about."""
        part = self._lab.stage.network.selected
        snapshot = self._snapshot()
        if not isinstance(part, WeightPart) or snapshot is None:
            return
        if answer.index != flat_index(part, snapshot):
            return
        if answer.is_every_iteration:
            self._history = refined(self._history, answer)
        else:
            self._history = WeightHistory(answer.iterations, answer.values, "at the checkpoints")
            last = snapshot.iteration
            self._session.send(
                messages.AskWeightHistory(answer.index, max(0, last - REFINED_ITERATIONS), last)
            )
        self._lab.inspector.show_history(self._history)

    def ask_history(self) -> None:
        """Ask the worker how the selected weight went."""
        part, snapshot = self._lab.stage.network.selected, self._snapshot()
        if isinstance(part, WeightPart) and snapshot is not None and not self._session.is_running:
            self._session.send(messages.AskWeightHistory(flat_index(part, snapshot)))

    def _on_selection_changed(self, part: Part | None) -> None:
        self._history = None
        if part is not None and not self._session.is_running:
            self._lab.set_inspecting(True)
        self._show()
        self.ask_history()

    def _on_check_requested(self, request: CheckRequest) -> None:
        snapshot = self._snapshot()
        check = None if snapshot is None else check_gradient(snapshot, snapshot.sample, request)
        if check is not None:
            self._lab.inspector.show_check(check)

    def _select_neighbor(self, by: int) -> None:
        part, snapshot = self._lab.stage.network.selected, self._snapshot()
        if snapshot is not None and part is not None:
            self.select(neighbor(part, by, snapshot.architecture.layers))

    def _on_weight_change_requested(self, layer: int, row: int, column: int, value: float) -> None:
        is_bias = row == BIAS
        self._apply(SetBias(layer, column, value) if is_bias else SetWeight(layer, row, column, value))

    def _apply(self, change: SetBias | SetWeight | SwitchNeuron) -> None:
        self._session.send(messages.ApplyChange(change))


def refined(coarse: WeightHistory | None, fine: messages.WeightHistory) -> WeightHistory:
    """Return the checkpoints up to where every iteration is known, and every iteration from there on."""
    if coarse is None or not len(fine.iterations):
        return WeightHistory(fine.iterations, fine.values, "every iteration")
    before = coarse.iterations < fine.iterations[0]
    if not before.any():
        return WeightHistory(fine.iterations, fine.values, "every iteration")
    return WeightHistory(
        np.concatenate([coarse.iterations[before], fine.iterations]),
        np.concatenate([coarse.values[before], fine.values]),
        f"checkpoints, the last {len(fine.iterations)} each",
    )


def inspect(
    snapshot: Snapshot, part: Part | None, phase: Phase, history: WeightHistory | None = None
) -> Inspection | None:
    """Return the numbers behind a part for the sample shown; None for what has none of its own."""
    sample = snapshot.sample
    match part:
        case NeuronPart(layer, index) if layer == snapshot.architecture.depth - 1:
            return inspect_output(snapshot, sample, index, phase)
        case NeuronPart(layer, index):
            return inspect_neuron(snapshot, sample, layer, index, phase)
        case WeightPart(layer, source, target):
            return inspect_weight(snapshot, sample, WeightPlace(layer, source, target), phase, history)
        case LossPart():
            return inspect_loss(snapshot, sample, phase)
        case _:
            return None


def missing(part: Part, reveal: Reveal) -> str | None:
    """Return what a part still waits for at this place of the iteration; None if its numbers are known."""
    match part:
        case NeuronPart(layer, index) if not reveal.knows_sum(layer, index):
            return "This neuron is not computed yet: Forward has not reached it."
        case WeightPart(layer, _, target) if not reveal.knows_delta(layer, target):
            return "The gradient of this weight is not computed yet: it needs the δ that Backward brings."
        case LossPart() if not reveal.is_loss_known:
            return "The loss is not computed yet: it needs every output."
        case _:
            return None


def neighbor(part: Part, by: int, layers: tuple[int, ...]) -> Part:
    """Return the next neuron of a layer, or the next weight into the same neuron; the ends meet."""
    match part:
        case NeuronPart(layer, index):
            return NeuronPart(layer, (index + by) % layers[layer + 1])
        case WeightPart(layer, source, target):
            # The bias stands between the last source and the first.
            return WeightPart(layer, (source + 1 + by) % (layers[layer] + 1) - 1, target)
        case _:
            return part
