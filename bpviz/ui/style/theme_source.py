"""The one object that tells every widget which theme and size it is shown in, and how much may move."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication

from bpviz.ui.style.fonts import FontRole, role_font
from bpviz.ui.style.theme import DARK, LIGHT, Theme, with_high_contrast


class ThemeChoice(StrEnum):
    """What the user asked for; SYSTEM follows the desktop while bpviz runs."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class ThemeSource(QObject):
    """Holds the current theme and scale factor; passed to every widget, never global.

    Belongs to the GUI thread. A widget reads `theme`, `px` and `font` when it builds itself and
    again on each `changed`.
    """

    changed = Signal()
    """The theme or the scale factor is another one now, or motion is reduced or not."""

    def __init__(self, choice: ThemeChoice = ThemeChoice.SYSTEM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._factor = 1.0
        self._is_motion_reduced = False
        # Both kept: PySide declares the inner object deleted once the Python name of the outer is gone.
        self._hints = QGuiApplication.styleHints()
        self._accessibility = self._hints.accessibility()
        self._system_scheme = self._hints.colorScheme()
        self._high_contrast = self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast
        self._theme = self._resolve()
        self._hints.colorSchemeChanged.connect(self._on_system_scheme_changed)
        self._accessibility.contrastPreferenceChanged.connect(self._on_system_contrast_changed)

    @property
    def theme(self) -> Theme:
        """The colours to paint with now."""
        return self._theme

    @property
    def choice(self) -> ThemeChoice:
        """What the user asked for."""
        return self._choice

    @property
    def factor(self) -> float:
        """The scale of type and controls: 1.0 at a window 1280 px wide."""
        return self._factor

    @property
    def is_motion_reduced(self) -> bool:
        """Whether pictures change at once and seldom, instead of moving."""
        return self._is_motion_reduced

    def px(self, size: float) -> int:
        """Return a length given for scale 1.0 in whole pixels of the present scale, at least 1."""
        return max(1, round(size * self._factor))

    def font(self, role: FontRole) -> QFont:
        """Return the font of a text role at the present scale."""
        return role_font(role, self._factor)

    def set_choice(self, choice: ThemeChoice) -> None:
        """Show in the chosen theme from now on."""
        self._choice = choice
        self._refresh()

    def set_factor(self, factor: float) -> None:
        """Show at another scale from now on; see `bpviz.ui.style.type_scale.scale_factor`."""
        if factor != self._factor:
            self._factor = factor
            self.changed.emit()

    def set_reduced_motion(self, is_on: bool) -> None:
        """Let pictures change at once and seldom from now on, or move."""
        if is_on != self._is_motion_reduced:
            self._is_motion_reduced = is_on
            self.changed.emit()

    def set_high_contrast(self, is_on: bool) -> None:
        """Show with stronger lines and text, whatever the system says."""
        self._high_contrast = is_on
        self._refresh()

    def _resolve(self) -> Theme:
        theme = DARK if self._is_dark() else LIGHT
        return with_high_contrast(theme) if self._high_contrast else theme

    def _is_dark(self) -> bool:
        if self._choice is ThemeChoice.SYSTEM:
            # Unknown (bare X, offscreen) counts as dark: the theme bpviz was drawn in first.
            return self._system_scheme != Qt.ColorScheme.Light
        return self._choice is ThemeChoice.DARK

    def _refresh(self) -> None:
        theme = self._resolve()
        if theme != self._theme:
            self._theme = theme
            self.changed.emit()

    def _on_system_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._system_scheme = scheme
        self._refresh()

    def _on_system_contrast_changed(self, preference: Qt.ContrastPreference) -> None:
        self.set_high_contrast(preference == Qt.ContrastPreference.HighContrast)
