import numpy as np
import pytest

from bpviz.data.point_options import PointOptions
from bpviz.data.points import load_points
from bpviz.data.samples import Dataset, Samples
from bpviz.nn.network import Architecture, Network
from bpviz.training.usual_config import usual_config
from bpviz.viewmodel.network.plane import GRID, Plane, answers_over, border, plane_of, wrong_points
from tests.training.small_runs import sparse_digits


def plane(name: str, noise: float | None = None) -> Plane:
    found = plane_of(load_points(name, PointOptions(noise=noise)))
    assert found is not None
    return found


def halves_network() -> Network:
    """Answers how far right a point is: 0.5 where x₀ is 0."""
    architecture = Architecture((2, 1), output_activation="sigmoid", loss="log")
    return Network(architecture, np.array([4.0, 0.0, 0.0], np.float32))


def test_digits_have_no_plane() -> None:
    assert plane_of(Dataset("strokes", "Strokes", sparse_digits(5), sparse_digits(2))) is None


def test_the_plane_reaches_past_every_point() -> None:
    shown = plane("gaussians", noise=1.0)
    places = np.vstack((shown.train_places, shown.test_places))
    assert np.abs(places).max() < shown.reach
    assert plane("xor", noise=0.0).reach == pytest.approx(1.1)


def test_a_curve_is_as_high_as_its_values_and_as_wide_as_its_inputs() -> None:
    shown = plane("curve", noise=1.0)
    assert np.abs(shown.train_places[:, 1]).max() < shown.height
    assert shown.reach == pytest.approx(1.1)
    assert shown.grid.shape[1] == 1


def test_the_grid_runs_by_rows_from_the_upper_left() -> None:
    shown = plane("xor")
    grid = shown.grid.reshape(GRID, GRID, 2)
    assert grid[0, 0].tolist() == pytest.approx([-shown.reach, shown.reach], abs=shown.reach / GRID * 1.01)
    assert (np.diff(grid[0, :, 0]) > 0).all()
    assert (np.diff(grid[:, 0, 1]) < 0).all()


def test_every_layer_answers_over_the_plane_as_the_network_does() -> None:
    config, shown = usual_config("spiral"), plane("spiral")
    rng = np.random.default_rng(0)
    architecture = config.architecture()
    network = Network(architecture, rng.normal(size=architecture.n_parameters).astype(np.float32))
    answers = answers_over(network, shown)
    assert [a.shape for a in answers] == [(GRID * GRID, n) for n in (8, 8, 1)]
    one = network.forward(shown.grid[100:101])
    assert answers[1][100] == pytest.approx(one.a[1][0], rel=1e-5)


def test_points_on_the_other_side_are_wrong() -> None:
    samples = Samples(
        np.array([[0.5, 0.0], [-0.5, 0.0], [0.5, 1.0]], np.float32), np.array([1, 1, 0], np.uint8), 1.0
    )
    assert wrong_points(halves_network(), samples).tolist() == [1, 2]


def test_nothing_is_wrong_in_a_regression() -> None:
    shown = plane("curve")
    architecture = Architecture((1, 1), output_activation="identity", loss="squared")
    network = Network(architecture, np.zeros(2, np.float32))
    assert wrong_points(network, shown.train).size == 0


def test_the_border_of_a_tilted_plane_is_where_it_crosses() -> None:
    y, x = np.mgrid[0:10, 0:12]
    line = border(0.1 * (x - 4.25) + 0.0 * y, level=0.0)
    assert line.x == pytest.approx(np.full(line.x.shape, 4.25))
    assert np.abs(line.y[:, 1] - line.y[:, 0]).sum() == pytest.approx(9.0)


def test_the_border_of_a_hill_is_a_closed_circle() -> None:
    y, x = np.mgrid[0:41, 0:41] - 20.0
    line = border(100.0 - x**2 - y**2, level=0.0)
    radius = np.hypot(line.x - 20.0, line.y - 20.0)
    assert radius == pytest.approx(np.full(radius.shape, 10.0), abs=0.05)
    length = np.hypot(line.x[:, 1] - line.x[:, 0], line.y[:, 1] - line.y[:, 0]).sum()
    assert length == pytest.approx(2 * np.pi * 10.0, rel=0.01)
    ends = np.round(np.column_stack((line.x.ravel(), line.y.ravel())), 6)
    assert (np.unique(ends, axis=0, return_counts=True)[1] % 2 == 0).all()


def test_a_saddle_has_both_its_borders() -> None:
    line = border(np.array([[1.0, -1.0], [-1.0, 1.0]]), level=0.0)
    assert len(line.x) == 2


def test_where_all_answers_are_alike_there_is_no_border() -> None:
    assert len(border(np.full((5, 5), 0.9)).x) == 0


def test_numbers_that_are_none_make_no_border_fail() -> None:
    field = np.full((4, 4), np.nan)
    field[:2] = np.inf
    assert np.isfinite(border(field).x).all()


@pytest.mark.parametrize(
    ("layers", "fits"), [((2, 4, 1), True), ((2, 4, 2), True), ((784, 10), False), ((2, 3), False)]
)
def test_only_networks_of_two_inputs_and_two_classes_fit_the_plane(
    layers: tuple[int, ...], fits: bool
) -> None:
    assert plane("xor").fits(layers) is fits
