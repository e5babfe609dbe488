"""The log is bounded, loses no spike, and empties when drained."""

import numpy as np

from bpviz.training.mailbox import Mailbox
from bpviz.training.metrics import MetricsLog


def test_drain_returns_everything_once() -> None:
    log = MetricsLog()
    log.begin(4)
    log.append(1, 2.5, 0.1)
    log.append(2, 2.0, 0.2)
    log.append_norms(1, (0.5, 0.25))
    rows = log.drain()
    assert rows.run_id == 4
    np.testing.assert_array_equal(rows.iteration, [1, 2])
    np.testing.assert_array_equal(rows.loss, [2.5, 2.0])
    np.testing.assert_array_equal(rows.gradient_norm, [[0.5, 0.25]])
    assert len(log.drain().iteration) == 0


def test_full_log_keeps_the_spike_and_the_dip() -> None:
    log = MetricsLog(capacity=64)
    for i in range(1, 1001):
        log.append(i, 99.0 if i == 500 else -99.0 if i == 701 else 1.0, 0.5)
    rows = log.drain()
    assert len(rows.iteration) <= 64
    assert rows.iteration[rows.loss.argmax()] == 500
    assert rows.iteration[rows.loss.argmin()] == 701
    assert (np.diff(rows.iteration) > 0).all()


def test_new_run_forgets_the_old() -> None:
    log = MetricsLog()
    log.append(1, 2.5, 0.1)
    log.begin(2)
    assert len(log.drain().iteration) == 0


def test_mailbox_keeps_the_latest_and_wants_again_once_taken() -> None:
    box: Mailbox[int] = Mailbox()
    assert box.wanted
    assert box.take() is None
    box.put(1)
    box.put(2)
    assert not box.wanted
    assert box.take() == 2
    assert box.wanted


def test_branches_are_drained_apart_and_none_twice() -> None:
    log = MetricsLog()
    log.append(1, 2.5, 0.1)
    log.append(2, 2.0, 0.2)
    log.follow(3, done=1)
    log.append(1, 9.0, 0.9)
    log.append(2, 1.0, 0.3)
    log.append_norms(1, (9.0,))
    log.append_norms(2, (0.5,))
    log.follow(0, done=2)
    log.append(2, 2.0, 0.2)
    log.append(3, 1.5, 0.4)
    first, second = log.drain_all()
    assert (first.branch_id, list(first.iteration)) == (0, [1, 2, 3])
    assert (second.branch_id, list(second.iteration), list(second.norm_iteration)) == (3, [2], [2])
    assert log.drain_all() == []
    log.append(4, 1.4, 0.4)
    assert [(rows.branch_id, list(rows.iteration)) for rows in log.drain_all()] == [(0, [4])]
