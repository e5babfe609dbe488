"""Where one large neuron is drawn: inside its room, nothing over anything."""

from itertools import combinations

import pytest

from bpviz.viewmodel.lessons.neuron_layout import NeuronLayout, neuron_layout
from bpviz.viewmodel.network.graph_geometry import Rect

ROOMS = [(936.0, 380.0, 1.0), (1225.0, 497.0, 1.233), (1838.0, 630.0, 1.85), (1838.0, 745.0, 1.85)]


@pytest.fixture(params=[(n, *room) for n in (2, 3, 4) for room in ROOMS], ids=str)
def layout(request: pytest.FixtureRequest) -> NeuronLayout:
    return neuron_layout(*request.param)


def overlap(first: Rect, second: Rect) -> bool:
    across = first.x < second.right and second.x < first.right
    return across and first.y < second.bottom and second.y < first.bottom


def test_handles_lie_apart_in_both_drawings_of_the_bias(layout: NeuronLayout) -> None:
    for is_input in (False, True):
        rects = [*layout.pixels, *layout.weight_chips, layout.bias_chip(is_input)]
        assert not [pair for pair in combinations(rects, 2) if overlap(*pair)]


def test_numbers_to_drag_stand_clear_of_the_neuron_and_the_foot(layout: NeuronLayout) -> None:
    for chip in (*layout.weight_chips, layout.bias_beside, layout.bias_on_edge):
        assert chip.right <= layout.body.x
        assert chip.bottom <= layout.foot_y - 16.0 * layout.factor


def test_the_sum_stands_over_its_curve_in_the_neuron(layout: NeuronLayout) -> None:
    body, plot = layout.body, layout.plot
    assert body.y < layout.rows[0] < layout.rows[-1] < layout.total_y < plot.y < plot.bottom < body.bottom
    assert body.x < layout.label_left < layout.label_right < plot.x < plot.right < layout.value_right
    assert layout.value_right < body.right < layout.disc.x - layout.disc.radius


def test_the_curve_has_room_to_be_read(layout: NeuronLayout) -> None:
    assert layout.plot.width >= 190.0 * layout.factor
    assert layout.plot.height >= 70.0 * layout.factor


def test_values_have_their_places_on_the_axes(layout: NeuronLayout) -> None:
    plot = layout.plot
    assert layout.z_x(-5.0, 5.0) == plot.x
    assert layout.z_x(5.0, 5.0) == pytest.approx(plot.right)
    assert layout.output_y(-1.0, (-1.0, 1.0)) == plot.bottom
    assert layout.output_y(1.0, (-1.0, 1.0)) == pytest.approx(plot.y)
