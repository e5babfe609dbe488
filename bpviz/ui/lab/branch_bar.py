"""The branches of a run as named chips in a row, with the switch that races them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.training.branches import MAX_BRANCHES, BranchInfo
from bpviz.ui.controls.switch import Switch
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.lab.branch_chip import BranchChip
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

FULL_SENTENCE = "At most five are kept: drop one to fork again."

_HEIGHT = 36
_CAPTION_LEFT = 44
_CHIPS_LEFT = 168
_PADDING = 16
_SPACING = 6
_GAP = 16
_LEAST_CHIP = 120


class BranchBar(QWidget):
    """Shows the branches; hidden while there is only one, so that it takes no height then.

    Signals
    -------
    branch_selected
        Id of the branch to be shown.
    branch_renamed
        Id of a branch, and the name it shall have.
    branch_drop_requested
        Id of a branch that is no longer wanted.
    race_requested
        True to train all branches in turn, False to stop that.
    """

    branch_selected = Signal(int)
    branch_renamed = Signal(int, str)
    branch_drop_requested = Signal(int)
    race_requested = Signal(bool)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._ids: list[int] = []
        self._chips: list[BranchChip] = []
        self._caption = TextLabel(source, "Branches", FontRole.VALUE)
        self._full = TextLabel(source, FULL_SENTENCE, FontRole.BODY, "secondary")
        self._race = Switch(source, "Race")
        self._race.setToolTip("Train all branches in turn, so that they can be compared")
        self._race.clicked.connect(self.race_requested)
        self._lay_out()
        self._full.hide()
        self.hide()
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def race(self) -> Switch:
        """The switch that races the branches."""
        return self._race

    def chip(self, branch_id: int) -> BranchChip:
        """Return the chip of a branch."""
        return self._chips[self._ids.index(branch_id)]

    def show_branches(self, branches: Sequence[BranchInfo], styles: Sequence[int]) -> None:
        """Show these branches, each with the number of its line style."""
        while len(self._chips) < len(branches):
            self._add_chip()
        self._ids = [info.id for info in branches]
        names = {info.id: info.name for info in branches}
        for chip, info, style in zip(self._chips, branches, styles, strict=False):
            parent = "" if info.parent_id is None else names.get(info.parent_id, "")
            chip.show_branch(info, style, parent)
        for index, chip in enumerate(self._chips):
            chip.setVisible(index < len(branches))
        self.setVisible(len(branches) > 1)
        self._share_room()

    def set_racing(self, is_racing: bool) -> None:
        """Show whether the branches are raced; emits nothing."""
        self._race.setChecked(is_racing)

    def minimumSizeHint(self) -> QSize:
        # Names are cut before the window is made wider.
        return QSize(0, self._source.px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._caption)
        self._row.addStretch(1)
        self._row.addWidget(self._full)
        self._row.addSpacing(_GAP)
        self._row.addWidget(self._race)

    def _add_chip(self) -> None:
        chip, place = BranchChip(self._source), len(self._chips)
        chip.clicked.connect(lambda: self._on_chip_clicked(place))
        chip.renamed.connect(lambda name: self.branch_renamed.emit(self._ids[place], name))
        chip.drop_requested.connect(lambda: self.branch_drop_requested.emit(self._ids[place]))
        self._chips.append(chip)
        # After the caption and the chips before it.
        self._row.insertWidget(1 + place, chip)

    def _on_chip_clicked(self, place: int) -> None:
        if not self._chips[place].is_current:
            self.branch_selected.emit(self._ids[place])

    def _share_room(self) -> None:
        """Cut the longest names as far as caption, sentence and switch leave no room for them."""
        if not self._ids:
            return
        px, chips = self._source.px, self._chips[: len(self._ids)]
        fixed = px(_CHIPS_LEFT) + self._race.sizeHint().width() + px(_PADDING) + px(_GAP)
        room = self.width() - fixed - len(chips) * px(_SPACING)
        sentence = self._full.sizeHint().width() + px(_GAP) + px(_SPACING)
        # Where names would be cut to nothing the sentence is left to the fork button's hint.
        has_sentence = len(chips) >= MAX_BRANCHES and room - sentence >= len(chips) * px(_LEAST_CHIP)
        self._full.setVisible(has_sentence)
        if has_sentence:
            room -= sentence
        widest = _common_limit([chip.whole_width for chip in chips], room)
        for chip in chips:
            chip.set_room(widest)

    def _on_look_changed(self) -> None:
        px = self._source.px
        self.setFixedHeight(px(_HEIGHT))
        self._row.setContentsMargins(px(_CAPTION_LEFT), px(4), px(_PADDING), 0)
        self._row.setSpacing(px(_SPACING))
        self._caption.setFixedWidth(px(_CHIPS_LEFT - _CAPTION_LEFT) - px(_SPACING))
        self._share_room()


def _common_limit(widths: list[float], room: float) -> float:
    """Return the limit that, put on each of the widths, makes them fit together."""
    limit = room
    for n_left, width in zip(range(len(widths), 0, -1), sorted(widths), strict=True):
        limit = room / n_left
        if width > limit:
            break
        room -= width
        limit = width
    return max(1.0, limit)
