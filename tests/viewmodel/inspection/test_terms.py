import numpy as np
import pytest

from bpviz.viewmodel.inspection.terms import Rest, TermSum, term_sum


def parts(terms: TermSum) -> float:
    listed = sum(term.product for term in terms.positive + terms.negative)
    return listed + terms.more_positive.total + terms.more_negative.total


def test_listed_terms_and_the_rest_make_the_whole() -> None:
    rng = np.random.default_rng(0)
    left, right = rng.normal(size=784).astype(np.float32), rng.normal(size=784).astype(np.float32)
    terms = term_sum(left, right, str)
    exact = sum(float(a) * float(b) for a, b in zip(left, right, strict=True))
    assert terms.total == pytest.approx(exact, abs=1e-12)
    assert parts(terms) == pytest.approx(exact, abs=1e-12)
    n_listed = len(terms.positive) + len(terms.negative)
    assert n_listed + terms.more_positive.count + terms.more_negative.count == terms.n_nonzero == 784


def test_the_largest_of_each_sign_come_first() -> None:
    terms = term_sum(np.ones(8), np.array([1.0, -5.0, 3.0, 2.0, -1.0, 4.0, 6.0, 0.0]), lambda i: f"t{i}", 2)
    assert [term.label for term in terms.positive] == ["t6", "t5"]
    assert terms.more_positive == Rest(3, 6.0)
    assert [term.label for term in terms.negative] == ["t1", "t4"]
    assert terms.more_negative == Rest(0, 0.0)
    assert [term.index for term in terms.listed] == [6, 1, 5, 4]


def test_a_single_term_more_is_listed_instead() -> None:
    terms = term_sum(np.ones(3), np.array([1.0, 2.0, 3.0]), str, 2)
    assert len(terms.positive) == 3
    assert terms.more_positive.count == 0


def test_zeros_are_counted_and_not_listed() -> None:
    terms = term_sum(np.array([0.0, 1.0]), np.array([5.0, 2.0]), str)
    assert (terms.n_terms, terms.n_nonzero, len(terms.positive)) == (2, 1, 1)


def test_a_nan_is_seen_in_the_total_and_not_lost() -> None:
    terms = term_sum(np.array([1.0, np.nan]), np.array([5.0, 2.0]), str)
    assert np.isnan(terms.total)
    assert terms.n_nonzero == 2
