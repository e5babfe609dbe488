"""Type grows with the window in steps."""

import pytest

from bpviz.ui.style.type_scale import scale_factor


@pytest.mark.parametrize(
    ("width_px", "factor"), [(640, 1.0), (1280, 1.0), (1919, 1.1), (1920, 1.15), (2560, 1.3), (9999, 1.6)]
)
def test_factor_at_known_widths(width_px: int, factor: float) -> None:
    assert scale_factor(width_px) == factor


def test_factor_never_shrinks_as_the_window_grows_and_takes_few_steps() -> None:
    factors = [scale_factor(width_px) for width_px in range(800, 2000)]
    assert factors == sorted(factors)
    assert len(set(factors)) == 4
