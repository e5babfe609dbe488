import threading

from bpviz.training.right_of_way import LONGEST_S, RightOfWay

LONG_S = 10.0


def test_without_anyone_at_work_nobody_waits() -> None:
    way = RightOfWay()
    way.give()
    way.take()
    way.leave()
    way.give()


def test_the_trainer_goes_on_once_the_window_has_left() -> None:
    # A clock that stands still: the wait never entitles the trainer to go on by itself.
    way = RightOfWay(clock=lambda: 0.0)
    way.take()
    passed = threading.Event()

    def train() -> None:
        way.give()
        passed.set()

    trainer = threading.Thread(target=train)
    trainer.start()
    way.leave()
    assert passed.wait(LONG_S)
    trainer.join(LONG_S)
    assert not trainer.is_alive()


def test_a_window_that_never_leaves_shares_the_time() -> None:
    now = [0.0]
    way = RightOfWay(clock=lambda: now[0])
    way.take()
    way.give()
    now[0] += LONGEST_S / 2
    started = threading.Event()

    def train() -> None:
        way.give()
        started.set()

    quick = threading.Thread(target=train)
    quick.start()
    assert started.wait(LONG_S)
    quick.join(LONG_S)
