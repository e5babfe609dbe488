"""Fonts and lengths the network is drawn with, read once from the theme source."""

from dataclasses import dataclass

from PySide6.QtGui import QFont

from bpviz.ui.style.fonts import SANS, FontRole, make_font
from bpviz.ui.style.theme import Theme
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.graph_geometry import Arrangement

_OUTPUT_PX = {Arrangement.LAB: (18, 15), Arrangement.DRAW: (28, 20), Arrangement.ERROR: (28, 20)}
"""Type sizes of the outputs' names and values."""


@dataclass(frozen=True, slots=True)
class StageStyle:
    """What static parts of the stage look like.

    Attributes
    ----------
    factor
        Scale of type and fixed lengths.
    digit_font, output_font
        Names and values of the outputs.
    """

    theme: Theme
    factor: float
    title_font: QFont
    label_font: QFont
    caption_font: QFont
    value_font: QFont
    digit_font: QFont
    output_font: QFont


def stage_style(source: ThemeSource, arrangement: Arrangement) -> StageStyle:
    """Return the style for the source's theme and scale."""
    factor = source.factor
    digit_px, output_px = _OUTPUT_PX[arrangement]
    bold, medium = QFont.Weight.DemiBold, QFont.Weight.Medium
    return StageStyle(
        theme=source.theme,
        factor=factor,
        title_font=source.font(FontRole.TITLE),
        label_font=source.font(FontRole.BODY),
        caption_font=source.font(FontRole.CAPTION),
        value_font=source.font(FontRole.VALUE),
        digit_font=make_font(SANS, digit_px * factor, bold),
        output_font=make_font(SANS, output_px * factor, medium),
    )
