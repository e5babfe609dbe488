"""One sentence to the user inside the window, with a way out."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.icons import icon_pixmap
from bpviz.ui.style.theme_source import ThemeSource

NoticeKind = Literal["info", "warning", "error"]

_ICON = 18


@dataclass(frozen=True, slots=True)
class Notice:
    """What to tell: a sentence and, where something can be done, the words on its button."""

    kind: NoticeKind
    sentence: str
    action: str = ""


class NoticeBar(QFrame):
    """Shows one notice at a time and is hidden otherwise.

    `action_requested` and `dismissed` tell what the user did; both close the bar.
    """

    action_requested = Signal()
    dismissed = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._notice: Notice | None = None
        self._icon = QLabel(self)
        self._sentence = TextLabel(source, "", FontRole.LABEL)
        self._sentence.setWordWrap(True)
        self._action = Button(source)
        self._close = Button(source, icon="close", kind=ButtonKind.QUIET, tip="Dismiss")
        self._lay_out()
        self._action.clicked.connect(self._on_action)
        self._close.clicked.connect(self._on_close)
        source.changed.connect(self._on_look_changed)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is shown now."""
        return self._notice

    def show_notice(self, notice: Notice) -> None:
        """Tell the user; a notice already there gives way."""
        self._notice = notice
        self._sentence.setText(notice.sentence)
        self._action.setText(notice.action)
        self._action.setVisible(bool(notice.action))
        self.setAccessibleName(notice.sentence)
        self.setProperty("notice", notice.kind)
        # Qt reads style rules for a dynamic property only when asked.
        self.style().unpolish(self)
        self.style().polish(self)
        self._on_look_changed()
        self.show()

    def clear(self) -> None:
        """Close the bar without a signal."""
        self._notice = None
        self.hide()

    def clear_news(self) -> None:
        """Close the bar if it neither warns nor offers anything."""
        if self._notice is not None and self._notice.kind == "info" and not self._notice.action:
            self.clear()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)

    def _on_action(self) -> None:
        self.clear()
        self.action_requested.emit()

    def _on_close(self) -> None:
        self.clear()
        self.dismissed.emit()

    def _on_look_changed(self) -> None:
        if self._notice is None:
            return
        theme = self._source.theme
        ink = theme.error_text if self._notice.kind == "error" else theme.text
        size = self._source.px(_ICON)
        self._icon.setPixmap(icon_pixmap(self._notice.kind, ink, size, self.devicePixelRatioF()))
