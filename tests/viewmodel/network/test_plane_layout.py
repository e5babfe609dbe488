import numpy as np
import pytest

from bpviz.viewmodel.network.graph_geometry import GraphLayout, LayoutRequest
from bpviz.viewmodel.network.graph_layout import lay_out

SIZES = [(738.0, 540.0), (836.0, 540.0), (1190.0, 800.0)]
LAYERS = [(2, 1), (2, 6, 1), (2, 8, 8, 1), (2, 4, 4, 4, 4, 1), (2, *[3] * 8, 1), (2, 40, 2), (1, 8, 1)]


def laid_out(layers: tuple[int, ...], size: tuple[float, float]) -> GraphLayout:
    return lay_out(LayoutRequest(layers, *size, has_plane=True))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("layers", LAYERS)
def test_everything_stands_inside_the_stage_from_left_to_right(
    layers: tuple[int, ...], size: tuple[float, float]
) -> None:
    layout = laid_out(layers, size)
    surface = layout.surface
    assert surface is not None
    assert surface.right <= size[0] - 20
    assert max(layout.row_y) < size[1] - 44
    assert surface.bottom < min(layout.row_y)
    edges = [layout.input.right]
    for tiles, column in zip(layout.heat, layout.columns, strict=False):
        edges += [float(tiles.x.min()), float(tiles.x.max()) + tiles.size, column.x + column.radius]
    edges += [layout.outputs.disc_x - layout.outputs.radius, layout.outputs.disc_x, surface.x]
    assert edges == sorted(edges)


@pytest.mark.parametrize("layers", LAYERS)
def test_pictures_of_a_layer_do_not_overlap(layers: tuple[int, ...]) -> None:
    for tiles in laid_out(layers, SIZES[0]).all_heat:
        assert (np.diff(np.sort(tiles.y)) >= tiles.size).all()
        assert tiles.size >= 16


def test_many_layers_do_without_pictures_rather_than_without_edges() -> None:
    layout = laid_out((2, *[3] * 8, 1), SIZES[0])
    assert layout.heat == ()
    assert layout.surface is not None
    assert laid_out((2, 4, 4, 4, 1), SIZES[0]).heat


def test_each_hidden_layer_has_its_pictures_and_the_inputs_too() -> None:
    layout = laid_out((2, 8, 5, 1), SIZES[0])
    assert [len(tiles.x) for tiles in layout.heat] == [8, 5]
    assert layout.input.heat is not None
    assert layout.tiles_of(1) is layout.heat[1]
    assert layout.tiles_of(2) is None


def test_the_surface_is_the_largest_picture_and_square() -> None:
    surface = laid_out((2, 6, 1), SIZES[2]).surface
    assert surface is not None
    assert surface.width == surface.height
    assert surface.width > 400


def test_without_a_plane_nothing_changes() -> None:
    plain = lay_out(LayoutRequest((784, 30, 10), *SIZES[0]))
    assert plain.surface is None
    assert plain.heat == ()
    assert plain.row_y == plain.columns[-1].y.tolist()
