"""How much room texts take in each font; Qt is asked once for every text."""

import math
from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF

from bpviz.ui.style.fonts import FontRole, role_font

_MOST_TEXTS = 1024
ELLIPSIS = "…"


class TextMetrics:
    """Sizes of single lines in one font.

    Each call into Qt lets go of the interpreter lock, which a training thread then holds for a while; what
    is drawn several times a second therefore asks here.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self._widths: dict[str, float] = {}
        self.height = float(math.ceil(self._metrics.height()))
        self.ascent = self._metrics.ascent()
        self.cap_height = self._metrics.capHeight()

    def width(self, text: str) -> float:
        """Return the width of a text in pixels."""
        known = self._widths.get(text)
        if known is None:
            if len(self._widths) >= _MOST_TEXTS:
                self._widths.clear()
            known = self._widths[text] = self._metrics.horizontalAdvance(text)
        return known

    def elided(self, text: str, room: float) -> str:
        """Return the text, its end cut off with an ellipsis if it is wider than `room`."""
        if self.width(text) <= room:
            return text
        for n in range(len(text) - 1, 0, -1):
            shorter = text[:n].rstrip() + ELLIPSIS
            if self.width(shorter) <= room:
                return shorter
        return ELLIPSIS


@lru_cache(maxsize=128)
def text_metrics(role: FontRole, factor: float) -> TextMetrics:
    """Return the sizes of texts of a role at a scale."""
    return TextMetrics(role_font(role, factor))
