"""Parts are written as in the books, and every mistake is answered with what is needed."""

import pytest

from bpviz.errors import ConfigError
from bpviz.nn.network import Architecture
from bpviz.viewmodel.network.part_syntax import format_part, parse_part
from bpviz.viewmodel.network.parts import BIAS, InputPart, LossPart, NeuronPart, Part, WeightPart

NETWORK = Architecture((784, 30, 10))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("w[2][3,7]", WeightPart(1, 3, 7)),
        ("w[1][783,29]", WeightPart(0, 783, 29)),
        ("b[2][9]", WeightPart(1, BIAS, 9)),
        ("a[1][22]", NeuronPart(0, 22)),
        ("x[0]", InputPart(0)),
        ("L", LossPart()),
    ],
)
def test_written_parts_are_read_and_written_alike(text: str, part: Part) -> None:
    assert parse_part(text, NETWORK) == part
    assert format_part(part) == text


def test_spaces_do_no_harm() -> None:
    assert parse_part(" w[2] [3, 7] ", NETWORK) == WeightPart(1, 3, 7)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("w[3][0,0]", "names layer 3; this network has layers 1 to 2"),
        ("w[0][0,0]", "names layer 0"),
        ("w[2][30,0]", "names source 30; there are 30, counted from 0"),
        ("w[2][0,10]", "names target 10"),
        ("a[1][30]", "names neuron 30"),
        ("x[784]", "names input 784"),
        ("w[2](3,7)", "names no part of the network; write w\\[layer\\]"),
        ("", "names no part"),
    ],
)
def test_mistakes_are_answered_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        parse_part(text, NETWORK)
