"""Sets a formula: from symbols in a grid to pieces of text and lines with a place each."""

from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from bpviz.ui.style.fonts import MATH, FontRole, make_font
from bpviz.ui.style.theme import Theme
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.formula_model import (
    Atom,
    Cell,
    Formula,
    Fraction,
    Maths,
    Name,
    Number,
    Root,
    Symbol,
    Tone,
)

_SCRIPT = 0.66
_FRACTION = 0.8
_ASCENT, _DESCENT = 0.70, 0.24
"""Of the font size; what the font itself says is made for its tallest brackets and far too much."""
_SUB_DROP, _SUP_RISE = 0.20, 0.36
_AXIS = 0.26
"""Height of fraction bars and minus signs above the baseline."""
_RULE = 0.05
_ROW_GAP = 3.0
_NUMBER_HEIGHT, _NAME_HEIGHT = 17.0, 15.0
_SHRINK = (1.0, 0.9, 0.82, 0.74, 0.66)
_GAPS = (9.0, 7.0, 5.0, 4.0, 3.0)
_NUMBER_SHRINK = (0.94, 0.88, 0.82, 0.76)
"""What is left to shrink after the symbols: the numbers under them."""
_SPACED = {"=", "+", "−", "·", "×", "⊙"}

_ITALIC_LOWER, _ITALIC_UPPER, _ITALIC_ALPHA = 0x1D44E, 0x1D434, 0x1D6FC
_PRIME = "′"
_SIGNS = {"Σ": "∑"}
_SPECIAL = {"h": "ℎ", "∂": "𝜕", "ε": "𝜀"}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text at its baseline."""

    x: float
    y: float
    text: str
    font: QFont
    tone: Tone


@dataclass(frozen=True, slots=True)
class Rule:
    """A filled bar."""

    rect: QRectF
    tone: Tone


@dataclass(slots=True)
class Box:
    """Pieces around a baseline at y = 0; `ascent` above it, `descent` below."""

    width: float = 0.0
    ascent: float = 0.0
    descent: float = 0.0
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def add(self, other: "Box", x: float, y: float = 0.0) -> None:
        """Take over another box's pieces, moved."""
        self.runs += [Run(run.x + x, run.y + y, run.text, run.font, run.tone) for run in other.runs]
        self.rules += [Rule(rule.rect.translated(x, y), rule.tone) for rule in other.rules]
        self.width = max(self.width, x + other.width)
        self.ascent = max(self.ascent, other.ascent - y)
        self.descent = max(self.descent, other.descent + y)

    def paint(self, painter: QPainter, origin: QPointF, theme: Theme) -> None:
        """Draw everything; `origin` is the left end of the baseline."""
        painter.save()
        painter.translate(origin)
        for run in self.runs:
            painter.setFont(run.font)
            painter.setPen(tone_color(theme, run.tone))
            painter.drawText(QPointF(run.x, run.y), run.text)
        for rule in self.rules:
            painter.fillRect(rule.rect, tone_color(theme, rule.tone))
        painter.restore()


def tone_color(theme: Theme, tone: Tone) -> QColor:
    """Return the theme's colour of a tone."""
    color: QColor = getattr(theme, tone)
    return color


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Letters and the gap between columns in px at scale 1.0; numbers as a share of their own size."""

    letters: float
    gap: float
    numbers: float


def set_formula(formula: Formula, source: ThemeSource, width: float, size_px: float) -> Box:
    """Return the formula set in at most `width` where that can be done; y = 0 is its upper edge.

    Parameters
    ----------
    size_px
        Size of its letters at scale 1.0; they shrink by up to a third where room is short, and if that is
        not enough the numbers by up to a quarter.
    """
    box = Box()
    steps = [*zip(_SHRINK, _GAPS, strict=True)]
    tightest = [(_SHRINK[-1], _GAPS[-1], numbers) for numbers in _NUMBER_SHRINK]
    for shrink, gap, numbers in (*((*step, 1.0) for step in steps), *tightest):
        box = _grid(formula, source, _Sizes(size_px * shrink, gap, numbers))
        if box.width <= width:
            break
    return box


def atoms_box(atoms: tuple[Atom, ...], source: ThemeSource, size_px: float) -> Box:
    """Return a row of atoms."""
    return _inner(atoms, size_px * source.factor)


def _grid(formula: Formula, source: ThemeSource, sizes: _Sizes) -> Box:
    gap = sizes.gap
    rows = [[_cell(cell, source, sizes) for cell in row] for row in formula.rows]
    widths = [max(box.width for box in column) for column in zip(*rows, strict=True)]
    whole = Box()
    top = 0.0
    for row, cells in zip(rows, formula.rows, strict=True):
        baseline, height = _row_height(row, cells, source)
        x = 0.0
        for box, column in zip(row, widths, strict=True):
            whole.add(box, x + (column - box.width) / 2, top + baseline)
            x += column + (gap * source.factor if column else 0.0)
        top += height + _ROW_GAP * source.factor
    whole.width = sum(widths) + gap * source.factor * (sum(w > 0 for w in widths) - 1)
    whole.ascent, whole.descent = 0.0, top - _ROW_GAP * source.factor
    return whole


def _row_height(row: list[Box], cells: tuple[Cell, ...], source: ThemeSource) -> tuple[float, float]:
    """Return where the baseline of a row lies under its top, and the row's height."""
    fixed = _NAME_HEIGHT if any(isinstance(cell, Name) for cell in cells) else _NUMBER_HEIGHT
    ascent, descent = max(box.ascent for box in row), max(box.descent for box in row)
    if any(isinstance(cell, Maths) for cell in cells):
        return ascent, ascent + descent
    height = fixed * source.factor
    return height - 4.0 * source.factor, height


