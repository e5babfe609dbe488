from collections.abc import Iterator

import numpy as np
import pytest
from measure_recognition import DrawnSet, measured, table_of_sets

from bpviz.data.canvas_drawings import canvas_drawings
from bpviz.data.preparation import ALL_STEPS
from bpviz.data.rasterize import Ink
from bpviz.data.samples import Samples
from bpviz.nn.network import Architecture, Network
from bpviz.resources import resource_path
from bpviz.training.checkpoint import load_model

N_DRAWINGS = 60


@pytest.fixture(scope="module")
def drawn() -> DrawnSet:
    drawings = canvas_drawings(N_DRAWINGS, np.random.default_rng(1))

    def inks() -> Iterator[Ink]:
        return (drawings.ink(index) for index in range(len(drawings)))

    return DrawnSet(inks, drawings.labels)


def test_a_network_that_knows_all_is_right_and_one_that_guesses_is_not_sure() -> None:
    architecture = Architecture((4, 4), output_activation="softmax")
    identity = np.concatenate([30.0 * np.eye(4).ravel(), np.zeros(4)]).astype(np.float32)
    samples = Samples(np.eye(4, dtype=np.float32), np.arange(4, dtype=np.uint8), 1.0)
    assert measured(Network(architecture, identity), samples) == pytest.approx((1.0, 0.0), abs=1e-6)
    assert measured(Network(architecture, 0 * identity), samples) == pytest.approx((0.25, 0.0), abs=1e-6)


def test_each_step_left_out_gives_the_network_other_images(drawn: DrawnSet) -> None:
    with_all, stretched = drawn.samples([ALL_STEPS, ALL_STEPS.without("keeps_shape")])
    assert np.array_equal(with_all.labels, drawn.labels)
    assert not np.array_equal(with_all.inputs, stretched.inputs)


def test_the_table_has_a_column_for_each_step_and_a_row_for_each_set(drawn: DrawnSet) -> None:
    network, _ = load_model(resource_path("models", "digits.safetensors"))
    framed = {"framed": drawn.samples([ALL_STEPS])[0]}
    head, rule, first, second = table_of_sets(network, framed, {"drawn": drawn})
    assert [cell.strip() for cell in head.split("|")[3:8]] == [
        "all steps",
        "without crop",
        "stretched",
        "box centred",
        "pen as drawn",
    ]
    assert rule == "|" + "---|" * 8
    all_steps = [cell.strip() for cell in first.split("|")][3]
    cells = [cell.strip() for cell in second.split("|")]
    assert cells[1:4] == ["drawn", str(N_DRAWINGS), all_steps]
    assert float(cells[3].removesuffix(" %")) > float(cells[4].removesuffix(" %")) + 20.0
