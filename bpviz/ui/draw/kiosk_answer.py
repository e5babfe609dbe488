"""The answer in type as large as its place allows, legible from across a hall."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import DISPLAY, FontRole, make_font
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.kiosk_words import KioskWords

LEAST_SIGN_PX = 92
_LINE_OF_SIGN = 1.05
"""Height of the sign's line in its type size."""
_LONGEST_HEADLINE, _LONGEST_MORE = "Nothing drawn", "not sure, perhaps 9, 41.0 %"
_LARGEST_HEADLINE_PX, _LARGEST_MORE_PX = 88, 40


class KioskAnswer(QWidget):
    """Shows the words for a reading; sizes hang on its place alone, so nothing moves as they change."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_beside = False
        self._sign = _SizedLabel(source, "", FontRole.ANSWER)
        self._headline = _SizedLabel(source, "", FontRole.ANSWER_SHARE)
        self._more = _SizedLabel(source, "", FontRole.NUMBER, "secondary")
        for label in (self._sign, self._headline, self._more):
            label.setParent(self)

    @property
    def sign_text(self) -> str:
        """What stands in huge type."""
        return self._sign.text()

    @property
    def headline_text(self) -> str:
        """What stands in large type."""
        return self._headline.text()

    @property
    def more_text(self) -> str:
        """What stands in smaller type."""
        return self._more.text()

    @property
    def sign_px(self) -> int:
        """The type size of the sign."""
        return self._sign.font().pixelSize()

    def show_words(self, words: KioskWords) -> None:
        """Show other words."""
        self._sign.setText(words.sign)
        self._sign.set_tone("text" if words.is_sure else "tertiary")
        self._headline.setText(words.headline)
        self._more.setText(words.more)
        self.setAccessibleName(f"Answer: {words.sign}, {words.headline}, {words.more}")

    def set_words_beside(self, is_beside: bool) -> None:
        """Put the words beside the sign, as in a flat place, or below it."""
        self._is_beside = is_beside
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if self._is_beside:
            self._place_beside()
        else:
            self._place_below()

    def _place_beside(self) -> None:
        width, height = self.width(), self.height()
        sign_px = max(round(1.1 * height), LEAST_SIGN_PX)
        self._sign.set_type(sign_px, QFont.Weight.Bold)
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sign_width = round(0.36 * width)
        self._sign.setGeometry(0, -height // 4, sign_width, height + height // 2)
        words = QRect(sign_width, 0, width - sign_width, height)
        headline_px, more_px = self._fit_words(words.width(), Qt.AlignmentFlag.AlignLeft)
        top = (height - 1.25 * headline_px - 1.5 * more_px) / 2
        self._headline.setGeometry(words.x(), round(top), words.width(), round(1.25 * headline_px))
        below = round(top + 1.25 * headline_px)
        self._more.setGeometry(words.x(), below, words.width(), round(1.5 * more_px))

    def _place_below(self) -> None:
        width, height = self.width(), self.height()
        sign_px = max(min(round(1.5 * width), round(0.55 * height)), LEAST_SIGN_PX)
        self._sign.set_type(sign_px, QFont.Weight.Bold)
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        headline_px, more_px = self._fit_words(width, Qt.AlignmentFlag.AlignHCenter)
        sign_height = round(_LINE_OF_SIGN * sign_px)
        top = round((height - sign_height - 1.25 * headline_px - 1.5 * more_px) / 2)
        self._sign.setGeometry(0, top, width, sign_height)
        below = top + sign_height
        self._headline.setGeometry(0, below, width, round(1.25 * headline_px))
        self._more.setGeometry(0, below + round(1.25 * headline_px), width, round(1.5 * more_px))

    def _fit_words(self, width: int, side: Qt.AlignmentFlag) -> tuple[int, int]:
        """Size and align the lines so that the longest text there is fits; return their type sizes."""
        headline_px = min(_size_for(_LONGEST_HEADLINE, width), _LARGEST_HEADLINE_PX)
        more_px = min(_size_for(_LONGEST_MORE, width), _LARGEST_MORE_PX)
        self._headline.set_type(headline_px, QFont.Weight.DemiBold)
        self._more.set_type(more_px, QFont.Weight.Medium)
        for label in (self._headline, self._more):
            label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        return headline_px, more_px


class _SizedLabel(TextLabel):
    """A text label of any size."""

    _type: tuple[int, QFont.Weight] | None = None

    def set_type(self, size_px: int, weight: QFont.Weight) -> None:
        self._type = size_px, weight
        self._on_look_changed()

    def _on_look_changed(self) -> None:
        super()._on_look_changed()
        if self._type is not None:
            self.setFont(make_font(DISPLAY, *self._type))


def _size_for(text: str, width: int) -> int:
    """Return the type size at which the text is about as wide as this."""
    at_100 = QFontMetricsF(make_font(DISPLAY, 100, QFont.Weight.DemiBold)).horizontalAdvance(text)
    return max(int(96 * width / at_100), 1)
