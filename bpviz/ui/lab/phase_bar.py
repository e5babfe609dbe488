"""The four phases of an iteration as arrows in a row; the chosen one is what the network view draws."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from bpviz.nn.network import Architecture
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.lab.phase_arrow import PhaseArrow
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.rate_meter import rate_text
from bpviz.viewmodel.run.steps import Position, share_of_phase

_SPACE_BEFORE_STATUS = 16
_WIDEST_STATUS = "● Running fast"
_WIDEST_RATE = rate_text(88_888.0)


class PhaseBar(QWidget):
    """`phase_chosen` tells which phase the user wants drawn; the status on the right is only shown.

    The status has one width whatever it says, so that the arrows never move; in a narrow window it
    is left out, for the run button says it too.
    """

    phase_chosen = Signal(Phase)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._group = QButtonGroup(self)
        self._arrows = {phase: PhaseArrow(source, phase) for phase in Phase}
        self._status = TextLabel(source, "", FontRole.VALUE)
        self._rate = TextLabel(source, "", FontRole.BODY, "secondary")
        self._lay_out()
        for index, arrow in enumerate(self._arrows.values()):
            self._group.addButton(arrow, index)
        self.set_phase(Phase.FORWARD)
        self._is_silent = False
        # Not `clicked`: the arrow keys check a button without clicking it.
        self._group.idToggled.connect(self._on_toggled)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def arrow(self, phase: Phase) -> QAbstractButton:
        """Return the button of one phase."""
        return self._arrows[phase]

    @property
    def status(self) -> str:
        """What is said of the run, as one text."""
        return f"{self._status.text()} {self._rate.text()}".strip()

    def set_phase(self, phase: Phase) -> None:
        """Show this phase as the chosen one; emits nothing."""
        self._is_silent = True
        self._arrows[phase].setChecked(True)
        self._is_silent = False

    def show_place(self, position: Position | None, architecture: Architecture) -> None:
        """Show how far an iteration stepped through has come; None for one that is shown whole."""
        phases = tuple(Phase)
        for phase, arrow in self._arrows.items():
            if position is None or phases.index(phase) < phases.index(position.phase):
                arrow.set_share(1.0)
            elif phase is position.phase:
                arrow.set_share(share_of_phase(position, architecture))
            else:
                arrow.set_share(0.0)

    def show_status(self, status: str, iterations_per_s: float | None) -> None:
        """Say what training is doing, and how fast while it runs."""
        text = status if iterations_per_s is None else f"● {status}"
        rate = "" if iterations_per_s is None else rate_text(iterations_per_s)
        if text != self._status.text():
            self._status.setText(text)
        if rate != self._rate.text():
            self._rate.setText(rate)
            self._rate.setVisible(bool(rate))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of_arrows(), self._arrows[Phase.FORWARD].minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for arrow in self._arrows.values():
            row.addWidget(arrow, 1)
        self.status_box = QWidget()
        column = QVBoxLayout(self.status_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self._status, self._rate):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            column.addWidget(label)
        row.addWidget(self.status_box)
        self._rate.hide()

    def _fit(self) -> None:
        """Leave out what there is no room for: the status, then the formulas, then the marks."""
        status = self.status_box.minimumWidth()
        has_status = self._width_of_arrows() + status <= self.width()
        self.status_box.setVisible(has_status)
        room = self.width() - (status if has_status else 0)
        # The same parts on all four, else they look unlike each other for no reason.
        has_formula = self._width_of_arrows(has_mark=True, has_formula=True) <= room
        has_mark = self._width_of_arrows(has_mark=True) <= room
        for arrow in self._arrows.values():
            arrow.show_parts(has_mark=has_mark, has_formula=has_formula)

    def _width_of_arrows(self, *, has_mark: bool = False, has_formula: bool = False) -> int:
        arrows = self._arrows.values()
        widest = max(arrow.width_for(has_mark=has_mark, has_formula=has_formula) for arrow in arrows)
        return widest * len(arrows)

    def _on_toggled(self, index: int, is_checked: bool) -> None:
        if is_checked and not self._is_silent:
            self.phase_chosen.emit(tuple(Phase)[index])

    def _on_look_changed(self) -> None:
        status = QFontMetricsF(self._source.font(FontRole.VALUE)).horizontalAdvance(_WIDEST_STATUS)
        rate = QFontMetricsF(self._source.font(FontRole.BODY)).horizontalAdvance(_WIDEST_RATE)
        space = self._source.px(_SPACE_BEFORE_STATUS)
        self.status_box.setFixedWidth(round(max(status, rate)) + 1 + space)
        self._fit()
