"""How much larger everything is drawn on a larger window."""

BASE_WIDTH_PX = 1280
WIDE_WIDTH_PX = 1920
WIDE_FACTOR = 1.15
LARGEST_FACTOR = 1.6
_STEP = 0.05


def scale_factor(window_width_px: int) -> float:
    """Return 1.0 at 1280 px and 1.15 at 1920 px, in steps of 0.05 and up to 1.6 beyond.

    Steps, because every change lays out the whole window anew; a window being resized must not
    do that at every pixel.
    """
    slope = (WIDE_FACTOR - 1.0) / (WIDE_WIDTH_PX - BASE_WIDTH_PX)
    exact = 1.0 + slope * (window_width_px - BASE_WIDTH_PX)
    # The small term keeps 1920 px at 1.15 although its float quotient is a hair below.
    steps = int((exact - 1.0) / _STEP + 1e-9)
    return min(LARGEST_FACTOR, max(1.0, round(1.0 + steps * _STEP, 2)))
