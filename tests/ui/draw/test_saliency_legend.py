"""The legend of the tint says its true scale."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bpviz.ui.draw.saliency_legend import INK_COLORS, SaliencyLegend
from bpviz.ui.style.theme import DARK, rgb
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.ink_saliency import InkSaliency


@pytest.fixture
def legend(qtbot: QtBot, source: ThemeSource) -> SaliencyLegend:
    legend = SaliencyLegend(source)
    qtbot.addWidget(legend)
    legend.resize(400, 40)
    legend.show()
    return legend


@pytest.mark.parametrize(("scale", "text"), [(0.1834, "0.18"), (2.5, "2.5"), (0.00271, "0.0027")])
def test_it_names_the_digit_and_the_ends_of_the_scale(
    legend: SaliencyLegend, scale: float, text: str
) -> None:
    legend.show_saliency(InkSaliency(7, np.zeros((28, 28)), scale))
    assert legend.text == f"against 7 −{text} pixel × ∂z₇/∂pixel for 7 +{text}"


def test_without_a_saliency_it_says_no_numbers(legend: SaliencyLegend) -> None:
    legend.show_saliency(InkSaliency(7, np.zeros((28, 28)), 0.2))
    legend.show_saliency(None)
    assert not any(character.isdigit() for character in legend.text)


def test_the_bar_runs_from_against_to_for_in_the_colours_of_the_ink(legend: SaliencyLegend) -> None:
    legend.show_saliency(InkSaliency(7, np.zeros((28, 28)), 0.2))
    image = legend.grab().toImage()
    row = [image.pixelColor(x, 9) for x in range(400)]
    np.testing.assert_allclose(rgb(max(row[:200], key=lambda c: c.saturation())), INK_COLORS.at(0.0), atol=12)
    purple = max(row[200:], key=lambda c: c.lightness() if c.saturation() > 40 else 0)
    np.testing.assert_allclose(rgb(purple), rgb(DARK.gradient_positive), atol=12)
