"""The colours of bpviz: two sets of named tokens and the arithmetic that keeps them legible.

Chrome is black, white and grey. Every other colour stands for one kind of data, in every view.
"""

from dataclasses import dataclass, fields, replace

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour bpviz paints with, by its role.

    A name ending in `_text` is the same meaning as its stem, made strong enough to be read.
    Treat the colours as constants: `QColor` itself can be changed, these never are.
    """

    name: str
    is_dark: bool

    window: QColor
    stage: QColor
    panel: QColor
    control: QColor
    control_hover: QColor
    inset: QColor
    line: QColor
    strong_line: QColor
    control_line: QColor
    """Outline of a control at rest; the control's own colour where no outline is wanted."""

    text: QColor
    secondary: QColor
    tertiary: QColor
    disabled: QColor
    """Text of what cannot be used now: visibly weaker than all else, still readable (3:1)."""

    ink: QColor
    """Selection, focus and the one primary button: white on dark, black on light."""
    on_ink: QColor

    activation: QColor
    activation_text: QColor
    activation_negative: QColor
    weight_positive: QColor
    weight_positive_text: QColor
    weight_negative: QColor
    weight_negative_text: QColor
    gradient_positive: QColor
    gradient_positive_text: QColor
    gradient_negative: QColor
    gradient_negative_text: QColor
    error: QColor
    error_text: QColor
    weight_zero: QColor
    """Middle of the weight scale in weight images, where a weight is nothing."""


def _color(hex_digits: str) -> QColor:
    return QColor(f"#{hex_digits}")


DARK = Theme(
    name="dark",
    is_dark=True,
    window=_color("07080A"),
    stage=_color("0D0F13"),
    panel=_color("16181D"),
    control=_color("22252C"),
    control_hover=_color("2E323B"),
    inset=_color("0B0C10"),
    line=_color("2A2E37"),
    strong_line=_color("3A404B"),
    control_line=_color("22252C"),
    text=_color("F2F4F7"),
    secondary=_color("AEB6C2"),
    tertiary=_color("939CAA"),
    disabled=_color("747C89"),
    ink=_color("F7F8FA"),
    on_ink=_color("0B0C10"),
    activation=_color("FFEC6E"),
    activation_text=_color("FFEC6E"),
    activation_negative=_color("BFF7FF"),
    weight_positive=_color("3B7DFF"),
    weight_positive_text=_color("7FAEFF"),
    weight_negative=_color("F08C1A"),
    weight_negative_text=_color("FFA94D"),
    gradient_positive=_color("DDACFF"),
    gradient_positive_text=_color("DDACFF"),
    gradient_negative=_color("2BD4A6"),
    gradient_negative_text=_color("2BD4A6"),
    error=_color("EA2B4E"),
    error_text=_color("FF8B9E"),
    weight_zero=_color("1B1E25"),
)

LIGHT = Theme(
    name="light",
    is_dark=False,
    window=_color("D3D8E0"),
    stage=_color("FFFFFF"),
    panel=_color("F5F6F9"),
    control=_color("FFFFFF"),
    control_hover=_color("E9ECF1"),
    inset=_color("E7EAF0"),
    line=_color("DFE3EA"),
    strong_line=_color("C3CAD5"),
    control_line=_color("C3CAD5"),
    text=_color("10141A"),
    secondary=_color("394250"),
    tertiary=_color("545D6B"),
    disabled=_color("7D8591"),
    ink=_color("10141A"),
    on_ink=_color("FFFFFF"),
    activation=_color("FFC21A"),
    activation_text=_color("664700"),
    activation_negative=_color("002940"),
    weight_positive=_color("3A97EA"),
    weight_positive_text=_color("0A5096"),
    weight_negative=_color("C8690E"),
    weight_negative_text=_color("7D3D00"),
    gradient_positive=_color("7A1FB8"),
    gradient_positive_text=_color("6F1AA9"),
    gradient_negative=_color("067A68"),
    gradient_negative_text=_color("035747"),
    error=_color("B00F2A"),
    error_text=_color("930820"),
    weight_zero=_color("F0F1F4"),
)


def with_high_contrast(theme: Theme) -> Theme:
    """Return the theme for people who ask the system for more contrast.

    Every line becomes visible, every grey of text becomes full ink; data keeps its colours.
    """
    edge = theme.tertiary
    return replace(
        theme,
        name=f"{theme.name} high contrast",
        line=edge,
        strong_line=edge,
        control_line=edge,
        secondary=theme.text,
        tertiary=theme.text,
        disabled=theme.tertiary,
    )


def blend(foreground: QColor, background: QColor, share: float) -> QColor:
    """Return the opaque colour of `foreground` laid over `background` with opacity `share` (0…1).

    Opaque pens are several times faster than translucent ones, so views blend first.
    """
    share = min(1.0, max(0.0, share))
    return QColor(
        *(
            round(front * share + back * (1.0 - share))
            for front, back in zip(rgb(foreground), rgb(background), strict=True)
        )
    )


def rgb(color: QColor) -> tuple[int, int, int]:
    """Return red, green and blue as integers 0…255."""
    return color.red(), color.green(), color.blue()


def contrast(first: QColor, second: QColor) -> float:
    """Return the contrast ratio of two opaque colours, from 1 (equal) to 21 (black on white).

    References
    ----------
    WCAG 2.2, definitions of contrast ratio and relative luminance.
    """
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    red, green, blue = (_linear(channel / 255) for channel in rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def color_names() -> tuple[str, ...]:
    """Return the names of all colour tokens, in the order they are declared."""
    return tuple(field.name for field in fields(Theme) if field.name not in ("name", "is_dark"))
