"""The scale of the tint on the ink: which colour speaks for a digit, which against, and how much."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.small_toggle import SmallToggle
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import DARK, blend, rgb
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.ink_saliency import InkSaliency, SaliencyMethod
from bpviz.viewmodel.drawing.occlusion import PATCH
from bpviz.viewmodel.network.color_scale import Ramp, ramp
from bpviz.viewmodel.words.number_format import NO_VALUE, significant

# The canvas is black in both themes, so the tint wears the dark theme's colours in both.
INK_COLORS: Ramp = ramp(
    rgb(DARK.gradient_negative), rgb(blend(DARK.secondary, DARK.inset, 0.36)), rgb(DARK.gradient_positive)
)
"""From wholly against through neutral to wholly for the digit."""

_STOPS = 17
_TIPS = {
    SaliencyMethod.GRADIENT: "Each pixel times the slope of the digit's weighted sum z for that pixel, "
    "back-propagated through the network. The ends are the strongest pixel of this drawing. "
    "Click to cover the ink patch by patch instead.",
    SaliencyMethod.OCCLUSION: f"What the digit's weighted sum z loses when the {PATCH} × {PATCH} pixels "
    "around a pixel are covered. The ends are the strongest patch of this drawing. "
    "Click for gradient × input instead.",
}
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class SaliencyLegend(QWidget):
    """Shows the colour scale of a drawing's saliency with its true ends.

    Signals
    -------
    method_changed
        The user wants what counts to be found in another way: `method`.
    """

    method_changed = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._against = TextLabel(source, "", FontRole.BODY, "secondary")
        self._for = TextLabel(source, "", FontRole.BODY, "secondary")
        self._lowest = TextLabel(source, "", FontRole.VALUE)
        self._highest = TextLabel(source, "", FontRole.VALUE)
        self.method_button = SmallToggle(source, "", _TIPS[SaliencyMethod.GRADIENT])
        self.method_button.clicked.connect(self._on_method_clicked)
        self._bar = QFrame()
        self._lay_out()
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_saliency(None)

    @property
    def text(self) -> str:
        """Everything the legend says, left to right."""
        labels = (self._against, self._lowest, self.method_button, self._for, self._highest)
        return " ".join(label.text() for label in labels)

    @property
    def method(self) -> SaliencyMethod:
        """How what counts is to be found."""
        is_occlusion = self.method_button.isChecked()
        return SaliencyMethod.OCCLUSION if is_occlusion else SaliencyMethod.GRADIENT

    def show_saliency(self, saliency: InkSaliency | None) -> None:
        """Name this saliency's digit and scale, or none while there is nothing to colour."""
        if saliency is None:
            texts = ("against", "for", NO_VALUE, NO_VALUE)
            self.method_button.setText(_formula(self.method, ""))
        else:
            end, digit = significant(saliency.scale, 2), str(saliency.digit)
            texts = (f"against {digit}", f"for {digit}", f"−{end}", f"+{end}")
            self.method_button.setText(_formula(saliency.method, digit))
        labels = (self._against, self._for, self._lowest, self._highest)
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
        grid.addWidget(self.method_button, 1, 1, Qt.AlignmentFlag.AlignHCenter)
        grid.addWidget(self._highest, 1, 2, right)
        grid.setColumnStretch(1, 1)

    def _on_method_clicked(self) -> None:
        self.method_button.setToolTip(_TIPS[self.method])
        self.method_changed.emit()

    def _on_theme_changed(self) -> None:
        height = self._source.px(8)
        self._bar.setFixedHeight(height)
        self._grid.setHorizontalSpacing(self._source.px(10))
        # As wide as the longer text: it must not jump with the method.
        metrics = QFontMetricsF(self._source.font(FontRole.LABEL))
        widest = max(metrics.horizontalAdvance(_formula(method, "8")) for method in SaliencyMethod)
        self.method_button.setFixedWidth(round(widest) + self._source.px(16))
        stops = ", ".join(
            f"stop:{index / (_STOPS - 1):.4f} rgb({red}, {green}, {blue})"
            for index, (red, green, blue) in enumerate(INK_COLORS.table(_STOPS).tolist())
        )
        self._bar.setStyleSheet(
            f"background: qlineargradient(x1:0, y1:0, x2:1, y2:0, {stops}); border-radius: {height // 2}px;"
        )


def _formula(method: SaliencyMethod, digit: str) -> str:
    z = f"z{digit.translate(_SUBSCRIPTS)}"
    if method is SaliencyMethod.OCCLUSION:
        return f"{z} lost if {PATCH} × {PATCH} is covered"
    return f"pixel × ∂{z}/∂pixel"
