"""The settings folded away: one icon for each group, so that network and inspector get the room."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.panel import Panel
from bpviz.ui.style.icons import IconName
from bpviz.ui.style.theme_source import ThemeSource

_WIDTH = 48
_GROUPS: tuple[tuple[IconName, str], ...] = (
    ("layers", "Network"),
    ("sliders", "Training"),
    ("grid", "Data"),
    ("eye", "View"),
)


class SettingsRail(Panel):
    """`unfold_requested` comes when any of the icons is clicked."""

    unfold_requested = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self._source = source
        self.buttons = tuple(
            Button(source, icon=icon, kind=ButtonKind.QUIET, tip=f"{name} settings") for icon, name in _GROUPS
        )
        self._column = QVBoxLayout(self)
        for button in self.buttons:
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            button.clicked.connect(self.unfold_requested)
        self._column.addStretch(1)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def _on_look_changed(self) -> None:
        px = self._source.px
        self.setFixedWidth(px(_WIDTH))
        self._column.setContentsMargins(0, px(10), 0, px(10))
        self._column.setSpacing(px(12))
