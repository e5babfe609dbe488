"""Lifts a digit off a photographed sheet: shadows with edges, ruled lines, the table around it.

Slower than `bpviz.data.paper` (tens of milliseconds) and for whole pictures somebody shows the canvas.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from bpviz.data.paper import lift_ink
from bpviz.data.ruled_lines import without_rules

Gray = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Share = npt.NDArray[np.float32]

# Larger pictures are averaged down: ample for a digit, and with less noise.
_WORKING_SIDE = 640
# Smaller ones are no photographs: drawings, icons, samples of a dataset.
_LEAST_SIDE = 120
# No stroke is as wide as this share of the longer side; what is wider is light and shade.
_WIDEST_STROKE = 0.14
_LEAST_SHARE = 0.08
"""Ink takes at least this share of the light its paper gives back."""
_NOISE_FACTOR = 5.0
_LINE_SHARE = 0.4
"""What takes less than this share of what the ink takes is paper: pale lines, stains, folds."""
_LEAST_INK = 1.5e-4
"""Share of the picture the ink covers at least: a pencil's 1, small on a large sheet."""
_LEAST_AT_RIM = 0.2
"""Share of the shorter side a digit cut too close fills at least."""
_BLACKEST = 12.0
"""Added to every level: a share of next to no light is noise."""


def lift_photo(gray: Gray) -> Gray:
    """Return the ink, white on exact black; all black if nothing stands out from the paper.

    Parameters
    ----------
    gray
        uint8, shape (height, width). Small pictures and clean ones go the way of `lift_ink`.
    """
    if min(gray.shape) < _LEAST_SIDE or _is_clean(gray):
        return lift_ink(gray)
    levels = _averaged_down(gray)
    taken = _light_taken(levels if _ink_is_dark(levels) else 255 - levels)
    # The finest lines vanish first in a mask: rules are looked for below the ink's own threshold.
    share = without_rules(taken, max(_LEAST_SHARE, _NOISE_FACTOR * _noise(taken)))
    return _ink_of(share)


def _is_clean(gray: Gray) -> bool:
    """Return whether the ground is one level, as a drawing program leaves it."""
    border = np.concatenate([gray[0], gray[-1], gray[:, 0], gray[:, -1]])
    return bool(np.mean(border == np.median(border)) > 0.98)


def _averaged_down(gray: Gray) -> Gray:
    factor = -(-max(gray.shape) // _WORKING_SIDE)
    picture = Image.fromarray(gray)
    small = picture.reduce(factor) if factor > 1 else picture
    return np.asarray(small.filter(ImageFilter.BoxBlur(1)))


def _ink_is_dark(levels: Gray) -> bool:
    """Return whether the strongest differences from the neighbourhood are towards dark."""
    around = Image.fromarray(levels).filter(ImageFilter.BoxBlur(max(levels.shape) / 6))
    difference = (levels.astype(np.float32) - np.asarray(around)) / (np.asarray(around) + _BLACKEST)
    inner = difference[_margin(levels), :][:, _margin(levels.T)]
    return float(np.sum(inner**3)) < 0 or float(np.median(levels)) > 200


def _margin(levels: Gray) -> slice:
    """Return the rows without those at the rim, where a neighbourhood is cut off."""
    rim = levels.shape[0] // 12
    return slice(rim, levels.shape[0] - rim)


def _light_taken(levels: Gray) -> Share:
    """Return the share of light each pixel lacks against the paper around it.

    The paper is what a square wider than any stroke finds when it is moved about without ever covering
    a darker pixel: a stroke is never found, a shadow is, up to its edge.
    """
    wide = max(round(_WIDEST_STROKE * max(levels.shape)), 3)
    paper = _smallest_around(_largest_around(levels, wide), wide).astype(np.float32)
    paper += np.float32(_BLACKEST)
    return 1.0 - (levels + np.float32(_BLACKEST)) / paper


def _largest_around(levels: Gray, width: int) -> Gray:
    return _along(_along(levels, width).T, width).T


def _smallest_around(levels: Gray, width: int) -> Gray:
    return 255 - _largest_around(255 - levels, width)


def _along(levels: Gray, width: int) -> Gray:
    """Return the largest level within `width` pixels centred on each, along every row."""
    half = width // 2
    # Beyond the rim lies nothing: 0 is no largest level, and 255 - 0 no smallest.
    found = np.pad(levels, ((0, 0), (half, half)))
    reach = 1
    while 2 * reach <= 2 * half + 1:
        found = np.maximum(found[:, :-reach], found[:, reach:])
        reach *= 2
    rest = 2 * half + 1 - reach
    return np.maximum(found[:, : found.shape[1] - rest], found[:, rest:]) if rest else found


def _noise(share: Share) -> float:
    return 1.4826 * float(np.median(np.abs(share - np.median(share))))


def _ink_of(share: Share) -> Gray:
    paper, noise = float(np.median(share)), _noise(share)
    height = share - np.float32(paper)
    least = max(_LEAST_SHARE, _NOISE_FACTOR * noise)
    height = _without_rim_parts(height, least)
    found = height[height > least]
    if found.size < _LEAST_INK * share.size:
        return np.zeros(share.shape, np.uint8)
    ink = float(np.quantile(found, 0.8))
    cut = max(least, _LINE_SHARE * ink)
    return np.where(height > cut, np.clip(height * (255.0 / ink), 0, 255), 0).astype(np.uint8)


def _without_rim_parts(height: Share, least: float) -> Share:
    """Return the picture without what reaches in from its rim, unless that is a digit cut too close."""
    mask = height > least
    reached = np.zeros(mask.shape, bool)
    reached[[0, -1]], reached[:, [0, -1]] = mask[[0, -1]], mask[:, [0, -1]]
    if not reached.any():
        return height
    size = 0
    while int(np.count_nonzero(reached)) != size:
        size = int(np.count_nonzero(reached))
        for _ in range(8):
            _spread(reached)
            reached &= mask
    if np.count_nonzero(mask & ~reached) < _LEAST_INK * mask.size and _is_large(reached):
        return height
    return np.where(reached, np.float32(0.0), height)


def _is_large(mask: Mask) -> bool:
    """Return whether this could be a digit; the tip of a shadow at the rim is smaller."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    extent: int = max(int(rows[-1] - rows[0]), int(columns[-1] - columns[0]))
    return extent > int(_LEAST_AT_RIM * min(mask.shape))


def _spread(mask: Mask) -> None:
    mask[1:] |= mask[:-1].copy()
    mask[:-1] |= mask[1:].copy()
    mask[:, 1:] |= mask[:, :-1].copy()
    mask[:, :-1] |= mask[:, 1:].copy()
