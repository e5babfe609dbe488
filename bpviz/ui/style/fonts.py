"""Loads the bundled fonts, so that every machine shows the same letters, and builds each text style."""

from enum import Enum
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from bpviz.errors import BpvizError
from bpviz.resources import resource_path

SANS = "Inter"
DISPLAY = "Inter Display"
SERIF = "Bpviz Serif"
MATH = "STIX Two Math"
MONO = "JetBrains Mono"
FAMILIES = (SANS, DISPLAY, SERIF, MATH, MONO)

# Inter Display is drawn for large sizes: tighter, with finer joins.
DISPLAY_FROM_PX = 20

_FALLBACKS = {
    SANS: (SANS, MATH),
    DISPLAY: (DISPLAY, SANS, MATH),
    # The bundled serif has Latin and Greek only; formulas in a sentence come from the maths font.
    SERIF: (SERIF, MATH, SANS),
    MATH: (MATH, SERIF, SANS),
    MONO: (MONO, SANS, MATH),
}


class FontRole(Enum):
    """What a text is for; its value is (family, size in px at scale 1.0, weight, italic)."""

    CAPTION = (SANS, 12, QFont.Weight.Normal, False)
    BODY = (SANS, 13, QFont.Weight.Normal, False)
    LABEL = (SANS, 13, QFont.Weight.Medium, False)
    VALUE = (SANS, 13, QFont.Weight.DemiBold, False)
    HEADING = (SANS, 14, QFont.Weight.DemiBold, False)
    TITLE = (SANS, 15, QFont.Weight.DemiBold, False)
    SUBTITLE = (SANS, 15, QFont.Weight.Medium, False)
    NUMBER = (SANS, 18, QFont.Weight.DemiBold, False)
    BIG_NUMBER = (DISPLAY, 26, QFont.Weight.DemiBold, False)
    SENTENCE = (SERIF, 19, QFont.Weight.Normal, False)
    SENTENCE_STRONG = (SERIF, 19, QFont.Weight.DemiBold, False)
    FORMULA_SMALL = (MATH, 15, QFont.Weight.Normal, False)
    FORMULA = (MATH, 24, QFont.Weight.Normal, False)
    LESSON = (SERIF, 23, QFont.Weight.Normal, False)
    LESSON_STRONG = (SERIF, 23, QFont.Weight.DemiBold, False)
    CODE = (MONO, 13, QFont.Weight.Normal, False)
    ANSWER_SHARE = (DISPLAY, 36, QFont.Weight.DemiBold, False)
    ANSWER = (DISPLAY, 92, QFont.Weight.Bold, False)


class FontError(BpvizError):
    """No usable font: text would be shown as empty boxes."""


def load_fonts() -> None:
    """Make the bundled fonts known to Qt; call once, after the QGuiApplication exists.

    Raises
    ------
    FontError
        If a bundled family cannot be loaded and the system offers no font either.
    """
    for path in sorted(resource_path("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    known = set(QFontDatabase.families())
    missing = [family for family in FAMILIES if family not in known]
    if missing and not known:
        raise FontError(
            f"no font found: {', '.join(missing)} did not load from {resource_path('fonts')} and the system "
            "has none; install a font package such as fonts-dejavu-core"
        )


def missing_families() -> tuple[str, ...]:
    """Return the bundled families that Qt does not know, empty when all is well."""
    known = set(QFontDatabase.families())
    return tuple(family for family in FAMILIES if family not in known)


def role_font(role: FontRole, factor: float = 1.0) -> QFont:
    """Return the font of a role with tabular digits, its size multiplied by `factor`."""
    family, size_px, weight, italic = role.value
    return make_font(family, size_px * factor, weight, italic=italic)


@lru_cache(maxsize=512)
def make_font(
    family: str, size_px: float, weight: QFont.Weight = QFont.Weight.Normal, *, italic: bool = False
) -> QFont:
    """Return a font of an exact pixel size with tabular digits; Inter becomes Inter Display when large.

    The same object is given to all who ask, since making one costs seven calls into Qt: never change it.
    """
    if family == SANS and size_px >= DISPLAY_FROM_PX:
        family = DISPLAY
    font = QFont()
    font.setFamilies(list(_FALLBACKS.get(family, (family,))))
    font.setPixelSize(max(1, round(size_px)))
    font.setWeight(weight)
    font.setItalic(italic)
    # Digits of one width: numbers that change many times a second must not shake.
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
