"""The colours can be read, told apart, and are blended without translucency."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from bpviz.ui.style.theme import DARK, LIGHT, Theme, blend, color_names, contrast, rgb, with_high_contrast

THEMES = [DARK, LIGHT, with_high_contrast(DARK), with_high_contrast(LIGHT)]
GROUNDS = ("window", "stage", "panel", "control", "control_hover", "inset")
READ_ON = ("stage", "panel")
READ = [name for name in color_names() if name in ("text", "secondary") or name.endswith("_text")]
DATA = (
    "activation",
    "activation_negative",
    "weight_positive",
    "weight_negative",
    "gradient_positive",
    "gradient_negative",
    "error",
)
# Severity 1.0 of Machado, Oliveira & Fernandes, "A Physiologically-based Model for Simulation of
# Color Vision Deficiency" (2009), on linear RGB.
SIGHTS = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ_OF_RGB = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def lab(color: QColor, sight: NDArray[np.float64]) -> NDArray[np.float64]:
    encoded = np.array(rgb(color)) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    ratio = XYZ_OF_RGB @ np.clip(sight @ linear, 0, 1) / WHITE
    x, y, z = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_is_legible_on_every_ground(theme: Theme, ground: str) -> None:
    weak = {
        name: round(contrast(getattr(theme, name), getattr(theme, ground)), 2) for name in [*READ, "tertiary"]
    }
    assert {name: ratio for name, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", READ_ON)
def test_what_must_be_read_has_seven_to_one(theme: Theme, ground: str) -> None:
    ratios = {name: round(contrast(getattr(theme, name), getattr(theme, ground)), 2) for name in READ}
    assert {name: ratio for name, ratio in ratios.items() if ratio < 7.0} == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_disabled_text_is_weakest_but_visible(theme: Theme) -> None:
    for ground in (theme.panel, theme.control):
        ratio = contrast(theme.disabled, ground)
        assert 3.0 <= ratio < contrast(theme.secondary, ground)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_on_the_primary_button_is_legible(theme: Theme) -> None:
    assert contrast(theme.on_ink, theme.ink) >= 7.0


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("sight", SIGHTS)
def test_data_colors_differ_whatever_the_color_sight(theme: Theme, sight: str) -> None:
    labs = {name: lab(getattr(theme, name), SIGHTS[sight]) for name in DATA}
    distances = {
        (first, second): round(float(np.linalg.norm(labs[first] - labs[second])), 1)
        for first, second in combinations(DATA, 2)
    }
    assert {pair: distance for pair, distance in distances.items() if distance < 20.0} == {}


def test_high_contrast_makes_control_outlines_visible() -> None:
    for theme in (DARK, LIGHT):
        strong = with_high_contrast(theme)
        assert contrast(strong.control_line, strong.panel) >= 4.5 > contrast(theme.control_line, theme.panel)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21.0)


def test_contrast_agrees_with_a_published_value() -> None:
    # The lightest grey that passes 4.5:1 on white, as WCAG's own materials give it.
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.005)


def test_blend_is_opaque_and_weighs_by_share() -> None:
    mixed = blend(QColor(200, 0, 100), QColor(0, 100, 100), 0.25)
    assert rgb(mixed) == (50, 75, 100)
    assert mixed.alpha() == 255


@pytest.mark.parametrize(
    ("share", "expected"), [(-0.5, (0, 0, 0)), (0, (0, 0, 0)), (1, (9, 9, 9)), (3, (9, 9, 9))]
)
def test_blend_stays_between_its_colors(share: float, expected: tuple[int, int, int]) -> None:
    assert rgb(blend(QColor(9, 9, 9), QColor(0, 0, 0), share)) == expected


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_token_is_an_opaque_color(theme: Theme) -> None:
    for name in color_names():
        color = getattr(theme, name)
        assert color.isValid(), name
        assert color.alpha() == 255, name
