import numpy as np
import pytest

from bpviz.data.ink_parts import PartBox, parts_of_ink


def picture(*rows: str) -> np.ndarray:
    return np.array([[255 * (cell == "#") for cell in row] for row in rows], np.uint8)


def test_parts_that_touch_at_a_corner_hang_together_and_others_do_not() -> None:
    parts = parts_of_ink(picture("##....##", "##....##", "..##..##", "..##..##"))
    assert set(parts.boxes) == {PartBox(0, 0, 4, 4), PartBox(6, 0, 8, 4)}


def test_a_part_that_branches_upwards_is_one() -> None:
    parts = parts_of_ink(picture("##.##.##", "##.##.##", "##.##.##", "########"))
    assert parts.boxes == (PartBox(0, 0, 8, 4),)


def test_specks_are_no_parts() -> None:
    assert parts_of_ink(picture("###.....", "###....#")).boxes == (PartBox(0, 0, 3, 2),)


def test_runs_are_counted_along_rows_and_columns_that_meet_ink() -> None:
    parts = parts_of_ink(picture("###.###", ".......", "#######"))
    assert parts.row_runs == pytest.approx(1.5)
    assert parts.column_runs == pytest.approx(13 / 7)
    assert parts.filled == pytest.approx(13 / 21)


def test_a_large_picture_is_measured_on_a_smaller_grid() -> None:
    ring = np.full((240, 120), 255, np.uint8)
    ring[60:180, 30:90] = 0
    parts = parts_of_ink(ring)
    assert parts.whole == PartBox(0, 0, 24, 48)
    assert parts.boxes == (PartBox(0, 0, 24, 48),)
    assert (parts.row_runs, parts.column_runs) == (1.5, 1.5)
