"""The one Qt style sheet of bpviz: what standard widgets and plain containers look like.

Containers and labels are painted by Qt's own C++ code from these rules, because what lies under a
view that changes every frame is painted as often as the view.
"""

from collections.abc import Callable

from PySide6.QtGui import QColor

from bpviz.ui.style.fonts import SANS
from bpviz.ui.style.theme import Theme, blend

PxFunction = Callable[[float], int]

SURFACE_PROPERTY = "surface"
"""Dynamic property of a QFrame that names its background, see `Surface`."""


def style_sheet(theme: Theme, px: PxFunction) -> str:
    """Return the style sheet of the whole application for a theme and a scale."""
    parts = (_surfaces, _notices, _labels, _scroll_bars, _menus, _tool_tips, _dialogs)
    return "\n".join(part(theme, px) for part in parts)


def _surfaces(theme: Theme, px: PxFunction) -> str:
    radius = px(10)
    return f"""
QFrame[surface="window"] {{ background: {theme.window.name()}; border: none; }}
QFrame[surface="bar"] {{ background: {theme.panel.name()}; border: none; }}
QFrame[surface="panel"] {{ background: {theme.panel.name()}; border: none; border-radius: {radius}px; }}
QFrame[surface="stage"] {{ background: {theme.stage.name()}; border: none; border-radius: {radius}px; }}
QFrame[surface="inset"] {{ background: {theme.inset.name()}; border: none; border-radius: {px(7)}px; }}
QFrame[surface="card"] {{
  background: {theme.control.name()}; border: 1px solid {theme.control_line.name()}; border-radius: {px(7)}px;
}}
QFrame[surface="line"] {{ background: {theme.line.name()}; border: none; }}
QFrame[surface="clear"] {{ background: transparent; border: none; }}"""


def _notices(theme: Theme, px: PxFunction) -> str:
    tints = {"info": theme.tertiary, "warning": theme.secondary, "error": theme.error}
    rules = (_notice(kind, tint, theme, px) for kind, tint in tints.items())
    return "\n".join(rules)


def _notice(kind: str, tint: QColor, theme: Theme, px: PxFunction) -> str:
    ground = blend(tint, theme.panel, 0.16 if theme.is_dark else 0.08)
    return f"""QFrame[notice="{kind}"] {{
  background: {ground.name()}; border: 1px solid {blend(tint, ground, 0.6).name()}; border-radius: {px(7)}px;
}}"""


def _labels(theme: Theme, px: PxFunction) -> str:
    return "QLabel { background: transparent; }"


def _scroll_bars(theme: Theme, px: PxFunction) -> str:
    width = px(10)
    handle = blend(theme.tertiary, theme.panel, 0.45).name()
    return f"""
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {width}px; }}
QScrollBar:horizontal {{ height: {width}px; }}
QScrollBar::handle {{ background: {handle}; border-radius: {width // 2 - 2}px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {px(28)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(28)}px; }}
QScrollBar::handle:hover {{ background: {theme.tertiary.name()}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}"""


def _menus(theme: Theme, px: PxFunction) -> str:
    ground = blend(theme.control, theme.panel, 0.6) if theme.is_dark else theme.control
    return f"""
QMenu {{
  background: {ground.name()}; color: {theme.text.name()}; border: 1px solid {theme.strong_line.name()};
  border-radius: {px(8)}px; padding: {px(4)}px; font-family: "{SANS}"; font-size: {px(13)}px;
}}
QMenu::item {{
  background: transparent; border-radius: {px(5)}px; padding: {px(6)}px {px(14)}px {px(6)}px {px(8)}px;
}}
QMenu::item:selected {{ background: {theme.control_hover.name()}; }}
QMenu::item:disabled {{ color: {theme.disabled.name()}; background: transparent; }}
QMenu::icon {{ padding-left: {px(6)}px; }}
QMenu::separator {{ height: 1px; background: {theme.line.name()}; margin: {px(4)}px {px(6)}px; }}"""


def _tool_tips(theme: Theme, px: PxFunction) -> str:
    ground = theme.control_hover if theme.is_dark else theme.text
    ink = theme.text if theme.is_dark else theme.on_ink
    return f"""
QToolTip {{
  background: {ground.name()}; color: {ink.name()}; border: 1px solid {theme.strong_line.name()};
  padding: {px(5)}px {px(8)}px; font-family: "{SANS}"; font-size: {px(12)}px; opacity: 255;
}}"""


def _dialogs(theme: Theme, px: PxFunction) -> str:
    field = f"""background: {theme.control.name()}; color: {theme.text.name()};
  border: 1px solid {theme.strong_line.name()}; border-radius: {px(6)}px;"""
    return f"""
QDialog, QMainWindow {{ background: {theme.window.name()}; }}
QDialog {{ background: {theme.panel.name()}; }}
QDialog QPushButton {{
  {field} min-height: {px(30)}px; padding: 0 {px(14)}px; font-weight: 600;
}}
QDialog QPushButton:hover {{ background: {theme.control_hover.name()}; }}
QDialog QPushButton:default {{ background: {theme.ink.name()}; color: {theme.on_ink.name()}; }}
QDialog QPushButton:focus {{ border: 2px solid {theme.tertiary.name()}; }}
QDialog QPushButton:disabled {{ color: {theme.disabled.name()}; }}
QDialog QLineEdit {{ {field} min-height: {px(24)}px; padding: 0 {px(8)}px; }}
QDialog QLineEdit:focus {{ border: 2px solid {theme.ink.name()}; }}
QProgressBar {{
  background: {theme.inset.name()}; border: none; border-radius: {px(3)}px; height: {px(6)}px;
}}
QProgressBar::chunk {{ background: {theme.ink.name()}; border-radius: {px(3)}px; }}"""
