"""The drawing: strokes, ink and the way back."""

import numpy as np
import pytest

from bpviz.data.digit_image import prepare_ink
from bpviz.data.pen_strokes import PenStroke
from bpviz.data.rasterize import INK_SIZE, rasterize_strokes
from bpviz.errors import DataError
from bpviz.viewmodel.drawing.drawing import MAX_PEN_WIDTH, MIN_PEN_WIDTH, Drawing

SEVEN = ((0.25, 0.25), (0.5, 0.22), (0.75, 0.24), (0.6, 0.5), (0.45, 0.8))


def draw(drawing: Drawing, points: tuple[tuple[float, float], ...]) -> None:
    drawing.begin_stroke(*points[0])
    for point in points[1:]:
        drawing.extend_stroke(*point)
    drawing.end_stroke()


def test_a_new_drawing_is_empty() -> None:
    drawing = Drawing()
    assert drawing.is_empty
    assert not drawing.can_undo
    assert drawing.prepared().is_empty


def test_drawing_point_by_point_gives_the_ink_of_the_whole_strokes() -> None:
    drawing = Drawing()
    draw(drawing, SEVEN)
    draw(drawing, ((0.4, 0.5), (0.7, 0.52)))
    whole = rasterize_strokes([stroke.points for stroke in drawing.strokes], drawing.pen_width)
    np.testing.assert_array_equal(drawing.ink, whole)
    np.testing.assert_array_equal(drawing.prepared().image, prepare_ink(whole).image)


def test_the_strokes_are_the_points_drawn() -> None:
    drawing = Drawing()
    draw(drawing, SEVEN)
    (stroke,) = drawing.strokes
    np.testing.assert_allclose(stroke.points, SEVEN, rtol=1e-6)
    assert stroke.points.dtype == np.float32


def test_an_open_stroke_is_seen_at_once() -> None:
    drawing = Drawing()
    drawing.begin_stroke(0.5, 0.5)
    assert drawing.is_stroke_open
    assert drawing.ink.max() == 255
    assert len(drawing.strokes) == 1


def test_prepared_keeps_the_ink_of_its_moment() -> None:
    drawing = Drawing()
    draw(drawing, SEVEN)
    prepared = drawing.prepared()
    drawing.clear()
    assert prepared.ink.max() == 255


@pytest.mark.parametrize("strokes", [1, 3])
def test_undo_takes_back_one_stroke(strokes: int) -> None:
    drawing = Drawing()
    inks = [drawing.ink.copy()]
    for index in range(strokes):
        draw(drawing, ((0.2, 0.2 + 0.2 * index), (0.8, 0.3 + 0.2 * index)))
        inks.append(drawing.ink.copy())
    for ink in reversed(inks[:-1]):
        assert drawing.undo()
        np.testing.assert_array_equal(drawing.ink, ink)
    assert not drawing.undo()
    assert drawing.is_empty


def test_undo_while_drawing_drops_the_stroke_being_drawn_alone() -> None:
    drawing = Drawing()
    draw(drawing, SEVEN)
    before = drawing.ink.copy()
    drawing.begin_stroke(0.1, 0.9)
    drawing.extend_stroke(0.9, 0.9)
    drawing.undo()
    assert not drawing.is_stroke_open
    np.testing.assert_array_equal(drawing.ink, before)


def test_clearing_can_be_undone() -> None:
    drawing = Drawing()
    draw(drawing, SEVEN)
    before = drawing.ink.copy()
    assert drawing.clear()
    assert drawing.is_empty
    assert drawing.ink.max() == 0
    drawing.undo()
    np.testing.assert_array_equal(drawing.ink, before)


def test_clearing_an_empty_canvas_is_no_step_to_undo() -> None:
    drawing = Drawing()
    assert not drawing.clear()
    assert not drawing.can_undo


