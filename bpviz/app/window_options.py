"""What the window is asked to begin with; imports nothing heavy, so that `--help` answers at once."""

from dataclasses import dataclass
from pathlib import Path

DATASETS = (
    "strokes",
    "mnist",
    "folder",
    "class",
    "gaussians",
    "xor",
    "circle",
    "moons",
    "spiral",
    "curve",
)
MODES = ("lab", "draw", "teach")
THEMES = ("dark", "light")


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """What the window begins with; None leaves it to the saved settings.

    Attributes
    ----------
    model
        A saved network to open.
    kiosk_s
        Open as a stand; a drawing nobody touches is cleared after so many seconds.
    """

    dataset: str | None = None
    data_dir: Path | None = None
    model: Path | None = None
    theme: str | None = None
    mode: str | None = None
    kiosk_s: float | None = None
