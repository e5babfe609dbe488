"""The bundled fonts load, hold the field's signs, and show digits of one width."""

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

from bpviz.resources import resource_path
from bpviz.ui.style.fonts import (
    DISPLAY,
    FAMILIES,
    MATH,
    SANS,
    SERIF,
    FontRole,
    load_fonts,
    make_font,
    missing_families,
    role_font,
)

FORMULA_SIGNS = "ABCabc0123 αβδηλσε ∂∑∇√ ·×−→⊙ ≈≤≥∞ ₀₁₂ ⁻²⁺"


@pytest.fixture(autouse=True)
def _fonts(qapp: QApplication) -> None:
    load_fonts()


def test_every_family_is_known_after_loading() -> None:
    assert missing_families() == ()


@pytest.mark.parametrize("role", FontRole, ids=lambda role: role.name)
def test_role_gets_its_own_family_and_weight(role: FontRole) -> None:
    family, _, weight, _ = role.value
    info = QFontInfo(role_font(role))
    assert info.family() == family
    assert QFont.Weight(info.weight()) == weight


@pytest.mark.parametrize("role", FontRole, ids=lambda role: role.name)
def test_digits_of_a_role_are_all_of_one_width(role: FontRole) -> None:
    metrics = QFontMetricsF(role_font(role))
    assert len({round(metrics.horizontalAdvance(digit), 2) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("role", [FontRole.BODY, FontRole.NUMBER], ids=lambda role: role.name)
def test_signed_numbers_line_up(role: FontRole) -> None:
    metrics = QFontMetricsF(role_font(role))
    assert metrics.horizontalAdvance("+0.58") == metrics.horizontalAdvance("−0.11")


def test_tabular_digits_leave_other_letters_alone() -> None:
    tabular = make_font(SANS, 13)
    plain = make_font(SANS, 13)
    plain.unsetFeature(QFont.Tag("tnum"))
    text = "Cross-entropy (mean)"
    assert QFontMetricsF(tabular).horizontalAdvance(text) == QFontMetricsF(plain).horizontalAdvance(text)


def test_maths_font_holds_the_signs_of_the_formulas() -> None:
    raw = QRawFont(str(resource_path("fonts", "STIXTwoMath-Regular.ttf")), 24)
    assert raw.familyName() == MATH
    assert [sign for sign in FORMULA_SIGNS if raw.glyphIndexesForString(sign) == [0]] == []


def test_large_inter_is_inter_display() -> None:
    assert make_font(SANS, 19).families()[0] == SANS
    assert make_font(SANS, 20).families()[0] == DISPLAY
    assert make_font(SERIF, 40).families()[0] == SERIF


def test_role_grows_with_the_factor() -> None:
    assert role_font(FontRole.BODY, 1.15).pixelSize() == 15
    assert role_font(FontRole.ANSWER).pixelSize() == 92


def test_fonts_stay_small_and_carry_their_licences() -> None:
    folder = resource_path("fonts")
    assert sum(path.stat().st_size for path in folder.glob("*.ttf")) < 2_500_000
    stems = {path.stem.split("-")[0].replace("InterDisplay", "Inter") for path in folder.glob("*.ttf")}
    for stem in stems:
        assert "SIL OPEN FONT LICENSE" in (folder / f"{stem}-OFL.txt").read_text(encoding="utf-8")
    assert len(stems) == len(FAMILIES) - 1
