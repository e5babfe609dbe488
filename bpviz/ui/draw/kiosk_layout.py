"""Where the parts of the stand's page lie, on a wide and on a tall screen; plain numbers."""

from dataclasses import dataclass

from PySide6.QtCore import QRect

_CANVAS_OF_WIDTH, _ANSWER_OF_WIDTH = 0.37, 0.18
_LARGER_CANVAS_OF_WIDTH, _ANSWER_PX = 0.42, 176
_BESIDE_FROM_PX = 1500
"""On a narrower screen the answer stands above the network, which has no room beside it for its tiles."""
_CANVAS_OF_HEIGHT, _ANSWER_OF_HEIGHT = 0.41, 0.15


@dataclass(frozen=True, slots=True)
class KioskLayout:
    """Rectangles in pixels of the page.

    Attributes
    ----------
    countdown
        The line under the clear button.
    caption, way_out
        The network's name and how to leave, in the lowest line.
    has_words_beside
        Whether the answer's words stand beside its large sign instead of below.
    """

    canvas: QRect
    clear: QRect
    countdown: QRect
    network: QRect
    answer: QRect
    caption: QRect
    way_out: QRect
    has_words_beside: bool


@dataclass(frozen=True, slots=True)
class _Lengths:
    margin: int
    gap: int = 20
    clear: int = 68
    line: int = 26
    between: int = 12

    def times(self, factor: float) -> "_Lengths":
        lengths = (self.margin, self.gap, self.clear, self.line, self.between)
        return _Lengths(*(round(length * factor) for length in lengths))


_LENGTHS = _Lengths(margin=24)


def kiosk_layout(width: int, height: int, factor: float) -> KioskLayout:
    """Return the layout of a page of this size; fixed lengths grow with the factor."""
    fixed = _LENGTHS.times(factor)
    if height > width:
        return _tall(width, height, fixed)
    if width >= _BESIDE_FROM_PX * factor:
        return _wide(width, height, fixed)
    return _stacked(width, height, fixed, round(_ANSWER_PX * factor))


def _canvas_at_left(share: float, width: int, height: int, fixed: _Lengths) -> tuple[QRect, QRect, QRect]:
    """Return canvas, clear button and countdown one below the other, in the middle of the height."""
    margin, line, between = fixed.margin, fixed.line, fixed.between
    below = between + fixed.clear + between // 2 + line
    side = min(round(share * width), height - 2 * margin - below)
    canvas = QRect(margin, (height - side - below) // 2, side, side)
    clear = QRect(margin, canvas.bottom() + 1 + between, side, fixed.clear)
    return canvas, clear, QRect(margin, clear.bottom() + 1 + between // 2, side, line)


def _stacked(width: int, height: int, fixed: _Lengths, answer_height: int) -> KioskLayout:
    margin, line = fixed.margin, fixed.line
    canvas, clear, countdown = _canvas_at_left(_LARGER_CANVAS_OF_WIDTH, width, height, fixed)
    left, foot = canvas.right() + 1 + fixed.gap, height - margin // 2 - line
    right_width, top = width - left - margin, margin + answer_height
    half = right_width // 2
    return KioskLayout(
        canvas,
        clear,
        countdown,
        network=QRect(left, top, right_width, foot - margin // 2 - top),
        answer=QRect(left, margin, right_width, answer_height),
        caption=QRect(left, foot, half, line),
        way_out=QRect(left + half, foot, right_width - half, line),
        has_words_beside=True,
    )


def _wide(width: int, height: int, fixed: _Lengths) -> KioskLayout:
    margin, line = fixed.margin, fixed.line
    canvas, clear, countdown = _canvas_at_left(_CANVAS_OF_WIDTH, width, height, fixed)
    answer_width = round(_ANSWER_OF_WIDTH * width)
    left = canvas.right() + 1 + fixed.gap
    foot = height - margin // 2 - line
    network_width = width - left - fixed.gap - answer_width - margin
    answer_left = width - margin - answer_width
    return KioskLayout(
        canvas,
        clear,
        countdown,
        QRect(left, margin // 2, network_width, foot - margin),
        QRect(answer_left, margin, answer_width, foot - 2 * margin),
        QRect(left, foot, network_width, line),
        QRect(answer_left, foot, answer_width, line),
        has_words_beside=False,
    )


def _tall(width: int, height: int, fixed: _Lengths) -> KioskLayout:
    margin, line, between = fixed.margin, fixed.line, fixed.between
    answer_height = round(_ANSWER_OF_HEIGHT * height)
    foot = height - margin // 2 - line
    countdown_top = foot - between // 2 - line
    clear_top = countdown_top - between // 2 - fixed.clear
    side = min(round(_CANVAS_OF_HEIGHT * height), width - 2 * margin)
    canvas = QRect((width - side) // 2, clear_top - between - side, side, side)
    network_top = margin + answer_height + fixed.gap // 2
    return KioskLayout(
        canvas,
        QRect(canvas.x(), clear_top, side, fixed.clear),
        QRect(canvas.x(), countdown_top, side, line),
        QRect(margin, network_top, width - 2 * margin, canvas.y() - fixed.gap - network_top),
        QRect(margin, margin, width - 2 * margin, answer_height),
        QRect(margin, foot, width // 2 - margin, line),
        QRect(width // 2, foot, width // 2 - margin, line),
        has_words_beside=True,
    )