def _cell(cell: Cell, source: ThemeSource, sizes: _Sizes) -> Box:
    match cell:
        case None:
            return Box()
        case Maths(atoms=atoms):
            return atoms_box(atoms, source, sizes.letters)
        case Name(text=text):
            return _words(text, source.font(FontRole.CAPTION), "secondary")
        case Number(text=text, tone=tone):
            return _words(text, _smaller(source.font(FontRole.VALUE), sizes.numbers), tone)


def _smaller(font: QFont, share: float) -> QFont:
    small = QFont(font)
    small.setPixelSize(round(font.pixelSize() * share))
    return small


def _words(text: str, font: QFont, tone: Tone) -> Box:
    size = font.pixelSize()
    run = Run(0.0, 0.0, text, font, tone)
    return Box(QFontMetricsF(font).horizontalAdvance(text), size * 0.75, size * 0.25, [run])


def _atom(atom: Atom, size: float) -> Box:
    match atom:
        case Fraction():
            return _fraction(atom, size)
        case Root():
            return _root(atom, size)
    return _symbol(atom, size)


def _symbol(symbol: Symbol, size: float) -> Box:
    upright = symbol.is_upright or len(symbol.text) > 1
    base = _glyphs(
        _SIGNS.get(symbol.text, symbol.text) if upright else _italic(symbol.text), size, symbol.tone
    )
    if symbol.has_hat:
        hat = _glyphs("ˆ", size, symbol.tone)
        base.add(hat, (base.width - hat.width) / 2 + 0.06 * size, -0.02 * size)
    box = Box()
    box.add(base, 0.0)
    end = base.width
    if symbol.sub:
        sub = _glyphs(_script(symbol.sub), size * _SCRIPT, symbol.tone)
        box.add(sub, end + 0.02 * size, _SUB_DROP * size)
    if symbol.sup == _PRIME:
        # The font draws primes small and raised already.
        box.add(_glyphs(_PRIME, size, symbol.tone), end)
    elif symbol.sup:
        sup = _glyphs(_script(symbol.sup), size * _SCRIPT, symbol.tone)
        box.add(sup, end + 0.05 * size, -_SUP_RISE * size)
    return box


def _glyphs(text: str, size: float, tone: Tone) -> Box:
    font = make_font(MATH, size)
    run = Run(0.0, 0.0, text, font, tone)
    return Box(QFontMetricsF(font).horizontalAdvance(text), _ASCENT * size, _DESCENT * size, [run])


def _fraction(fraction: Fraction, size: float) -> Box:
    top, bottom = (_inner(atoms, size * _FRACTION) for atoms in (fraction.top, fraction.bottom))
    thickness = max(1.0, _RULE * size)
    width = max(top.width, bottom.width) + 0.16 * size
    axis, gap = _AXIS * size, 0.12 * size
    box = Box()
    box.add(top, (width - top.width) / 2, -axis - gap - thickness / 2 - top.descent + 0.04 * size)
    box.add(bottom, (width - bottom.width) / 2, -axis + gap + thickness / 2 + bottom.ascent - 0.04 * size)
    first = fraction.top[0]
    tone: Tone = first.tone if isinstance(first, Symbol) else "text"
    box.rules.append(Rule(QRectF(0.0, -axis - thickness / 2, width, thickness), tone))
    box.width = width
    return box


def _root(root: Root, size: float) -> Box:
    inner, tick = _inner(root.inner, size), _glyphs("√", size, "text")
    box = Box()
    box.add(tick, 0.0)
    box.add(inner, tick.width)
    thickness = max(1.0, _RULE * size)
    # The font draws its root sign up to 0.80 of its size.
    box.rules.append(Rule(QRectF(tick.width - 1.0, -0.80 * size, inner.width + 1.0, thickness), "text"))
    box.ascent = max(box.ascent, 0.84 * size)
    return box


def _inner(atoms: tuple[Atom, ...], size: float) -> Box:
    """Return a row of atoms: signs stand apart, words a little, letters close."""
    row = Box()
    space = 0.0
    for atom in atoms:
        apart = _space(atom) * size
        row.add(_atom(atom, size), row.width + (max(space, apart) if row.runs else 0.0))
        space = apart
    return row


def _space(atom: Atom) -> float:
    if not isinstance(atom, Symbol):
        return 0.1
    if atom.text in _SPACED:
        return 0.2
    is_word = len(atom.text) > 1 or atom.text == "Σ"
    return 0.13 if is_word else 0.03


def _script(text: str) -> str:
    """Return an index: single letters in italics, words and digits upright."""
    is_word = any(first.isalpha() and second.isalpha() for first, second in pairwise(text))
    return text if is_word else _italic(text)


def _italic(text: str) -> str:
    """Return the text with its letters from the font's alphabet of mathematical italics."""
    return "".join(_italic_letter(letter) for letter in text)


def _italic_letter(letter: str) -> str:
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    if "a" <= letter <= "z":
        return chr(_ITALIC_LOWER + ord(letter) - ord("a"))
    if "A" <= letter <= "Z":
        return chr(_ITALIC_UPPER + ord(letter) - ord("A"))
    if "α" <= letter <= "ω":
        return chr(_ITALIC_ALPHA + ord(letter) - ord("α"))
    return letter
