"""The panel at the right: the curves of the run, the inspector or the results, behind tabs."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bpviz.ui.controls.painting import focus_ring, shows_focus, smooth
from bpviz.ui.controls.panel import Panel, Separator
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.style.type_scale import BASE_WIDTH_PX, WIDE_FACTOR, WIDE_WIDTH_PX

CHARTS_AT_1280, CHARTS_AT_1920 = 268, 380
_HEAD = 34
_PADDING, _GAP = 16, 18
_MARK = 2
_RING_SPACE = 6


class SidePanel(Panel):
    """Shows `charts` while training runs and `inspector` while it rests; the user may choose otherwise.

    `results` only come when the user asks for them, and stay while training begins.

    Parameters
    ----------
    inspector
        Fixes its own width, which this panel then takes; the others have that of the charts.

    Signals
    -------
    inspecting_changed
        Whether the inspector is shown now, whoever asked for it.
    """

    inspecting_changed = Signal(bool)

    def __init__(
        self,
        source: ThemeSource,
        charts: QWidget,
        inspector: QWidget,
        results: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("panel", parent)
        self._source = source
        self._inspector = inspector
        self._window_width = BASE_WIDTH_PX
        self.charts_tab = _Tab(source, "Charts", "Loss, accuracy and gradient norm of the run")
        self.inspector_tab = _Tab(source, "Inspector", "The numbers behind what is selected")
        self.results_tab = _Tab(source, "Results", "What the network misreads: confusion matrix and mistakes")
        self._was_inspecting = False
        self._tabs = QButtonGroup(self)
        self._pages = QStackedWidget()
        for widget in (charts, inspector, results):
            self._pages.addWidget(widget)
        self._lay_out()
        self._tabs.idToggled.connect(self._on_toggled)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def is_inspecting(self) -> bool:
        """Whether the inspector is shown."""
        return self.inspector_tab.isChecked()

    def set_inspecting(self, is_inspecting: bool) -> None:
        """Show the inspector, or the charts in its place."""
        if is_inspecting:
            self.inspector_tab.setChecked(True)
        elif self.is_inspecting:
            self.charts_tab.setChecked(True)

    def show_results(self) -> None:
        """Show the results."""
        self.results_tab.setChecked(True)

    def fit_width(self, window_width_px: int) -> None:
        """Take the width that suits a window of this width."""
        self._window_width = window_width_px
        self.setFixedWidth(self._inspector.minimumWidth() if self.is_inspecting else self._charts_width())

    def _charts_width(self) -> int:
        share = (self._window_width - BASE_WIDTH_PX) / (WIDE_WIDTH_PX - BASE_WIDTH_PX)
        width = CHARTS_AT_1280 + min(max(share, 0.0), 1.0) * (CHARTS_AT_1920 - CHARTS_AT_1280)
        # On still wider windows all texts grow, and the panel with them.
        return round(width * max(1.0, self._source.factor / WIDE_FACTOR))

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        for index, tab in enumerate((self.charts_tab, self.inspector_tab, self.results_tab)):
            self._tabs.addButton(tab, index)
            self._head.addWidget(tab)
        self._head.addStretch(1)
        self.charts_tab.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(Separator(Qt.Orientation.Horizontal))
        column.addWidget(self._pages, 1)

    def _on_toggled(self, index: int, is_checked: bool) -> None:
        if is_checked:
            self._pages.setCurrentIndex(index)
            self.fit_width(self._window_width)
            if self.is_inspecting is not self._was_inspecting:
                self._was_inspecting = self.is_inspecting
                self.inspecting_changed.emit(self.is_inspecting)

    def _on_look_changed(self) -> None:
        px = self._source.px
        self._head.setContentsMargins(px(_PADDING), 0, px(_PADDING), 0)
        self._head.setSpacing(px(_GAP))
        self.fit_width(self._window_width)


class _Tab(QAbstractButton):
    """A word over a line, which the chosen one wears in ink."""

    def __init__(self, source: ThemeSource, text: str, tip: str) -> None:
        super().__init__()
        self._source = source
        self.setText(text)
        self.setToolTip(tip)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        source.changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:
        # Room for the bold word always: taking one must not move the other.
        width = QFontMetricsF(self._source.font(FontRole.VALUE)).horizontalAdvance(self.text())
        return QSize(round(width) + 1, self._source.px(_HEAD))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._source.theme, self._source.px
        painter = smooth(QPainter(self))
        is_lit = self.isChecked() or self.underMouse()
        painter.setPen(theme.text if is_lit else theme.secondary)
        painter.setFont(self._source.font(FontRole.VALUE if self.isChecked() else FontRole.LABEL))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.isChecked():
            height = px(_MARK)
            painter.fillRect(QRectF(0, self.height() - height, self.width(), height), theme.ink)
        if shows_focus(self):
            space = px(_RING_SPACE)
            focus_ring(painter, QRectF(self.rect()).adjusted(0, space, 0, -space), px(4), theme.ink)
        painter.end()

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
