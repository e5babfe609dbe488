"""The fixtures of conftest.py fail what they must fail, tried in a project of their own."""

import re
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

HERE = Path(__file__).parent

CARELESS = """
import logging, threading, warnings
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QWidget

kept = []

def test_thread(request):
    stop = threading.Event()
    request.config.add_cleanup(stop.set)
    threading.Thread(target=stop.wait, daemon=True).start()

def test_window(qtbot):
    kept.append(QWidget())

def test_timer(qtbot):
    kept.append(QTimer())
    kept[-1].start(1000)

def test_log_warning():
    logging.getLogger("bpviz").warning("a surprise")

def test_qt_warning(qtbot):
    qWarning("a surprise")

def test_python_warning():
    warnings.warn("a surprise")
"""

CAREFUL = """
import logging, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

def test_thread_that_ends():
    threading.Thread(target=int).start()

def test_window_given_to_qtbot(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    timer = QTimer(window)
    timer.start(1000)

def test_window_kept_by_a_cycle_only(qtbot):
    window = QWidget()
    window.itself = window

def test_timer_that_stops(qtbot):
    timer = QTimer()
    timer.start(0)
    qtbot.waitSignal(timer.timeout).wait()
    timer.stop()

def test_expected_warning(caplog):
    logging.getLogger("bpviz").warning("expected")
    assert caplog.messages == ["expected"]
    caplog.clear()
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with this project's own settings and fixtures."""
    pytester.makeconftest((HERE / "conftest.py").read_text(encoding="utf-8"))
    settings = (HERE.parent / "pyproject.toml").read_text(encoding="utf-8")
    pytester.makepyprojecttoml(settings.replace('testpaths = ["tests"]', ""))
    return pytester


def test_what_a_careless_test_leaves_behind_fails_it(project: pytest.Pytester) -> None:
    project.makepyfile(CARELESS)
    output = project.runpytest_subprocess("-rA", "-p", "no:cacheprovider").stdout.str()
    assert re.findall(r"^ERROR \S+::test_(\w+)", output, re.MULTILINE) == [
        "thread",
        "window",
        "timer",
        "log_warning",
    ]
    assert re.findall(r"^FAILED \S+::test_(\w+)", output, re.MULTILINE) == ["qt_warning", "python_warning"]


def test_what_a_careful_test_cleans_up_lets_it_pass(project: pytest.Pytester) -> None:
    project.makepyfile(CAREFUL)
    project.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=5)
