"""Offscreen Qt, and fixtures that fail a test for what it leaves: threads, timers, windows, warnings."""

import gc
import logging
import os
import threading
import time
import weakref
from collections.abc import Iterator

# Before anything imports Qt: the tests need no display, and never write on the person's own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import hypothesis
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

# The same examples at every run: a change is judged by what it does, not by luck.
hypothesis.settings.register_profile("steady", derandomize=True)
hypothesis.settings.load_profile("steady")

# A thread that was told to stop may need a moment to return.
THREAD_GRACE_S = 2.0

_started_timers: "weakref.WeakSet[QTimer]" = weakref.WeakSet()


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep settings and downloads of the person who runs the tests out of reach."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name))
        yield


@pytest.fixture(autouse=True)
def _no_threads_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + THREAD_GRACE_S
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0.0, deadline - time.monotonic()))
    left = [thread.name for thread in threading.enumerate() if thread not in before]
    assert not left, f"the test left threads running: {left}"


@pytest.fixture(autouse=True)
def _no_log_warnings_left(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A test that expects a warning asserts it through `caplog`, then calls `caplog.clear()`."""
    yield
    left = [
        record.getMessage()
        for record in caplog.get_records("setup") + caplog.get_records("call")
        if record.levelno >= logging.WARNING
    ]
    assert not left, f"the test logged warnings it did not expect: {left}"


@pytest.fixture(autouse=True)
def _no_windows_or_timers_left(_watched_timers: None) -> Iterator[None]:
    """Only what a test adds: what was there before it is not its fault."""
    windows_before, timers_before = _windows(), _running_timers()
    yield
    # Not bound to a name here: that would keep alive what only a reference cycle keeps.
    if _windows() - windows_before or _running_timers() - timers_before:
        gc.collect()
    windows, timers = _windows() - windows_before, _running_timers() - timers_before
    assert not windows, f"the test left windows: {windows}"
    assert not timers, f"the test left timers running: {timers}"


@pytest.fixture(autouse=True, scope="session")
def _watched_timers() -> Iterator[None]:
    """Note every timer that Python starts; Qt itself keeps no list of them."""
    start = QTimer.start

    def start_and_note(timer: QTimer, *arguments: int) -> None:
        _started_timers.add(timer)
        start(timer, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QTimer, "start", start_and_note)
        yield


def _windows() -> set[QWidget]:
    """Return the top-level widgets alive once those that were asked to go are gone."""
    if QApplication.instance() is None:
        return set()
    # Outside an event loop Qt puts off deleteLater for ever.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return set(QApplication.topLevelWidgets())


def _running_timers() -> set[QTimer]:
    return {timer for timer in _started_timers if isValid(timer) and timer.isActive()}