def test_each_stroke_keeps_its_own_pen() -> None:
    drawing = Drawing()
    drawing.set_pen_width(0.04)
    draw(drawing, ((0.2, 0.2), (0.8, 0.2)))
    drawing.set_pen_width(0.08)
    draw(drawing, ((0.2, 0.6), (0.8, 0.6)))
    assert [stroke.pen_width for stroke in drawing.strokes] == [0.04, 0.08]
    rows = np.count_nonzero(drawing.ink[:, INK_SIZE // 2] > 127)
    assert rows == round(0.12 * INK_SIZE)
    both = drawing.ink.copy()
    draw(drawing, SEVEN)
    drawing.undo()
    np.testing.assert_array_equal(drawing.ink, both)


@pytest.mark.parametrize(("asked", "kept"), [(0.0, MIN_PEN_WIDTH), (0.05, 0.05), (5.0, MAX_PEN_WIDTH)])
def test_the_pen_stays_within_its_bounds(asked: float, kept: float) -> None:
    drawing = Drawing()
    drawing.set_pen_width(asked)
    assert drawing.pen_width == kept


def test_a_step_too_short_to_be_seen_changes_nothing() -> None:
    drawing = Drawing()
    drawing.begin_stroke(0.5, 0.5)
    assert not drawing.extend_stroke(0.5005, 0.5)
    assert drawing.extend_stroke(0.51, 0.5)


def test_moving_with_the_pen_up_changes_nothing() -> None:
    drawing = Drawing()
    assert not drawing.extend_stroke(0.5, 0.5)
    assert drawing.is_empty


def test_a_pointer_dragged_far_away_stays_near_the_canvas() -> None:
    drawing = Drawing()
    drawing.begin_stroke(0.5, 0.5)
    drawing.extend_stroke(1e9, -1e9)
    assert drawing.strokes[0].points.max() <= 2.0
    assert drawing.strokes[0].points.min() >= -1.0


def test_an_endless_scribble_stops_growing() -> None:
    drawing = Drawing()
    drawing.set_pen_width(MIN_PEN_WIDTH)
    drawing.begin_stroke(0.0, 0.5)
    grown = [drawing.extend_stroke(0.01 * (step % 2), 0.5) for step in range(1, 20_010)]
    assert all(grown[:19_000])
    assert not any(grown[-5:])


def test_replacing_shows_other_strokes_and_can_be_undone() -> None:
    drawing = Drawing()
    draw(drawing, SEVEN)
    one = PenStroke(np.array([[0.5, 0.2], [0.5, 0.8]], np.float32), 0.06)
    drawing.replace((one,))
    np.testing.assert_array_equal(drawing.ink, rasterize_strokes([one.points], 0.06))
    drawing.undo()
    assert len(drawing.strokes[0].points) == len(SEVEN)


def picture_of(points: tuple[tuple[float, float], ...]) -> np.ndarray:
    return rasterize_strokes([np.array(points, np.float32)], 0.05).copy()


def test_a_picture_takes_the_place_of_all_ink_and_can_be_undone() -> None:
    drawing = Drawing()
    draw(drawing, SEVEN)
    before = drawing.ink.copy()
    picture = picture_of(((0.2, 0.2), (0.2, 0.8)))
    drawing.replace_picture(picture)
    np.testing.assert_array_equal(drawing.ink, picture)
    assert not drawing.is_empty
    assert drawing.strokes == ()
    drawing.undo()
    np.testing.assert_array_equal(drawing.ink, before)
    assert drawing.picture is None


def test_one_draws_on_a_picture_and_takes_back_the_stroke_alone() -> None:
    drawing = Drawing()
    picture = picture_of(((0.2, 0.2), (0.2, 0.8)))
    drawing.replace_picture(picture)
    draw(drawing, SEVEN)
    (stroke,) = drawing.strokes
    together = np.maximum(picture, rasterize_strokes([stroke.points], drawing.pen_width))
    np.testing.assert_array_equal(drawing.ink, together)
    drawing.undo()
    np.testing.assert_array_equal(drawing.ink, picture)
    drawing.clear()
    assert drawing.is_empty
    drawing.undo()
    np.testing.assert_array_equal(drawing.ink, picture)


def test_a_picture_is_the_drawings_own_copy() -> None:
    drawing = Drawing()
    given = picture_of(((0.2, 0.2), (0.2, 0.8)))
    expected = given.copy()
    drawing.replace_picture(given)
    given[:] = 0
    draw(drawing, SEVEN)
    drawing.undo()
    np.testing.assert_array_equal(drawing.ink, expected)
    assert drawing.picture is not None
    assert not drawing.picture.flags.writeable


def test_strokes_on_a_picture_are_not_the_whole_way_of_the_pen() -> None:
    drawing = Drawing()
    draw(drawing, SEVEN)
    assert len(drawing.pen_way) == 1
    drawing.replace_picture(picture_of(((0.2, 0.2), (0.2, 0.8))))
    draw(drawing, SEVEN)
    assert not drawing.pen_way


@pytest.mark.parametrize("wrong", [np.zeros((28, 28), np.uint8), np.zeros((INK_SIZE, INK_SIZE), np.float32)])
def test_a_picture_of_another_shape_or_type_is_refused_and_nothing_changes(wrong: np.ndarray) -> None:
    drawing = Drawing()
    draw(drawing, SEVEN)
    before = drawing.ink.copy()
    with pytest.raises(DataError, match=r"\(280, 280\)"):
        drawing.replace_picture(wrong)
    np.testing.assert_array_equal(drawing.ink, before)
