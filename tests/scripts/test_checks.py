"""test.py runs every check, fails if one fails, and lets pytest speak last."""

import os

import pytest
from launch.project import Project

from .pretend import Run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the pretended interpreter is a shell script")

# Each tool succeeds with chatter, save the one whose name FAILS holds.
TOOLS = """
line = " ".join(sys.argv[1:])
print("ran", line)
print("5 passed in 0.1s" if "pytest" in line else "chatter \u2192")
sys.exit(os.environ.get("FAILS", "none") in line)
"""


@pytest.fixture
def pretended_tools(complete: Project) -> Project:
    complete.python.with_name("pretended.py").write_text(f"import os, sys\n{TOOLS}", encoding="utf-8")
    return complete


@pytest.mark.usefixtures("pretended_tools")
def test_success_shows_nothing_but_pytest(run: Run) -> None:
    done = run("test.py", ["-k", "losses or optimizers"])
    assert done.stdout == "ran -P -m pytest -k losses or optimizers\n5 passed in 0.1s\n"
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.usefixtures("pretended_tools")
@pytest.mark.parametrize(
    ("tool", "name"),
    [("ruff format", "format"), ("ruff check", "lint"), ("mypy", "types"), ("importlinter", "floors")],
)
def test_a_failing_check_is_shown_and_fails_the_run(run: Run, tool: str, name: str) -> None:
    done = run("test.py", FAILS=tool)
    assert done.returncode == 1
    assert f"--- {name} ---" in done.stderr
    assert "chatter" in done.stderr
    assert f"Failed, see above: {name}." in done.stderr
    assert done.stdout.splitlines()[-1] == "5 passed in 0.1s"


@pytest.mark.usefixtures("pretended_tools")
def test_failing_tests_fail_the_run(run: Run) -> None:
    done = run("test.py", FAILS="pytest")
    assert done.returncode == 1
    assert done.stdout.startswith("ran -P -m pytest")
