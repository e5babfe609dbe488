"""A drop-down field: one of several named choices."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetricsF, QIcon, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from bpviz.ui.controls.painting import control_box, field_fill, focus_ring, shows_focus, smooth
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.icons import icon, icon_pixmap
from bpviz.ui.style.theme_source import ThemeSource

_HEIGHT = 26
_WIDTH = 110
_RADIUS = 6
_PADDING = 8
_CHEVRON = 14
_CHECK = 14


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a `ChoiceField`; a `refusal` says why it cannot be taken now."""

    key: str
    label: str
    tip: str = ""
    refusal: str = ""


class ChoiceField(QAbstractButton):
    """Shows the choice taken and opens a list of all on click, Space, Enter or Alt+Down.

    Up and Down take the next choice that is not refused. `choice_changed(str)` gives the key the
    user took; `set_key` and `set_choices` are silent.
    """

    choice_changed = Signal(str)

    def __init__(
        self,
        source: ThemeSource,
        label: str,
        choices: Sequence[Choice],
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._label = label
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        # Without these the corners outside the rounded frame stay filled.
        self._menu.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self._menu.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        self._menu.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._menu.aboutToHide.connect(self.update)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_list)
        source.changed.connect(self._on_look_changed)
        self._choices: tuple[Choice, ...] = ()
        self.set_choices(choices, key)

    @property
    def key(self) -> str:
        """Key of the choice taken now."""
        return self._key

    @property
    def menu(self) -> QMenu:
        """The list that opens, its actions in the order of the choices."""
        return self._menu

    def set_choices(self, choices: Sequence[Choice], key: str = "") -> None:
        """Offer other choices and take `key`, or the first where it is not among them."""
        self._choices = tuple(choices)
        known = {choice.key for choice in choices}
        self._key = key if key in known else self._choices[0].key
        self._fill_menu()
        self._describe()

    def set_key(self, key: str) -> None:
        """Take a choice without telling anyone; `key` must be one of the choices."""
        if key not in {choice.key for choice in self._choices}:
            known = ", ".join(choice.key for choice in self._choices)
            raise ValueError(f"{self._label} has no choice {key!r}; it has {known}")
        self._key = key
        self._fill_menu()
        self._describe()

    def open_list(self) -> None:
        """Show the list of choices below the field."""
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._menu.setActiveAction(self._menu.actions()[self._index()])
        self.update()

    def sizeHint(self) -> QSize:
        px = self._source.px
        metrics = QFontMetricsF(self._source.font(FontRole.VALUE))
        widest = max((metrics.horizontalAdvance(choice.label) for choice in self._choices), default=0.0)
        wanted = round(widest) + 2 * px(_PADDING) + px(_CHEVRON + 4)
        return QSize(max(px(_WIDTH), wanted), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._source.px(_WIDTH * 0.6), self._source.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() in opens or (is_alt and event.key() == Qt.Key.Key_Down):
            self.open_list()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._take_neighbour(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._source.theme, self._source.px
        painter = smooth(QPainter(self))
        is_lit = self.underMouse() or self._menu.isVisible()
        fill = field_fill(theme, is_enabled=self.isEnabled(), is_hovered=is_lit)
        control_box(painter, self.rect(), px(_RADIUS), fill, theme.control_line)
        self._paint_text(painter)
        if shows_focus(self):
            focus_ring(painter, self.rect(), px(_RADIUS), theme.ink)
        painter.end()

    def _paint_text(self, painter: QPainter) -> None:
        theme, px = self._source.theme, self._source.px
        size = px(_CHEVRON)
        left = self.width() - px(_PADDING) - size + 2
        chevron = theme.secondary if self.isEnabled() else theme.disabled
        pixmap = icon_pixmap("chevron-down", chevron, size, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - size) // 2, pixmap)
        space = QRect(px(_PADDING), 0, left - px(_PADDING) - 2, self.height())
        painter.setFont(self._source.font(FontRole.VALUE))
        painter.setPen(theme.text if self.isEnabled() else theme.disabled)
        text = painter.fontMetrics().elidedText(
            self._choice().label, Qt.TextElideMode.ElideRight, space.width()
        )
        painter.drawText(space, Qt.AlignmentFlag.AlignVCenter, text)

    def _take_neighbour(self, direction: int) -> None:
        index = self._index() + direction
        while 0 <= index < len(self._choices):
            if not self._choices[index].refusal:
                self._take(self._choices[index].key)
                return
            index += direction

    def _take(self, key: str) -> None:
        if key != self._key:
            self.set_key(key)
            self.choice_changed.emit(key)

    def _fill_menu(self) -> None:
        self._menu.clear()
        size = self._source.px(_CHECK)
        blank = QPixmap(size, size)
        blank.fill(Qt.GlobalColor.transparent)
        check = icon("check", self._source.theme.text, size)
        for choice in self._choices:
            action = QAction(check if choice.key == self._key else QIcon(blank), choice.label, self._menu)
            action.setToolTip(choice.refusal or choice.tip)
            action.setEnabled(not choice.refusal)
            action.triggered.connect(lambda _=False, key=choice.key: self._take(key))
            self._menu.addAction(action)

    def _index(self) -> int:
        return next(index for index, choice in enumerate(self._choices) if choice.key == self._key)

    def _choice(self) -> Choice:
        return self._choices[self._index()]

    def _describe(self) -> None:
        self.setAccessibleName(f"{self._label}: {self._choice().label}")
        # The label too: a narrow field cuts it.
        self.setToolTip(self._choice().tip or self._choice().label)
        self.updateGeometry()
        self.update()

    def _on_look_changed(self) -> None:
        self._fill_menu()
        self.updateGeometry()
        self.update()
