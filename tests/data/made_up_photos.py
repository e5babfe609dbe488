"""Made-up photographs of a digit on paper: uneven light, shadows, ruled and coloured sheets, thin pencils."""

import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from bpviz.data.rasterize import rasterize_strokes
from bpviz.data.strokes import draw_digit

Levels = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a sheet, its light and the camera look; lengths are shares of the picture's height.

    Attributes
    ----------
    ink
        Share of light the ink takes away; negative for chalk, which gives light.
    shadow
        Share of light a shadow with an edge takes from part of the sheet.
    ruled
        Share of light the lines take; `tilt` is their slope.
    table
        Whether a dark table is seen at one side.
    """

    paper: float = 225.0
    ink: float = 0.75
    pen: float = 0.03
    size: float = 0.5
    slope: float = 0.0
    shadow: float = 0.0
    shadow_blur: float = 0.01
    ruled: float = 0.0
    grid: bool = False
    tilt: float = 0.0
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    noise: float = 2.0
    table: bool = False


SHEETS = {
    "plain": Sheet(),
    "lit from one side": Sheet(slope=0.5),
    "soft shadow": Sheet(shadow=0.45, shadow_blur=0.12),
    "sharp shadow": Sheet(shadow=0.4, shadow_blur=0.006),
    "shadow and slope": Sheet(shadow=0.35, shadow_blur=0.02, slope=0.35, noise=4.0),
    "ruled": Sheet(ruled=0.25, pen=0.02),
    "ruled, tilted, grey pencil": Sheet(ruled=0.25, tilt=0.03, ink=0.45, pen=0.014),
    "squared": Sheet(ruled=0.2, grid=True, tilt=-0.02, pen=0.02, ink=0.65),
    "yellow sheet": Sheet(tint=(1.0, 0.9, 0.45), slope=0.3),
    "blue sheet": Sheet(tint=(0.5, 0.7, 1.0), shadow=0.3),
    "pencil, thin": Sheet(ink=0.4, pen=0.007, size=0.35),
    "pencil in shadow": Sheet(ink=0.45, pen=0.009, shadow=0.4, shadow_blur=0.03, noise=3.0),
    "small on a large sheet": Sheet(size=0.14, pen=0.01),
    "blackboard": Sheet(paper=55.0, ink=-2.4, pen=0.03, slope=0.5, noise=4.0),
    "night": Sheet(paper=80.0, slope=0.4, noise=6.0),
    "sheet on a dark table": Sheet(table=True, slope=0.2),
}


def photo(digit: int, sheet: Sheet, seed: int = 0, width: int = 1000, height: int = 750) -> Image.Image:
    """Return an RGB photograph of this digit of the pen model, at a place that depends on the seed."""
    rng = np.random.default_rng([seed, digit])
    ink = _ink(digit, sheet, rng, (width, height))
    y, x = np.mgrid[:height, :width] / height
    light = 1.0 - sheet.slope * (x * rng.uniform(0.5, 1) * height / width + y * rng.uniform(0, 0.3))
    light *= _shadow(sheet, rng, (width, height)) * _rules(sheet, x, y)
    levels = sheet.paper * light * (1.0 - sheet.ink * ink)
    if sheet.table:
        levels = np.where(x < 0.12 + 0.05 * y, 45.0, levels)
    levels = levels[..., np.newaxis] * np.array(sheet.tint) + rng.normal(0, sheet.noise, (height, width, 1))
    picture = Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(height * 0.0012)
    )
    return Image.open(io.BytesIO(jpeg(picture)))


def jpeg(picture: Image.Image) -> bytes:
    """Return the picture as a camera writes it."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=75)
    return file.getvalue()


def _ink(digit: int, sheet: Sheet, rng: np.random.Generator, size: tuple[int, int]) -> Levels:
    width, height = size
    curves = draw_digit(digit, rng)
    points = np.vstack(curves)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = sheet.size / float((high - low).max())
    extent = (high - low) * scale
    free = np.array([width / height, 1.0]) - extent
    corner = free * rng.uniform(0.25, 0.75, 2)
    placed = [((curve - low) * scale + corner).astype(np.float32) for curve in curves]
    side = max(size)
    strokes = [stroke * np.float32(height / side) for stroke in placed]
    ink = rasterize_strokes(strokes, sheet.pen * height / side, side)
    return np.asarray(ink[:height, :width] / 255.0, np.float64)


def _shadow(sheet: Sheet, rng: np.random.Generator, size: tuple[int, int]) -> Levels:
    width, height = size
    mask = Image.new("L", size, 0)
    top, bottom = rng.uniform(0.2, 0.6), rng.uniform(0.3, 0.8)
    corners = [(0, 0), (top * width, 0), (bottom * width, height), (0, height)]
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    soft = mask.filter(ImageFilter.GaussianBlur(sheet.shadow_blur * height))
    return np.asarray(1.0 - sheet.shadow * np.asarray(soft) / 255.0, np.float64)


def _rules(sheet: Sheet, x: Levels, y: Levels) -> Levels:
    across = np.abs((y + sheet.tilt * x) % 0.075 - 0.03) < 0.002
    down = np.abs((x - sheet.tilt * y) % 0.075 - 0.03) < 0.002
    return np.asarray(1.0 - sheet.ruled * (across | (down & sheet.grid)), np.float64)
