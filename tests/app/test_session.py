"""The session owns one worker: what happens comes as signals, what belongs to an old run does not."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bpviz.app.session import Session
from bpviz.data.samples import Dataset
from bpviz.errors import DataError
from bpviz.training import messages
from bpviz.training.config import TrainingConfig
from bpviz.training.messages import Event, RunTo
from bpviz.training.metrics import MetricsRows
from bpviz.training.snapshot import Snapshot
from tests.training.small_runs import config_for, sparse_digits


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    data = Dataset("test", "Test", sparse_digits(105), sparse_digits(30, seed=1))
    session = Session(config_for(), data)
    session.start()
    yield session
    session.stop()


class Heard:
    """Collects what a session says."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.runs: list[TrainingConfig] = []
        self.snapshots: list[Snapshot] = []
        self.rows: list[MetricsRows] = []
        self.events: list[Event] = []
        session.run_started.connect(lambda: self.runs.append(session.config))
        session.snapshot_taken.connect(self.snapshots.append)
        session.rows_logged.connect(self.rows.append)
        session.event_came.connect(self.events.append)

    def has(self, kind: type[Event], **fields: object) -> bool:
        self.session.pull()
        return any(
            isinstance(e, kind) and all(getattr(e, k) == v for k, v in fields.items()) for e in self.events
        )


def pulled(session: Session, is_there: Callable[[], bool]) -> bool:
    session.pull()
    return is_there()


def test_first_run_is_announced_before_its_first_snapshot(session: Session, qtbot: QtBot) -> None:
    heard = Heard(session)
    qtbot.waitUntil(lambda: pulled(session, lambda: bool(heard.snapshots)))
    assert len(heard.runs) == 1
    assert heard.snapshots[0].iteration == 0


def test_every_iteration_is_logged_and_the_end_is_told(session: Session, qtbot: QtBot) -> None:
    heard = Heard(session)
    session.send(RunTo(25))
    qtbot.waitUntil(lambda: heard.has(messages.StateChanged, is_running=False))
    session.pull()
    assert [i for rows in heard.rows for i in rows.iteration] == list(range(1, 26))
    assert session.reached_iteration == 25
    assert heard.snapshots[-1].iteration == 25
    assert not session.is_running


def test_nothing_of_an_old_run_is_heard_after_a_new_one_was_asked_for(session: Session, qtbot: QtBot) -> None:
    heard = Heard(session)
    session.send(RunTo(30))
    qtbot.waitUntil(lambda: heard.has(messages.StateChanged, is_running=False))
    session.start_run(config_for(seed=5), session.dataset)
    heard.snapshots.clear()
    heard.rows.clear()
    qtbot.waitUntil(lambda: pulled(session, lambda: len(heard.runs) == 2))
    qtbot.waitUntil(lambda: pulled(session, lambda: bool(heard.snapshots)))
    assert {snapshot.run_id for snapshot in heard.snapshots} == {2}
    assert all(len(rows.iteration) == 0 for rows in heard.rows)
    assert session.reached_iteration == 0


def test_dataset_is_loaded_by_the_helper(session: Session, qtbot: QtBot) -> None:
    heard = Heard(session)
    session.load("strokes")
    qtbot.waitUntil(lambda: heard.has(messages.DatasetReady))
    ready = next(e for e in heard.events if isinstance(e, messages.DatasetReady))
    assert len(ready.dataset.train) == 10_000


def test_missing_dataset_is_answered_with_a_sentence(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    heard = Heard(session)
    session.load("folder", tmp_path / "nowhere")
    qtbot.waitUntil(lambda: heard.has(messages.QuestionFailed, question="folder"))


def test_a_long_question_is_answered_in_the_thread_that_pulls(session: Session, qtbot: QtBot) -> None:
    asked_in: list[threading.Thread] = []
    answered_in: list[threading.Thread] = []

    def question() -> int:
        asked_in.append(threading.current_thread())
        return 7

    session.ask("sum", question, lambda value: answered_in.extend([threading.current_thread()] * value))
    qtbot.waitUntil(lambda: pulled(session, lambda: bool(answered_in)))
    assert answered_in == [threading.current_thread()] * 7
    assert asked_in != answered_in[:1]
    assert not session.is_asked("sum")


def test_only_the_newest_question_of_a_name_is_answered(session: Session, qtbot: QtBot) -> None:
    answers: list[int] = []
    gate = threading.Event()
    session.ask("other", lambda: gate.wait(5.0), lambda _: None)
    session.ask("sum", lambda: 1, answers.append)
    session.ask("sum", lambda: 2, answers.append)
    gate.set()
    qtbot.waitUntil(lambda: pulled(session, lambda: bool(answers)))
    session.post(lambda: answers.append(3))
    qtbot.waitUntil(lambda: pulled(session, lambda: len(answers) > 1))
    assert answers == [2, 3]


def test_a_question_that_fails_is_no_longer_waited_for(session: Session, qtbot: QtBot) -> None:
    heard = Heard(session)

    def bad() -> int:
        raise DataError("there is nothing to count; at least 1 is needed")

    session.ask("sum", bad, lambda _: None)
    qtbot.waitUntil(lambda: heard.has(messages.QuestionFailed, question="sum"))
    assert not session.is_asked("sum")


def test_an_answer_nobody_waits_for_any_more_is_not_given(session: Session, qtbot: QtBot) -> None:
    answers: list[int] = []
    session.ask("sum", lambda: 1, answers.append)
    session.forget("sum")
    session.ask("last", lambda: 2, answers.append)
    qtbot.waitUntil(lambda: pulled(session, lambda: bool(answers)))
    assert answers == [2]
