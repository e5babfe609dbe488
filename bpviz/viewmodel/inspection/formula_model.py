"""Formulas as plain values: symbols in rows and columns, with LaTeX and text to copy.

Invariant: every row of a formula has one cell in each of its columns, so numbers stand under symbols.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bpviz.errors import ShapeError
from bpviz.viewmodel.words.number_format import GROUP, MINUS

Tone = Literal[
    "text",
    "secondary",
    "tertiary",
    "activation_text",
    "weight_positive_text",
    "weight_negative_text",
    "gradient_positive_text",
    "gradient_negative_text",
    "error_text",
]
"""Name of the theme colour something is said in."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter, word or sign with what hangs on it.

    Attributes
    ----------
    text
        Letters are set in italics unless `is_upright`; Greek ones as themselves.
    sub, sup
        Index below and above.
    has_hat
        An estimate: m̂.
    """

    text: str
    sub: str = ""
    sup: str = ""
    tone: Tone = "text"
    is_upright: bool = False
    has_hat: bool = False


@dataclass(frozen=True, slots=True)
class Fraction:
    """One row of atoms over another."""

    top: "tuple[Atom, ...]"
    bottom: "tuple[Atom, ...]"


@dataclass(frozen=True, slots=True)
class Root:
    """The square root of a row of atoms."""

    inner: "tuple[Atom, ...]"


Atom = Symbol | Fraction | Root


@dataclass(frozen=True, slots=True)
class Maths:
    """A cell of symbols."""

    atoms: tuple[Atom, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A cell with a number, or the sign between two."""

    text: str
    tone: Tone = "text"


@dataclass(frozen=True, slots=True)
class Name:
    """A cell with a word in plain language."""

    text: str


