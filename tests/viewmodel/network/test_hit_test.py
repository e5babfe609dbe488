import pytest

from bpviz.viewmodel.network.edges import edge_values
from bpviz.viewmodel.network.graph_geometry import LayoutRequest
from bpviz.viewmodel.network.graph_layout import lay_out
from bpviz.viewmodel.network.hit_test import Target, part_at
from bpviz.viewmodel.network.network_picture import PictureOptions, next_picture
from bpviz.viewmodel.network.parts import (
    BiasPart,
    GapPart,
    InputPart,
    LegendPart,
    LossPart,
    NeuronPart,
    Part,
    WeightPart,
)
from tests.viewmodel.network_states import state_of

STATE = state_of((784, 128, 10))
LAYOUT = lay_out(LayoutRequest((784, 128, 10), 746.0, 540.0))
PICTURE = next_picture(STATE, LAYOUT, PictureOptions())


def hit(x: float, y: float) -> Part | None:
    return part_at(Target(x, y), LAYOUT, PICTURE, edge_values(STATE, PICTURE.edges))


@pytest.mark.parametrize("layer", [0, 1])
def test_every_disc_is_found_where_it_stands(layer: int) -> None:
    column = LAYOUT.columns[layer]
    for slot, index in enumerate(PICTURE.shown[layer].tolist()):
        assert hit(column.x, float(column.y[slot])) == NeuronPart(layer, index)


def test_a_weight_image_is_its_neuron() -> None:
    assert LAYOUT.tiles is not None
    x, y = float(LAYOUT.tiles.x[9]) + 3.0, float(LAYOUT.tiles.y[9]) + 3.0
    assert hit(x, y) == NeuronPart(0, int(PICTURE.shown[0][9]))


def test_an_output_is_found_on_its_whole_row() -> None:
    y = float(LAYOUT.columns[1].y[4])
    assert hit(LAYOUT.outputs.bar_left + 5.0, y) == NeuronPart(1, 4)
    assert hit(LAYOUT.outputs.box_x, y) == NeuronPart(1, 4)


def test_a_pixel_is_found_by_row_and_column() -> None:
    picture = LAYOUT.input.picture
    pixel = picture.width / 28
    assert hit(picture.x + 2.5 * pixel, picture.y + 3.5 * pixel) == InputPart(3 * 28 + 2)


def test_bias_gap_legend_and_loss_are_found() -> None:
    assert LAYOUT.loss is not None
    assert hit(LAYOUT.biases[1].x, LAYOUT.biases[1].y) == BiasPart(1)
    assert hit(LAYOUT.columns[0].x, LAYOUT.columns[0].gaps[0].y) == GapPart(0)
    legend = LAYOUT.input.legend
    assert hit(legend.x + 5.0, legend.y + 1.5 * LAYOUT.input.legend_row) == LegendPart(1)
    assert hit(LAYOUT.loss.rect.x + 4.0, LAYOUT.loss.rect.center_y) == LossPart()


def test_an_edge_is_found_on_its_line_and_the_strongest_wins() -> None:
    found = 0
    for edge in range(len(PICTURE.edges)):
        x, y = PICTURE.lines.x[edge], PICTURE.lines.y[edge]
        part = hit(float(x.mean()), float(y.mean()))
        if part is None:
            continue
        assert isinstance(part, WeightPart)
        values = abs(edge_values(STATE, PICTURE.edges))
        here = (PICTURE.edges.source == part.source) & (PICTURE.edges.target == part.target)
        this = values[here & (PICTURE.edges.layer == part.layer)][0]
        exact = part.source == PICTURE.edges.source[edge] and part.target == PICTURE.edges.target[edge]
        assert exact or this >= values[edge] * 0.999
        found += 1
    assert found == len(PICTURE.edges)


def test_the_bare_stage_is_nothing() -> None:
    assert hit(3.0, 300.0) is None
