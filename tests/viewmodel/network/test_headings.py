from itertools import pairwise

from bpviz.nn.network import Architecture
from bpviz.viewmodel.network.graph_geometry import LayoutRequest
from bpviz.viewmodel.network.graph_layout import lay_out
from bpviz.viewmodel.network.headings import Heading, Wording, headings


def headings_of(layers: tuple[int, ...]) -> tuple[Heading, ...]:
    return headings(Architecture(layers), lay_out(LayoutRequest(layers, 746.0, 540.0)))


def test_the_fullest_wordings_name_size_and_function() -> None:
    full = [heading.wordings[0] for heading in headings_of((784, 30, 10))]
    expected = [
        Wording("Input", "28 × 28 = 784"),
        Wording("Hidden", "30 sigmoid"),
        Wording("Output", "softmax p"),
    ]
    assert full == expected


def test_several_hidden_layers_are_numbered() -> None:
    titles = [heading.wordings[0].title for heading in headings_of((784, 16, 16, 10))]
    assert titles == ["Input", "Hidden 1", "Hidden 2", "Output"]


def test_many_hidden_layers_share_one_heading() -> None:
    found = headings_of((784, *(32,) * 10, 10))
    assert len(found) == 3
    assert found[1].wordings[0] == Wording("Hidden", "10 layers of 32 sigmoid")


def test_headings_begin_over_their_column_and_do_not_reach_the_next() -> None:
    for layers in ((784, 30, 10), (784, 128, 64, 10), (784, 10), (2, 8, 2)):
        found = headings_of(layers)
        for left, right in pairwise(found):
            assert left.left < left.right <= right.left
