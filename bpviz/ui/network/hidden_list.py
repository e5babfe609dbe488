"""A list, opened from the "⋮" of a wide layer, of the neurons that are not drawn."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.hidden_neurons import HiddenNeurons

_SIZE_PX = (264, 320)
_ROW_PX = 24


class HiddenList(QFrame):
    """Names and activations over a part of its parent; a click or Enter chooses one, Escape none.

    It goes when the keyboard or a click goes elsewhere.
    """

    chosen = Signal(object)
    """The `NeuronPart` or `InputPart` of the row that was chosen."""

    def __init__(self, source: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._source = source
        self._room = parent
        self._content: HiddenNeurons | None = None
        self._title = TextLabel(source, "", FontRole.LABEL, "secondary")
        self._table = QTableWidget(0, 2, self)
        self._table.setAccessibleName("Neurons not drawn")
        self._table.setShowGrid(False)
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.horizontalHeader().setVisible(False)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.verticalHeader().setVisible(False)
        self._table.cellClicked.connect(self._choose)
        self._table.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self._title)
        layout.addWidget(self._table)
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def table(self) -> QTableWidget:
        """The rows: name and activation."""
        return self._table

    def open_at(self, place: QPoint, content: HiddenNeurons) -> None:
        """Show these neurons beside a point of the parent."""
        self._content = content
        self._title.setText(content.title)
        self._table.setRowCount(len(content.rows))
        for number, row in enumerate(content.rows):
            self._table.setItem(number, 0, QTableWidgetItem(row.name))
            value = QTableWidgetItem(row.value)
            value.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._table.setItem(number, 1, value)
        self._table.setCurrentCell(0, 0)
        self._table.scrollToTop()
        room, margin = self._room.size(), 4
        width, height = (self._source.px(side) for side in _SIZE_PX)
        self.resize(min(width, room.width() - 2 * margin), min(height, room.height() - 2 * margin))
        x = min(place.x(), room.width() - self.width() - margin)
        y = min(place.y(), room.height() - self.height() - margin)
        self.move(max(margin, x), max(margin, y))
        self.show()
        self.raise_()
        self._table.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self._table.currentRow())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        self.hide()
        self._room.setFocus()

    def _choose(self, row: int, _column: int = 0) -> None:
        content = self._content
        if content is not None and 0 <= row < len(content.rows):
            self._leave()
            self.chosen.emit(content.rows[row].part)

    def _on_theme_changed(self) -> None:
        theme, px = self._source.theme, self._source.px
        self._table.setFont(self._source.font(FontRole.BODY))
        self._table.verticalHeader().setDefaultSectionSize(px(_ROW_PX))
        self.setStyleSheet(
            f"HiddenList {{ background: {theme.panel.name()}; border: 1px solid {theme.tertiary.name()}; }}"
            f"QTableWidget {{ background: {theme.panel.name()}; color: {theme.text.name()}; border: none;"
            f" selection-background-color: {theme.ink.name()}; selection-color: {theme.on_ink.name()};"
            f" outline: none; }}"
        )
