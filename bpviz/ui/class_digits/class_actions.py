"""What can be done with the collection: files, pictures, testing and training."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.style.theme_source import ThemeSource

_EMPTY = "Draw some digits first."


@dataclass(frozen=True, slots=True)
class _Entry:
    text: str
    tip: str
    act: Callable[[], None]
    needs_digits: bool = False


class ClassActions(QWidget):
    """A row of buttons; each says what is wanted.

    Signals
    -------
    save_requested, open_requested, merge_requested, export_requested, import_requested, new_requested
        As the buttons say.
    test_requested
        The run in the Lab is to be tested with the class's digits.
    training_requested
        The canvas's network is to learn from them: True together with the pen model's digits.
    """

    save_requested = Signal()
    open_requested = Signal()
    merge_requested = Signal()
    export_requested = Signal()
    import_requested = Signal()
    new_requested = Signal()
    test_requested = Signal()
    training_requested = Signal(bool)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._create()
        self._lay_out()
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.set_has_digits(False)

    def set_has_digits(self, has_digits: bool) -> None:
        """Offer what needs digits, or say on hover why it is not offered."""
        tips = (
            (self.save, "Save all digits to a file: one line of text each"),
            (self.test, "The network in the Lab keeps its weights and is tested with these digits"),
            (self.train, "The canvas's network goes on learning, from these digits"),
        )
        for button, tip in tips:
            button.setEnabled(has_digits)
            button.set_tip(tip if has_digits else _EMPTY)
        for action in self._needing_digits:
            action.setEnabled(has_digits)

    def _create(self) -> None:
        source = self._source
        self.save = Button(source, "Save…", icon="save")
        self.open = Button(source, "Open…", icon="open", tip="Show another collection; this one is put aside")
        self.more = Button(source, "More", icon="chevron-down", tip="Merge, pictures, a new collection")
        self.test = Button(source, "Use as test set", icon="target")
        self.train = Button(source, "Train on them", icon="chevron-down")
        self._needing_digits: list[QAction] = []
        self.more_menu = self._menu(
            self.more,
            (
                _Entry("Merge a file…", "Add another file's digits, each once", self.merge_requested.emit),
                _Entry("Import pictures…", "Add a folder of PNGs or JPEGs", self.import_requested.emit),
                _Entry("Export pictures…", "A folder of 28 × 28 PNGs", self.export_requested.emit, True),
                _Entry("New collection", "These digits are put aside", self.new_requested.emit, True),
            ),
        )
        self.train_menu = self._menu(
            self.train,
            (
                _Entry(
                    "On these digits alone",
                    "Every batch holds digits of the class only",
                    lambda: self.training_requested.emit(False),
                ),
                _Entry(
                    "On these and the pen model's",
                    "A quarter of every epoch are the class's digits, repeated",
                    lambda: self.training_requested.emit(True),
                ),
            ),
        )

    def _menu(self, button: Button, entries: tuple[_Entry, ...]) -> QMenu:
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        # Without these the corners outside the rounded frame stay filled.
        menu.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        menu.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        menu.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        for entry in entries:
            action = menu.addAction(entry.text)
            action.setToolTip(entry.tip)
            action.triggered.connect(lambda _=False, act=entry.act: act())
            if entry.needs_digits:
                self._needing_digits.append(action)
        button.clicked.connect(lambda: _open_above(menu, button))
        return menu

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for button in (self.save, self.open, self.more):
            self._row.addWidget(button)
        self._row.addStretch(1)
        for button in (self.test, self.train):
            self._row.addWidget(button)
        self.train.set_kind(ButtonKind.PRIMARY)
        for button, request in ((self.save, self.save_requested), (self.open, self.open_requested)):
            button.clicked.connect(request)
        self.test.clicked.connect(self.test_requested)

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._source.px(6))


def _open_above(menu: QMenu, button: Button) -> None:
    # The row stands at the foot of the window: below it there is no room.
    menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 2)))
