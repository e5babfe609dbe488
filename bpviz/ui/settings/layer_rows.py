"""Rows of the network's layers: what the data decide is said, the hidden layers are edited."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.number_range import NumberRange
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.settings.settings_section import SettingsRow, SettingsSection
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

_SIZES = NumberRange(1, 1024, is_integer=True, is_log=True)
_FIELD_HEIGHT = 26
_FIXED_HEIGHT = 20
_FIELD_PADDING = 8


class FixedLayer(QWidget):
    """A layer's size and a word about it, neither of which can be edited; no box, for that reason."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._size = TextLabel(source, "", FontRole.VALUE)
        self._detail = TextLabel(source, "", FontRole.BODY, "secondary")
        self._line = QHBoxLayout(self)
        self._line.addWidget(self._size)
        self._line.addStretch(1)
        self._line.addWidget(self._detail)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_layer(self, size: str, detail: str) -> None:
        """Show this size, and what the layer is."""
        self._size.setText(size)
        self._detail.setText(detail)

    @property
    def text(self) -> str:
        """What is shown, as one text."""
        return f"{self._size.text()} {self._detail.text()}".rstrip()

    def _on_look_changed(self) -> None:
        padding = self._source.px(_FIELD_PADDING)
        self._line.setContentsMargins(padding, 0, padding, 0)
        self.setFixedHeight(self._source.px(_FIXED_HEIGHT))


class HiddenLayers(QObject):
    """The rows of the hidden layers in a section: of each its size, and a button that takes it away.

    `sizes_changed(tuple)` tells the sizes the user wants. Rows are made when first needed and only
    hidden afterwards, so that a field keeps the keyboard while others come and go.
    """

    sizes_changed = Signal(tuple)

    def __init__(self, section: SettingsSection, above: SettingsRow) -> None:
        super().__init__(section)
        self._section = section
        self._above = above
        self._rows: list[_HiddenRow] = []
        self._count = 0
        # The first one now: Tab goes through widgets in the order of their making.
        self._add_row()
        self.show_sizes(())

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons of each layer, as the fields show them."""
        return tuple(int(field.value) for field in self.fields)

    @property
    def fields(self) -> tuple[NumberField, ...]:
        """The size fields, from the input on."""
        return tuple(row.field for row in self._rows[: self._count])

    @property
    def removers(self) -> tuple[Button, ...]:
        """The buttons that take a layer away, from the input on."""
        return tuple(row.remove for row in self._rows[: self._count])

    def show_sizes(self, sizes: tuple[int, ...]) -> None:
        """Show these layers; emits nothing."""
        while len(self._rows) < len(sizes):
            self._add_row()
        self._count = len(sizes)
        for index, row in enumerate(self._rows):
            row.setVisible(index < self._count)
        for number, (row, size) in enumerate(zip(self._rows, sizes, strict=False), start=1):
            row.show_layer("Hidden" if len(sizes) == 1 else f"Hidden {number}", size)

    def _add_row(self) -> None:
        index = len(self._rows)
        row = _HiddenRow(self._section.source, self._section)
        row.field.value_committed.connect(lambda _: self.sizes_changed.emit(self.sizes))
        row.remove.clicked.connect(lambda: self._on_removed(index))
        above = self._rows[-1] if self._rows else self._above
        self._section.rows.insertWidget(self._section.rows.indexOf(above) + 1, row)
        if self._rows:
            QWidget.setTabOrder(self._rows[-1].remove, row.field)
            QWidget.setTabOrder(row.field, row.remove)
        self._rows.append(row)

    def _on_removed(self, index: int) -> None:
        self.sizes_changed.emit(self.sizes[:index] + self.sizes[index + 1 :])


class _HiddenRow(SettingsRow):
    def __init__(self, source: ThemeSource, parent: QWidget) -> None:
        self.field = NumberField(source, "Neurons of hidden layer", _SIZES, 1)
        self.remove = Button(source, icon="close", kind=ButtonKind.QUIET)
        super().__init__(source, "", self.field, parent)
        self.add_end(self.remove)

    def show_layer(self, name: str, size: int) -> None:
        self.set_label(name)
        self.field.set_label(f"Neurons of {name.lower()} layer")
        self.field.set_limits(_SIZES.holding(size))
        self.field.set_value(size)
        self.remove.set_tip(f"Remove {name.lower()} layer")

    def _on_look_changed(self) -> None:
        super()._on_look_changed()
        side = self._source.px(_FIELD_HEIGHT)
        self.remove.setFixedSize(side, side)
