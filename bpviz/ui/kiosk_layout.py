"""Where the parts of the stand's page lie, on a wide and on a tall screen; plain numbers."""

from dataclasses import dataclass

from PySide6.QtCore import QRect

_CANVAS_OF_WIDTH, _ANSWER_OF_WIDTH = 0.37, 0.18
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
    """

    canvas: QRect
    clear: QRect
    countdown: QRect
    network: QRect
    answer: QRect
    caption: QRect
    way_out: QRect
    is_tall: bool


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
    build = _tall if height > width else _wide
    return build(width, height, _LENGTHS.times(factor))


def _wide(width: int, height: int, fixed: _Lengths) -> KioskLayout:
    margin, line, between = fixed.margin, fixed.line, fixed.between
    below = between + fixed.clear + between // 2 + line
    side = min(round(_CANVAS_OF_WIDTH * width), height - 2 * margin - below)
    top = (height - side - below) // 2
    canvas = QRect(margin, top, side, side)
    answer_width = round(_ANSWER_OF_WIDTH * width)
    left = margin + side + fixed.gap
    foot = height - margin // 2 - line
    network_width = width - left - fixed.gap - answer_width - margin
    answer_left = width - margin - answer_width
    return KioskLayout(
        canvas,
        clear_rect := QRect(margin, canvas.bottom() + 1 + between, side, fixed.clear),
        QRect(margin, clear_rect.bottom() + 1 + between // 2, side, line),
        QRect(left, margin // 2, network_width, foot - margin),
        QRect(answer_left, margin, answer_width, foot - 2 * margin),
        QRect(left, foot, network_width, line),
        QRect(answer_left, foot, answer_width, line),
        is_tall=False,
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
        is_tall=True,
    )
