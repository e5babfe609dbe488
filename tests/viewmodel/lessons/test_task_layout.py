"""A small task drawn for a class: everything stands in its room, and nothing on anything else."""

import numpy as np
import pytest

from bpviz.viewmodel.lessons.task_layout import task_layout


@pytest.mark.parametrize("layers", [(1, 8, 1), (2, 1), (2, 4, 1), (2, 8, 8, 1), (2, 12, 12, 12, 2)])
@pytest.mark.parametrize(
    ("width", "height", "factor"), [(860, 480, 1.25), (1290, 640, 1.85), (640, 300, 1.0)]
)
def test_pictures_stand_left_of_the_surface_and_apart(
    layers: tuple[int, ...], width: float, height: float, factor: float
) -> None:
    places = task_layout(layers, width, height, factor)
    assert places.surface.right <= width
    assert places.surface.bottom <= height
    left = 0.0
    for column, n in zip(places.columns, layers[:-1], strict=True):
        assert column.size > 0
        assert len(column.y) == n
        assert column.y.min() >= 0.0
        assert column.y.max() + column.size <= height
        assert np.diff(column.y).min(initial=np.inf) > column.size
        assert float(column.x[0]) > left
        left = float(column.x[0]) + column.size
    assert left < places.port_x < places.surface.x


def test_edges_end_at_the_output_after_the_last_column() -> None:
    places = task_layout((2, 4, 2), 860, 480, 1.25)
    x, y = places.left_ports(2)
    assert x.tolist() == [places.port_x] * 2
    assert y.tolist() == [places.port_y] * 2
    assert places.right_ports(1)[0].tolist() == (places.columns[1].x + places.columns[1].size).tolist()


def test_the_surface_is_as_high_as_its_room_allows() -> None:
    places = task_layout((2, 4, 1), 1290, 640, 1.85)
    assert places.surface.width == places.surface.height > 0.8 * 640
