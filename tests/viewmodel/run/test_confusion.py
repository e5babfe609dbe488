"""The confusion matrix: true counts, a scale that reaches the mistakes, and text that fits its cells."""

import numpy as np
import pytest

from bpviz.viewmodel.run.confusion import (
    CellUnit,
    Confusion,
    cell_texts,
    cell_words,
    confusion_csv,
    confusion_of,
    mistake_limit,
)
from tests.viewmodel.result_samples import predictions_of


def matrix(*rows: list[int]) -> Confusion:
    return Confusion(np.array(rows, np.int64), tuple(map(str, range(len(rows)))))


def test_rows_are_true_classes_and_columns_what_was_read() -> None:
    confusion = confusion_of(predictions_of([(4, 9), (4, 9), (4, 4), (9, 4)]))
    assert confusion.counts[4, 9] == 2
    assert confusion.counts[9, 4] == confusion.counts[4, 4] == 1
    assert (confusion.n_samples, confusion.n_wrong, confusion.accuracy) == (4, 3, 0.25)


def test_two_classes_are_called_by_their_letters() -> None:
    assert confusion_of(predictions_of([(0, 1)], n_classes=2)).names == ("A", "B")


def test_no_samples_have_no_accuracy() -> None:
    empty = confusion_of(predictions_of([]))
    assert empty.n_samples == 0
    assert np.isnan(empty.accuracy)
    assert not empty.shares.any()
    assert set(cell_texts(empty, 2).rows[0]) == {""}


def test_the_scale_reaches_the_largest_share_of_mistakes_whatever_the_diagonal() -> None:
    assert mistake_limit(matrix([970, 30], [1, 999])) == pytest.approx(0.03)
    assert mistake_limit(matrix([0, 10], [0, 10])) == 1.0


def test_the_scale_stays_while_it_fits() -> None:
    assert mistake_limit(matrix([98, 2], [0, 100]), previous=0.03) == 0.03
    assert mistake_limit(matrix([99, 1], [0, 100]), previous=0.03) == pytest.approx(0.01)
    assert mistake_limit(matrix([100, 0], [0, 100]), previous=0.03) == 0.03


def test_counts_are_written_where_they_fit() -> None:
    texts = cell_texts(matrix([20, 3], [0, 19]), most_digits=2)
    assert texts.rows == (("20", "3"), ("", "19"))
    assert texts.unit is CellUnit.COUNTS


def test_a_diagonal_without_room_is_written_in_per_cent_and_the_mistakes_stay_counts() -> None:
    texts = cell_texts(matrix([970, 30], [4, 996]), most_digits=2)
    assert texts.rows == (("97", "30"), ("4", "99"))
    assert texts.unit is CellUnit.COUNTS_AND_SHARES


def test_mistakes_without_room_turn_all_cells_into_per_cent() -> None:
    texts = cell_texts(matrix([0, 500], [2, 998]), most_digits=2)
    assert texts.rows == (("", "100"), ("<1", "99"))
    assert texts.unit is CellUnit.SHARES


def test_a_cell_in_words() -> None:
    confusion = matrix([951, 31], [0, 0])
    assert cell_words(confusion, (0, 1)) == "0 read as 1: 31 of 982, 3.2\N{NO-BREAK SPACE}%"
    assert cell_words(confusion, (0, 0)).startswith("0 read rightly: 951 of 982")
    assert cell_words(confusion, (1, 0)) == "1 read as 0: there is no 1 among these"


def test_as_comma_separated_values() -> None:
    assert confusion_csv(matrix([5, 1], [0, 7])) == "true \\ read as,0,1\n0,5,1\n1,0,7\n"
