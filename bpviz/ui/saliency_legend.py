"""The scale of the tint on the ink: which colour speaks for a digit, which against, and how much."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.fonts import FontRole
from bpviz.ui.theme import DARK, blend, rgb
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.color_scale import Ramp, ramp
from bpviz.viewmodel.ink_saliency import InkSaliency
from bpviz.viewmodel.number_format import NO_VALUE, significant

# The canvas is black in both themes, so the tint wears the dark theme's colours in both.
INK_COLORS: Ramp = ramp(
    rgb(DARK.gradient_negative), rgb(blend(DARK.secondary, DARK.inset, 0.36)), rgb(DARK.gradient_positive)
)
"""From wholly against through neutral to wholly for the digit."""

_STOPS = 17
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class SaliencyLegend(QWidget):
    """Shows the colour scale of a drawing's saliency with its true ends."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._against = TextLabel(source, "", FontRole.BODY, "secondary")
        self._for = TextLabel(source, "", FontRole.BODY, "secondary")
        self._lowest = TextLabel(source, "", FontRole.VALUE)
        self._highest = TextLabel(source, "", FontRole.VALUE)
        self._formula = TextLabel(source, "", FontRole.BODY, "secondary")
        self._bar = QFrame()
        self._lay_out()
        self.setToolTip(
            "Each pixel times the slope of the digit's weighted sum z for that pixel, back-propagated "
            "through the network. The ends are the strongest pixel of this drawing."
        )
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_saliency(None)

    @property
    def text(self) -> str:
        """Everything the legend says, left to right."""
        labels = (self._against, self._lowest, self._formula, self._for, self._highest)
        return " ".join(label.text() for label in labels)

    def show_saliency(self, saliency: InkSaliency | None) -> None:
        """Name this saliency's digit and scale, or none while there is nothing to colour."""
        if saliency is None:
            texts = ("against", "for", NO_VALUE, NO_VALUE, "pixel × ∂z/∂pixel")
        else:
            end, digit = significant(saliency.scale, 2), str(saliency.digit)
            formula = f"pixel × ∂z{digit.translate(_SUBSCRIPTS)}/∂pixel"
            texts = (f"against {digit}", f"for {digit}", f"−{end}", f"+{end}", formula)
        labels = (self._against, self._for, self._lowest, self._highest, self._formula)
        for label, text in zip(labels, texts, strict=True):
            label.setText(text)

    def _lay_out(self) -> None:
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._against, 0, 0, left)
        grid.addWidget(self._bar, 0, 1, middle)
        grid.addWidget(self._for, 0, 2, right)
        grid.addWidget(self._lowest, 1, 0, left)
        grid.addWidget(self._formula, 1, 1, Qt.AlignmentFlag.AlignHCenter)
        grid.addWidget(self._highest, 1, 2, right)
        grid.setColumnStretch(1, 1)

    def _on_theme_changed(self) -> None:
        height = self._source.px(8)
        self._bar.setFixedHeight(height)
        self._grid.setHorizontalSpacing(self._source.px(10))
        stops = ", ".join(
            f"stop:{index / (_STOPS - 1):.4f} rgb({red}, {green}, {blue})"
            for index, (red, green, blue) in enumerate(INK_COLORS.table(_STOPS).tolist())
        )
        self._bar.setStyleSheet(
            f"background: qlineargradient(x1:0, y1:0, x2:1, y2:0, {stops}); border-radius: {height // 2}px;"
        )
