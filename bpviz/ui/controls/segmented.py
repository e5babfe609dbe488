"""A row of joined choices of which exactly one is taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from bpviz.ui.controls.painting import fill_rounded, focus_ring, outline_rounded, shows_focus, smooth
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.icons import IconName, icon_pixmap
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource

_HEIGHT = 32
_RADIUS = 7
_INSET = 2
_PADDING = 9
_ICON_PADDING = 4
_ICON = 16
_GAP = 6


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice of a `SegmentedControl`."""

    label: str
    icon: IconName | None = None
    tip: str = ""


class SegmentedControl(QWidget):
    """Lets the user take one of a few choices; arrow keys move between them.

    `index_changed(int)` tells what the user took; `set_index` is silent.
    """

    index_changed = Signal(int)

    def __init__(
        self, source: ThemeSource, segments: Sequence[Segment], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._group = QButtonGroup(self)
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(0)
        for index, segment in enumerate(segments):
            button = _SegmentButton(source, segment, self)
            self._group.addButton(button, index)
            self._layout.addWidget(button)
        self._group.idToggled.connect(self._on_toggled)
        self.set_index(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def index(self) -> int:
        """The choice taken now."""
        return self._group.checkedId()

    def set_index(self, index: int) -> None:
        """Take a choice without telling anyone."""
        self._is_silent = True
        self._buttons[index].setChecked(True)
        self._is_silent = False

    def set_segment_enabled(self, index: int, is_enabled: bool, reason: str = "") -> None:
        """Offer a choice, or refuse it and say why on hover."""
        self._buttons[index].setEnabled(is_enabled)
        self._buttons[index].set_refusal("" if is_enabled else reason)

    def set_labels_visible(self, are_visible: bool) -> None:
        """Show words, or icons alone where room is short; segments without an icon keep their word."""
        for button in self._buttons:
            button.set_label_visible(are_visible)
        self.updateGeometry()

    def set_icons_visible(self, are_visible: bool) -> None:
        """Show icons beside the words, or words alone; an icon without its word stays."""
        for button in self._buttons:
            button.set_icon_visible(are_visible)
        self.updateGeometry()

    def button(self, index: int) -> QAbstractButton:
        """Return the button of a choice, for shortcuts and tests."""
        return self._buttons[index]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        fill_rounded(painter, self.rect(), self._source.px(_RADIUS), self._source.theme.inset)
        painter.end()

    @property
    def _buttons(self) -> list["_SegmentButton"]:
        return [button for button in self._group.buttons() if isinstance(button, _SegmentButton)]

    def _on_toggled(self, index: int, is_checked: bool) -> None:
        # Tab leads to the choice taken, and on from there past the others.
        policy = Qt.FocusPolicy.TabFocus if is_checked else Qt.FocusPolicy.NoFocus
        self._group.button(index).setFocusPolicy(policy)
        if is_checked and not self._is_silent:
            self.index_changed.emit(index)

    def _on_look_changed(self) -> None:
        inset = self._source.px(_INSET)
        self._layout.setContentsMargins(inset, inset, inset, inset)
        self.setFixedHeight(self._source.px(_HEIGHT))
        self.update()


class _SegmentButton(QAbstractButton):
    def __init__(self, source: ThemeSource, segment: Segment, parent: QWidget) -> None:
        super().__init__(parent)
        self._source = source
        self._segment = segment
        self._is_icon_visible = True
        self.setText(segment.label)
        self.setToolTip(segment.tip)
        self.setAccessibleName(segment.label or segment.tip)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        source.changed.connect(self._on_look_changed)

    def set_refusal(self, reason: str) -> None:
        self.setToolTip(reason or self._segment.tip)

    def set_label_visible(self, is_visible: bool) -> None:
        label = self._segment.label if is_visible or self._segment.icon is None else ""
        if label != self.text():
            self.setText(label)
            # Without its word the icon is named by a tip.
            self.setToolTip(self._segment.tip or ("" if is_visible else self._segment.label))
            self.updateGeometry()

    def set_icon_visible(self, is_visible: bool) -> None:
        if is_visible != self._is_icon_visible:
            self._is_icon_visible = is_visible
            self._on_look_changed()

    def sizeHint(self) -> QSize:
        # Room for the bold text always: taking a choice must not move its neighbours.
        padding = self._source.px(_PADDING if self.text() else _ICON_PADDING)
        width = self._content_width(FontRole.VALUE) + 2 * padding
        return QSize(round(width), self._source.px(_HEIGHT - 2 * _INSET))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, radius = self._source.theme, self._source.px(_RADIUS - _INSET + 1)
        if self.isChecked():
            fill_rounded(
                painter, self.rect(), radius, theme.control_hover if theme.is_dark else theme.control
            )
            outline_rounded(painter, self.rect(), radius, theme.strong_line)
        elif self.isEnabled() and self.underMouse():
            fill_rounded(painter, self.rect(), radius, blend(theme.control_hover, theme.inset, 0.5))
        self._paint_content(painter)
        if shows_focus(self):
            focus_ring(painter, self.rect(), radius, theme.ink)
        painter.end()

    def _paint_content(self, painter: QPainter) -> None:
        px = self._source.px
        role = FontRole.VALUE if self.isChecked() else FontRole.LABEL
        ink = self._ink()
        x = (self.width() - self._content_width(role)) / 2
        if self._segment.icon is not None and self._has_icon:
            size = px(_ICON)
            pixmap = icon_pixmap(self._segment.icon, ink, size, self.devicePixelRatioF())
            painter.drawPixmap(round(x), (self.height() - size) // 2, pixmap)
            x += size + px(_GAP)
        painter.setPen(ink)
        painter.setFont(self._source.font(role))
        painter.drawText(
            QRectF(x, 0, self.width() - x, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )

    @property
    def _has_icon(self) -> bool:
        return self._segment.icon is not None and (self._is_icon_visible or not self.text())

    def _ink(self) -> QColor:
        theme = self._source.theme
        if not self.isEnabled():
            return theme.disabled
        return theme.text if self.isChecked() or self.underMouse() else theme.secondary

    def _content_width(self, role: FontRole) -> float:
        px = self._source.px
        icon_width = 0 if not self._has_icon else px(_ICON) + (px(_GAP) if self.text() else 0)
        return icon_width + QFontMetricsF(self._source.font(role)).horizontalAdvance(self.text())

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
