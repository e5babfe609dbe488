"""The lines of NumPy that compute what is looked at, one lit, with shapes and the engine's own line."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.ui.controls.painting import fill_rounded
from bpviz.ui.inspector.inspector_section import InspectorSection, Words
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import Theme, blend
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.code_lines import CodeListing
from bpviz.viewmodel.run.phases import Phase

_LINE = 20
_PADDING = 6
_INDENT = 12
_RADIUS = 7.0
_LEAST_SHARE = 0.75


class CodeView(InspectorSection):
    """Shows one `CodeListing` in the hue of its phase."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, "Code", parent)
        self._lines = _Lines(source)
        self._shapes = Words(source)
        self._engine = Words(source)
        self._difference = Words(source)
        for widget in (self._lines, self._shapes, self._engine, self._difference):
            self.add(widget)

    @property
    def lit(self) -> str:
        """The lit line."""
        listing = self._lines.listing
        return "" if listing is None else listing.lit_line.text

    def show_code(self, listing: CodeListing | None, phase: Phase) -> None:
        """Show other lines; None hides the section."""
        self.set_empty(listing is None)
        if listing is None:
            return
        line = listing.lit_line
        self.set_note(line.file)
        self._lines.show_listing(listing, phase)
        self._shapes.say(f"Shapes: {line.shapes}" if line.shapes else "")
        self._engine.say(f"There, in place: {line.engine}")
        self._difference.say(line.difference)


class _Lines(QWidget):
    """The box with the lines themselves."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__()
        self._source = source
        self._phase = Phase.FORWARD
        self.listing: CodeListing | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)

    def show_listing(self, listing: CodeListing, phase: Phase) -> None:
        self.listing, self._phase = listing, phase
        self.setAccessibleName("\n".join(line.text for line in listing.lines))
        self._on_look_changed()

    def sizeHint(self) -> QSize:
        count = 0 if self.listing is None else len(self.listing.lines)
        return QSize(self._source.px(200), count * self._source.px(_LINE) + 2 * self._source.px(_PADDING))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.listing is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, px = self._source.theme, self._source.px
        fill_rounded(painter, self.rect(), _RADIUS, theme.inset)
        hue = _hue(theme, self._phase)
        for place, line in enumerate(self.listing.lines):
            top = px(_PADDING) + place * px(_LINE)
            row = QRectF(px(4), top, self.width() - px(8), px(_LINE))
            is_lit = place == self.listing.lit
            if is_lit:
                painter.fillRect(row, blend(hue, theme.inset, 0.28 if theme.is_dark else 0.16))
                painter.fillRect(QRectF(row.left(), top, 3.0, row.height()), hue)
            painter.setPen(theme.text if is_lit else theme.secondary)
            self._write(painter, line.text, row.adjusted(px(_INDENT), 0, -2, 0))

    def _write(self, painter: QPainter, text: str, place: QRectF) -> None:
        """Write a line of code, narrower letters where it would not fit."""
        font = self._source.font(FontRole.CODE)
        width = QFontMetricsF(font).horizontalAdvance(text)
        if width > place.width():
            font = type(font)(font)
            share = max(_LEAST_SHARE, place.width() / width)
            font.setPixelSize(max(1, int(font.pixelSize() * share)))
        painter.setFont(font)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _on_look_changed(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()


def _hue(theme: Theme, phase: Phase) -> QColor:
    return {
        Phase.FORWARD: theme.activation,
        Phase.LOSS: theme.error,
        Phase.BACKWARD: theme.gradient_positive,
        Phase.UPDATE: theme.weight_positive,
    }[phase]
