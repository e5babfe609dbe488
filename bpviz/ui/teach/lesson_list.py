"""The lessons to choose from."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.panel import Panel, ScrollColumn
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.lesson_card import CardContent, LessonCard
from bpviz.ui.teach.teach_source import TeachSource

_COLUMNS, _EDGE, _GAP = 4, 22, 9
_ROWS_SEEN = 3
_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: _COLUMNS,
    Qt.Key.Key_Up: -_COLUMNS,
}


class LessonList(Panel):
    """Lives in the GUI thread.

    Signals
    -------
    lesson_chosen
        The id of a lesson.
    folder_requested
        The folder of the teacher's own lessons is to be opened.
    """

    lesson_chosen = Signal(str)
    folder_requested = Signal()

    def __init__(self, window_source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__("stage", parent)
        self.source = TeachSource(window_source, self)
        self.cards: list[LessonCard] = []
        self._title = TextLabel(self.source, "Lessons", FontRole.BIG_NUMBER)
        self._words = TextLabel(
            self.source, "Each one is an experiment with a real network.", FontRole.BODY, "secondary"
        )
        self._folder = Button(
            self.source,
            "Own lessons",
            icon="open",
            kind=ButtonKind.QUIET,
            tip="Open the folder in which lessons of your own are found",
        )
        self._folder.clicked.connect(self.folder_requested)
        self._lay_out()
        self.source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_lessons(self, lessons: Sequence[CardContent]) -> None:
        """Show these, in their order."""
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [LessonCard(self.source, content) for content in lessons]
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // _COLUMNS, place % _COLUMNS)
            card.clicked.connect(self._on_card_clicked)
        self._fit_rows()

    def focus_lesson(self, lesson_id: str) -> None:
        """Put the keyboard on the card of this lesson, or on the first."""
        found = [card for card in self.cards if card.content.id == lesson_id] or self.cards
        if found:
            found[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        places = [place for place, card in enumerate(self.cards) if card.hasFocus()]
        if step is not None and places:
            wanted = places[0] + step
            if 0 <= wanted < len(self.cards):
                self.cards[wanted].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and places:
            self.cards[places[0]].click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The bar above takes a share of the screen that a lesson has for itself.
        self.source.fit(event.size().width(), round(event.size().height() * 1.08))
        self._fit_rows()

    def _on_card_clicked(self) -> None:
        card = self.sender()
        if isinstance(card, LessonCard):
            self.lesson_chosen.emit(card.content.id)

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self._words)
        self._head.addStretch(1)
        self._head.addWidget(self._folder)
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        inner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._scroll = ScrollColumn(inner)
        self._column = QVBoxLayout(self)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._column.addLayout(self._head)
        self._column.addWidget(self._scroll, 1)

    def _fit_rows(self) -> None:
        """Make three rows fill the page; more of them scroll."""
        gap = self.source.px(_GAP)
        margins = self._column.contentsMargins()
        head = self._head.sizeHint().height() + self._column.spacing()
        # Not the scroll area's own height, which is laid out only after this.
        room = self.height() - margins.top() - margins.bottom() - head
        height = (room - (_ROWS_SEEN - 1) * gap) // _ROWS_SEEN
        for card in self.cards:
            card.setFixedHeight(max(height, card.minimumSizeHint().height()))

    def _on_look_changed(self) -> None:
        px = self.source.px
        self._column.setContentsMargins(px(_EDGE), px(14), px(_EDGE), px(_EDGE))
        self._column.setSpacing(px(14))
        self._head.setSpacing(px(12))
        self._grid.setSpacing(px(_GAP))
        self._fit_rows()
