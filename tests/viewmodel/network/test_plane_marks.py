import numpy as np
import pytest

from bpviz.data.points import load_points
from bpviz.nn.network import Network
from bpviz.training.usual_config import usual_config
from bpviz.viewmodel.network.graph_geometry import Rect
from bpviz.viewmodel.network.parts import PlanePart
from bpviz.viewmodel.network.plane import Plane, plane_of
from bpviz.viewmodel.network.plane_marks import PlaneMap, plane_lines


def plane_map(name: str) -> PlaneMap:
    plane = plane_of(load_points(name))
    assert plane is not None
    return PlaneMap(Rect(100.0, 50.0, 300.0, 300.0), plane)


def network(name: str) -> Network:
    architecture = usual_config(name).architecture()
    parameters = np.random.default_rng(1).normal(size=architecture.n_parameters)
    return Network(architecture, parameters.astype(np.float32))


@pytest.mark.parametrize("name", ["xor", "curve"])
def test_a_place_and_what_it_stands_for_lead_to_each_other(name: str) -> None:
    shown = plane_map(name)
    x, y = shown.place(0.4, -0.7)
    assert shown.point(x, y) == pytest.approx((0.4, -0.7))
    assert shown.place(0.0, 0.0) == (250.0, 200.0)


def test_up_is_up() -> None:
    shown = plane_map("xor")
    assert shown.place(0.0, 1.0)[1] < shown.place(0.0, -1.0)[1]


def test_the_nearest_sample_is_found_and_its_part_told() -> None:
    shown = plane_map("xor")
    for places, is_test in ((shown.plane.train_places, False), (shown.plane.test_places, True)):
        x, y = shown.place(*places[7])
        part = shown.part_at(x, y)
        assert part is not None
        assert (part.row, part.is_test) == (7, is_test)


def test_between_samples_there_is_the_surface_and_outside_nothing() -> None:
    shown = plane_map("circle")
    x, y = shown.place(1.05, 1.05)
    part = shown.part_at(x, y)
    assert part is not None
    assert part.row is None
    assert (part.x, part.y) == pytest.approx((1.05, 1.05))
    assert shown.part_at(99.0, 60.0) is None


def test_a_plane_without_samples_is_all_surface() -> None:
    shown = plane_map("xor")
    none = shown.plane.train.at(slice(0, 0))
    empty = PlaneMap(shown.area, Plane(none, none, False, 1.1, 1.1))
    assert empty.part_at(250.0, 200.0) == PlanePart(0.0, 0.0)


def test_a_place_says_what_the_network_answers_there() -> None:
    shown, net = plane_map("xor"), network("xor")
    answer = float(net.forward(np.array([[0.5, -0.25]], np.float32)).output[0, 0])
    lines = plane_lines(PlanePart(0.5, -0.25), shown.plane, net)
    assert lines[0] == "x₀ 0.500   x₁ −0.250"
    assert lines[1] == f"Network: {answer:.2f}, class {'B' if answer > 0.5 else 'A'}"


def test_a_test_point_says_what_it_is() -> None:
    shown = plane_map("xor")
    label = "AB"[shown.plane.test.labels[3]]
    lines = plane_lines(PlanePart(0.0, 0.0, 3, is_test=True), shown.plane, network("xor"))
    assert lines[0] == f"Test point 3: class {label}"
    assert lines[-1] == "Not trained on"


def test_a_point_of_a_curve_says_what_it_should_be() -> None:
    shown = plane_map("curve")
    assert shown.plane.train.values is not None
    target = float(shown.plane.train.values[2, 0])
    lines = plane_lines(PlanePart(0.0, 0.0, 2), shown.plane, network("curve"))
    assert lines[0].replace("−", "-") == f"Sample 2: should be {target:.3f}"
