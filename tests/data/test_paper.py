import numpy as np
import pytest
from PIL import Image, ImageFilter

from bpviz.data.paper import lift_ink, median_level, smoothed
from bpviz.data.rasterize import rasterize_strokes

STROKES = [np.array([(0.3, 0.2), (0.7, 0.25), (0.5, 0.8)], np.float32)]
INK = rasterize_strokes(STROKES, 0.06)
SHARE = INK / 255.0
Y, X = np.mgrid[:280, :280] / 280.0


def on_paper(paper: np.ndarray | float, ink_level: float, noise: float = 0.0) -> np.ndarray:
    levels = paper * (1 - SHARE) + ink_level * SHARE + np.random.default_rng(5).normal(0, noise, INK.shape)
    return np.clip(levels, 0, 255).astype(np.uint8)


def assert_is_the_ink(lifted: np.ndarray) -> None:
    """Inside the stroke it is bright, away from it exactly black."""
    assert lifted[INK == 255].mean() > 200
    far = np.ones(INK.shape, bool)
    for dy in (-3, 0, 3):
        for dx in (-3, 0, 3):
            far &= np.roll(INK, (dy, dx), (0, 1)) == 0
    assert np.count_nonzero(lifted[far]) <= 0.0005 * far.sum()


@pytest.mark.parametrize("levels", [INK, 255 - INK], ids=["light on dark", "dark on light"])
def test_clean_ink_comes_back_as_it_is(levels: np.ndarray) -> None:
    np.testing.assert_array_equal(lift_ink(levels), INK)


@pytest.mark.parametrize(
    ("paper", "ink_level"), [(230, 40), (200, 150), (25, 210), (90, 130), (128, 20), (128, 250)]
)
@pytest.mark.parametrize("noise", [0.0, 3.0])
def test_grey_ink_on_grey_paper_is_lifted(paper: float, ink_level: float, noise: float) -> None:
    assert_is_the_ink(lift_ink(on_paper(paper, ink_level, noise)))


def test_noisy_paper_is_removed() -> None:
    assert_is_the_ink(lift_ink(on_paper(190, 70, noise=12)))


def test_pencil_hardly_darker_than_the_noise_is_found() -> None:
    lifted = lift_ink(on_paper(160, 105, noise=13))
    assert lifted[INK == 255].mean() > 180
    assert lifted[INK == 0].mean() < 1


@pytest.mark.parametrize("slope", [30, 70, 110])
def test_paper_lit_from_one_side_is_removed(slope: float) -> None:
    assert_is_the_ink(lift_ink(on_paper(235 - slope * X - 0.3 * slope * Y, 30, noise=2)))


def test_paper_darker_towards_a_corner_is_removed() -> None:
    assert_is_the_ink(lift_ink(on_paper(230 - 80 * (X**2 + Y**2) / 2, 40, noise=2)))


def test_a_lit_blackboard_is_removed() -> None:
    assert_is_the_ink(lift_ink(on_paper(20 + 60 * X, 240, noise=2)))


@pytest.mark.parametrize("level", [0, 7, 128, 255])
def test_even_paper_holds_no_ink(level: int) -> None:
    assert not lift_ink(np.full((90, 70), level, np.uint8)).any()


@pytest.mark.parametrize("noise", [2.0, 6.0, 15.0])
def test_noise_is_no_ink(noise: float) -> None:
    rng = np.random.default_rng(8)
    paper = 200 - 60 * X + rng.normal(0, noise, X.shape)
    assert not lift_ink(np.clip(paper, 0, 255).astype(np.uint8)).any()


def test_a_small_digit_on_a_large_sheet_is_found() -> None:
    sheet = np.full((700, 900), 240, np.uint8)
    sheet[300:340, 500:504] = 60
    lifted = lift_ink(sheet)
    rows, columns = np.nonzero(lifted)
    assert rows.size
    factor = sheet.shape[1] / lifted.shape[1]
    assert (rows.min() * factor, columns.min() * factor) == pytest.approx((300, 500), abs=2 * factor)


def test_a_large_picture_comes_back_smaller() -> None:
    assert lift_ink(np.kron(255 - INK, np.ones((5, 5), np.uint8))).shape == (350, 350)


def test_one_pixel_is_paper() -> None:
    assert not lift_ink(np.array([[77]], np.uint8)).any()


@pytest.mark.parametrize("shape", [(280, 280), (40, 77), (3, 2), (1, 5), (1, 1)])
def test_smoothing_is_the_mean_of_three_each_way(shape: tuple[int, int]) -> None:
    levels = np.random.default_rng(2).integers(0, 256, shape).astype(np.uint8)
    expected = np.asarray(Image.fromarray(levels).filter(ImageFilter.BoxBlur(1)))
    np.testing.assert_array_equal(smoothed(levels), expected)


@pytest.mark.parametrize("n", [1, 2, 7, 280, 1119])
def test_the_median_of_levels_is_numpys(n: int) -> None:
    levels = np.random.default_rng(n).integers(0, 256, n).astype(np.uint8)
    assert median_level(levels) == np.median(levels)
