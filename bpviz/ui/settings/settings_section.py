"""A titled group of labelled rows, the building block of the settings panel."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.training.config import TrainingConfig
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

ConfigEdit = Callable[[TrainingConfig], TrainingConfig]
"""One change of a setting: takes the settings as they are, returns those wanted."""

_SIDE_PADDING = 16
_LABEL_WIDTH = 92
HEADING_HEIGHT = 20


class Density(Enum):
    """How close the rows stand; its value is (gap between rows, padding above and below) in px."""

    ROOMY = (6, 12)
    TIGHT = (4, 8)


class SettingsSection(QWidget):
    """A heading with a note at its right, and rows below."""

    def __init__(self, source: ThemeSource, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self._density = Density.ROOMY
        self._title = TextLabel(source, title, FontRole.HEADING)
        self._note = TextLabel(source, "", FontRole.BODY, "secondary")
        self.rows = QVBoxLayout(self)
        self._heading = QHBoxLayout()
        self._heading.setSpacing(6)
        self._heading.addWidget(self._title)
        self._heading.addStretch(1)
        self._heading.addWidget(self._note)
        self.rows.addLayout(self._heading)
        source.changed.connect(self._space_rows)
        self._space_rows()

    def set_note(self, note: str) -> None:
        """Show a short fact beside the heading."""
        self._note.setText(note)

    def add_to_heading(self, widget: QWidget) -> None:
        """Put something no higher than the heading at its right end."""
        self._heading.addWidget(widget)

    def set_density(self, density: Density) -> None:
        """Let the rows stand closer, or further apart."""
        if density is not self._density:
            self._density = density
            self._space_rows()

    def height_at(self, density: Density) -> int:
        """Return the height the rows shown now need at a density."""
        gap, padding = (self.source.px(size) for size in density.value)
        items = [item for item in map(self.rows.itemAt, range(self.rows.count())) if item is not None]
        heights = [item.sizeHint().height() for item in items if not item.isEmpty()]
        return sum(heights) + gap * (len(heights) - 1) + 2 * padding

    def add_row(self, label: str, field: QWidget) -> "SettingsRow":
        """Add a labelled field; return the row, which may be hidden."""
        row = SettingsRow(self.source, label, field, self)
        self.rows.addWidget(row)
        return row

    def _space_rows(self) -> None:
        px = self.source.px
        gap, padding = self._density.value
        self.rows.setSpacing(px(gap))
        self.rows.setContentsMargins(px(_SIDE_PADDING), px(padding), px(_SIDE_PADDING), px(padding))
        self._title.setFixedHeight(px(HEADING_HEIGHT))


class SettingsRow(QWidget):
    """A name at the left, in a column of one width, and its field."""

    def __init__(
        self, source: ThemeSource, label: str, field: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._name = TextLabel(source, label, FontRole.BODY, "secondary")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addWidget(self._name)
        self._line.addWidget(field, 1)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def label(self) -> str:
        """The name shown."""
        return self._name.text()

    def set_label(self, label: str) -> None:
        """Name the row differently."""
        self._name.setText(label)

    def add_end(self, widget: QWidget) -> None:
        """Put something small behind the field."""
        self._line.addWidget(widget)

    def _on_look_changed(self) -> None:
        self._name.setFixedWidth(self._source.px(_LABEL_WIDTH))