Cell = Maths | Number | Name | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A grid of cells, rows of equal length; read from the top."""

    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if len({len(row) for row in self.rows}) != 1:
            raise ShapeError(f"rows have {[len(row) for row in self.rows]} cells; all need the same number")

    @property
    def latex(self) -> str:
        """The formula for a LaTeX document, numbers under symbols in an array."""
        rows = [" & ".join(_cell_latex(cell) for cell in row) for row in self.rows]
        if len(rows) == 1:
            return " ".join(rows[0].replace("&", " ").split())
        body = " \\\\\n".join(rows)
        return f"\\begin{{array}}{{{'c' * len(self.rows[0])}}}\n{body}\n\\end{{array}}"

    @property
    def text(self) -> str:
        """The formula as lines of plain text."""
        lines = (" ".join(filter(None, map(_cell_text, row))) for row in self.rows)
        return "\n".join(_closed(line) for line in lines)


def sign(text: str) -> Maths:
    """Return a cell with an upright sign or word."""
    return Maths((Symbol(text, is_upright=True),))


def maths(*atoms: Atom) -> Maths:
    """Return a cell of atoms."""
    return Maths(atoms)


def signed_tone(value: float, stem: Literal["weight", "gradient"]) -> Tone:
    """Return the text colour of a weight or gradient of this sign; ink for nothing."""
    if stem == "weight":
        return "weight_positive_text" if value > 0 else "weight_negative_text" if value < 0 else "text"
    return "gradient_positive_text" if value > 0 else "gradient_negative_text" if value < 0 else "text"


_LATEX = {
    "α": r"\alpha",
    "β": r"\beta",
    "δ": r"\delta",
    "ε": r"\varepsilon",
    "η": r"\eta",
    "λ": r"\lambda",
    "μ": r"\mu",
    "σ": r"\sigma",
    "∂": r"\partial",
    "Σ": r"\sum",
    "½": r"\tfrac{1}{2}",
    "·": r"\cdot",
    "×": r"\times",
    "⊙": r"\odot",
    "⋮": r"\vdots",
    "…": r"\dots",
    "→": r"\to",
    "≈": r"\approx",
    "∞": r"\infty",
    MINUS: "-",
    "′": "'",
    "²": "^2",
    "≠": r"\neq",
    "–": r"\text{--}",
    GROUP: r"\,",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
}
_SMALL_INDEX = re.compile("[₀-₉ⱼ]+")
_SMALL_TO_PLAIN = str.maketrans("₀₁₂₃₄₅₆₇₈₉ⱼ", "0123456789j")
_FUNCTIONS = {"log", "max", "tanh", "sign", "exp"}
_PRIME = "′"


def _letters_latex(text: str) -> str:
    small = _SMALL_INDEX.search(text)
    if small:
        index = small.group().translate(_SMALL_TO_PLAIN)
        return f"{_letters_latex(text[: small.start()])}_{{{index}}}"
    if text in _FUNCTIONS:
        return f"\\{text}" if text != "sign" else r"\operatorname{sign}"
    if len(text) > 1 and text.isascii() and text.isalpha():
        return f"\\text{{{text}}}"
    pieces = [_LATEX.get(letter, letter) for letter in text]
    # A command swallows the letters after it unless a space ends it.
    return "".join(p + " " if p.startswith("\\") and p[-1].isalpha() else p for p in pieces).strip()


def _atom_latex(atom: Atom) -> str:
    match atom:
        case Fraction():
            return f"\\frac{{{_row_latex(atom.top)}}}{{{_row_latex(atom.bottom)}}}"
        case Root():
            return f"\\sqrt{{{_row_latex(atom.inner)}}}"
    base = _letters_latex(atom.text)
    if atom.has_hat:
        base = f"\\hat{{{base}}}"
    sub = f"_{{{_letters_latex(atom.sub)}}}" if atom.sub else ""
    if atom.sup == _PRIME:
        return f"{base}'{sub}"
    return base + sub + (f"^{{{_letters_latex(atom.sup)}}}" if atom.sup else "")


def _row_latex(atoms: tuple[Atom, ...]) -> str:
    return " ".join(_atom_latex(atom) for atom in atoms)


def _cell_latex(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Maths(atoms=atoms):
            return _row_latex(atoms)
        case Name(text=text):
            return f"\\text{{{text}}}"
    return _number_latex(cell.text)


def _number_latex(text: str) -> str:
    mantissa, e, exponent = text.partition("e")
    if e and exponent.lstrip(MINUS).isdigit():
        return f"{_letters_latex(mantissa)} \\times 10^{{{_letters_latex(exponent)}}}"
    pieces = (_letters_latex(piece) for piece in re.split(r"([a-z]{2,})", text))
    return " ".join(piece for piece in pieces if piece)


def _atom_text(atom: Atom) -> str:
    match atom:
        case Fraction():
            return f"{_grouped_text(atom.top)}/{_grouped_text(atom.bottom)}"
        case Root():
            return f"√({_row_text(atom.inner)})"
    base = atom.text + ("\N{COMBINING CIRCUMFLEX ACCENT}" if atom.has_hat else "")
    if atom.sup == _PRIME:
        base += _PRIME
    sub = f"_{atom.sub}" if atom.sub else ""
    return base + sub + (f"^{atom.sup}" if atom.sup and atom.sup != _PRIME else "")


def _row_text(atoms: tuple[Atom, ...]) -> str:
    return _closed(" ".join(_atom_text(atom) for atom in atoms))


def _closed(text: str) -> str:
    """Return the text without spaces inside its brackets, or before those of a function."""
    text = text.replace("( ", "(").replace(" )", ")").replace("∂ ", "∂")
    return re.sub(r"(f′|σ|log|max|tanh) \(", r"\1(", text)


def _grouped_text(atoms: tuple[Atom, ...]) -> str:
    """Return the row in brackets where a slash beside it would be read wrongly."""
    inner = _row_text(atoms)
    return f"({inner})" if " " in inner else inner


def _cell_text(cell: Cell) -> str:
    match cell:
        case Maths(atoms=atoms):
            return _row_text(atoms)
        case Number(text=text) | Name(text=text):
            return text
    return ""
