"""Dresses the whole application in the theme: Qt style, palette, font and style sheet."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.style_sheet import style_sheet
from bpviz.ui.style.theme import Theme
from bpviz.ui.style.theme_source import ThemeSource


class Look(QObject):
    """Keeps an application dressed in a source's theme for as long as this object lives.

    Create it once, after `load_fonts` and before the first window; GUI thread only.
    """

    def __init__(self, app: QApplication, source: ThemeSource) -> None:
        super().__init__(source)
        self._app = app
        self._source = source
        # Fusion is the one style that looks the same on every system and obeys a palette fully.
        app.setStyle("Fusion")
        source.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        source = self._source
        self._app.setPalette(palette(source.theme))
        self._app.setFont(source.font(FontRole.BODY))
        self._app.setStyleSheet(style_sheet(source.theme, source.px))


def apply_look(app: QApplication, source: ThemeSource) -> Look:
    """Dress the application in the source's theme, now and after each of its changes."""
    return Look(app, source)


def palette(theme: Theme) -> QPalette:
    """Return Qt's palette in the theme's colours, the disabled looks included."""
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.control,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.tertiary,
        QPalette.ColorRole.Button: theme.control,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.ink,
        QPalette.ColorRole.ToolTipBase: theme.control_hover,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Highlight: theme.ink,
        QPalette.ColorRole.HighlightedText: theme.on_ink,
        QPalette.ColorRole.Accent: theme.ink,
        QPalette.ColorRole.Link: theme.weight_positive_text,
        QPalette.ColorRole.LinkVisited: theme.gradient_positive_text,
        QPalette.ColorRole.Light: theme.control_hover,
        QPalette.ColorRole.Midlight: theme.control_hover,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Dark: theme.strong_line,
        QPalette.ColorRole.Shadow: theme.window,
    }
    result = QPalette()
    for role, color in roles.items():
        result.setColor(role, color)
    _set_disabled(result, theme.disabled)
    return result


def _set_disabled(result: QPalette, color: QColor) -> None:
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, color)
