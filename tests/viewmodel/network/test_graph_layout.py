import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.viewmodel.network.graph_geometry import Arrangement, GraphLayout, LayoutRequest, Rect
from bpviz.viewmodel.network.graph_layout import lay_out

ARCHITECTURES = [
    (784, 30, 10),
    (784, 128, 10),
    (784, 16, 16, 10),
    (784, 128, 64, 10),
    (784, *(32,) * 10, 10),
    (784, 10),
    (2, 8, 2),
    (10, 5, 1),
    (784, 512, 512, 26),
]
SIZES = [(746.0, 680.0, 1.0), (746.0, 540.0, 1.0), (1232.0, 930.0, 1.15), (600.0, 420.0, 1.0)]


def blocks(layout: GraphLayout) -> dict[str, Rect]:
    """Return the parts that must not touch, by name."""
    output = layout.outputs
    rows = layout.columns[-1].y
    found = {"legend": layout.input.legend}
    if layout.input.column is None:
        found["picture"] = layout.input.picture
    if layout.tiles is not None:
        left, top = float(layout.tiles.x.min()), float(layout.tiles.y.min())
        right = float(layout.tiles.x.max()) + layout.tiles.size
        bottom = float(layout.tiles.y.max()) + layout.tiles.size
        found["tiles"] = Rect(left, top, right - left, bottom - top)
    for number, column in enumerate(layout.columns):
        height = float(column.y[-1] - column.y[0]) + 2 * column.radius
        left, top = column.x - column.radius, float(column.y[0]) - column.radius
        found[f"column {number}"] = Rect(left, top, 2 * column.radius, height)
    found["bars"] = Rect(output.bar_left, rows[0], output.bar_right - output.bar_left, rows[-1] - rows[0])
    if output.has_targets:
        left = output.box_x - output.box_size / 2
        found["targets"] = Rect(left, rows[0], output.box_size, rows[-1] - rows[0])
    return found


def overlaps(first: Rect, second: Rect) -> bool:
    across = first.x < second.right - 0.5 and second.x < first.right - 0.5
    return across and first.y < second.bottom - 0.5 and second.y < first.bottom - 0.5


@pytest.mark.parametrize("layers", ARCHITECTURES, ids=str)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("arrangement", Arrangement)
def test_nothing_overlaps_and_nothing_leaves_the_stage(
    layers: tuple[int, ...], size: tuple[float, float, float], arrangement: Arrangement
) -> None:
    width, height, factor = size
    found = blocks(lay_out(LayoutRequest(layers, width, height, arrangement, factor)))
    names = list(found)
    for number, name in enumerate(names):
        area = found[name]
        assert area.x >= 0, name
        assert area.y >= 0, name
        assert area.right <= width, name
        assert area.bottom <= height, name
        for other in names[number + 1 :]:
            assert not overlaps(area, found[other]), f"{name} overlaps {other}"


@given(
    st.lists(st.integers(1, 600), min_size=0, max_size=6),
    st.integers(1, 40),
    st.floats(600, 1900),
    st.floats(420, 1100),
)
def test_columns_run_left_to_right_and_discs_never_touch(
    hidden: list[int], n_out: int, width: float, height: float
) -> None:
    layout = lay_out(LayoutRequest((784, *hidden, n_out), width, height))
    xs = [column.x for column in layout.columns]
    assert xs == sorted(xs)
    assert xs[0] > layout.input.right
    for column in layout.columns:
        if len(column.y) > 1:
            assert np.diff(column.y).min() >= 2 * column.radius - 1e-6
        assert len(column.y) + column.n_hidden == column.n_total


def test_tiles_do_not_overlap_each_other() -> None:
    for layers in ((784, 30, 10), (784, 128, 10), (784, 8, 10), (784, 10)):
        tiles = lay_out(LayoutRequest(layers, 746.0, 540.0)).tiles
        assert tiles is not None
        apart_x = np.abs(tiles.x[:, None] - tiles.x[None]) >= tiles.size
        apart_y = np.abs(tiles.y[:, None] - tiles.y[None]) >= tiles.size
        assert (apart_x | apart_y | np.eye(len(tiles.x), dtype=bool)).all()


def test_each_disc_stands_at_the_height_of_its_tile() -> None:
    layout = lay_out(LayoutRequest((784, 30, 10), 746.0, 540.0))
    assert layout.tiles is not None
    assert layout.columns[0].y == pytest.approx(layout.tiles.y + layout.tiles.size / 2)
    assert layout.tiles.x.max() + layout.tiles.size < layout.columns[0].x - layout.columns[0].radius


def test_thirty_neurons_are_all_shown_at_1280_and_larger_than_six_pixels() -> None:
    column = lay_out(LayoutRequest((784, 30, 10), 746.0, 540.0)).columns[0]
    assert column.n_hidden == 0
    assert column.radius > 6.5


def test_a_wide_layer_says_how_many_are_missing_once() -> None:
    column = lay_out(LayoutRequest((784, 128, 10), 746.0, 540.0)).columns[0]
    assert column.n_hidden > 90
    assert [gap.is_counted for gap in column.gaps] == [True, False]


def test_tiles_give_way_before_edges_get_too_short() -> None:
    assert lay_out(LayoutRequest((784, *(32,) * 10, 10), 746.0, 540.0)).tiles is None


def test_a_drawing_has_neither_targets_nor_loss() -> None:
    layout = lay_out(LayoutRequest((784, 30, 10), 808.0, 560.0, Arrangement.DRAW))
    assert layout.loss is None
    assert not layout.outputs.has_targets


def test_without_bias_nodes_there_are_none() -> None:
    assert lay_out(LayoutRequest((784, 30, 10), 746.0, 540.0, with_bias=False)).biases == ()


def test_inputs_that_are_no_picture_are_discs() -> None:
    layout = lay_out(LayoutRequest((10, 5, 2), 746.0, 540.0))
    assert layout.input.column is not None
    assert len(layout.input.column.y) == 10
    assert layout.tiles is None


def test_a_column_ranked_by_activation_leaves_out_after_its_last_neuron() -> None:
    column = lay_out(LayoutRequest((784, 128, 10), 746.0, 540.0, most_active_first=True)).columns[0]
    assert [gap.is_counted for gap in column.gaps] == [True]
    assert column.gaps[0].y > column.y.max()
    assert np.allclose(np.diff(column.y), column.pitch)
