"""bpviz's own line icons, drawn in any colour and size from resources/icons."""

from functools import cache
from typing import Literal, get_args

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from bpviz.resources import resource_path
from bpviz.ui.style.theme import DARK, Theme

IconName = Literal[
    "brush",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "clock",
    "close",
    "download",
    "draw",
    "error",
    "eye",
    "fit",
    "fork",
    "fullscreen",
    "grid",
    "info",
    "lab",
    "layers",
    "minus",
    "moon",
    "open",
    "pause",
    "play",
    "plus",
    "reset",
    "save",
    "sliders",
    "step",
    "step-back",
    "sun",
    "target",
    "teach",
    "trash",
    "undo",
    "warning",
]
ICON_NAMES: tuple[IconName, ...] = get_args(IconName)

_DEVICE_RATIOS = (1.0, 1.25, 1.5, 2.0, 3.0)
_APP_ICON_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)
_LOGO_TOKENS = ("text", "activation", "weight_positive", "gradient_positive", "panel")


def icon(name: IconName, color: QColor, size_px: int) -> QIcon:
    """Return an icon in one colour, sharp on screens of every usual pixel ratio."""
    result = QIcon()
    for ratio in _DEVICE_RATIOS:
        result.addPixmap(icon_pixmap(name, color, size_px, ratio))
    return result


def icon_pixmap(name: IconName, color: QColor, size_px: int, device_ratio: float = 1.0) -> QPixmap:
    """Return an icon as a square pixmap of `size_px` logical pixels with a clear background."""
    svg = _svg(name).replace("currentColor", color.name())
    return _render(svg, size_px, size_px, device_ratio)


def logo_pixmap(theme: Theme, height_px: int, device_ratio: float = 1.0) -> QPixmap:
    """Return the bpviz mark, a network of four discs, 1.5 times as wide as high."""
    svg = _svg("logo")
    for token in _LOGO_TOKENS:
        svg = svg.replace(f"{{{token}}}", getattr(theme, token).name())
    return _render(svg, round(height_px * 1.5), height_px, device_ratio)


def app_icon() -> QIcon:
    """Return the icon of the application's windows in all usual sizes."""
    svg = _svg("app")
    for token in _LOGO_TOKENS:
        svg = svg.replace(f"{{{token}}}", getattr(DARK, token).name())
    result = QIcon()
    for size_px in _APP_ICON_SIZES_PX:
        result.addPixmap(_render(svg, size_px, size_px, 1.0))
    return result


@cache
def _svg(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


def _render(svg: str, width_px: int, height_px: int, device_ratio: float) -> QPixmap:
    pixmap = QPixmap(round(width_px * device_ratio), round(height_px * device_ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(device_ratio)
    return pixmap
