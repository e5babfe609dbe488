"""Of two starts at once, one sets up while the other waits."""

import subprocess
import sys
from pathlib import Path

from launch.lock import only_one

SCRIPTS = Path(__file__).parents[2] / "scripts"
HOLDER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from launch.lock import only_one
with only_one(Path(sys.argv[2]), poll_s=0.01):
    print("held", flush=True)
    sys.stdin.readline()
"""


def start_holder(lock: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(SCRIPTS), str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_second_start_says_that_it_waits_and_then_goes_on(tmp_path: Path) -> None:
    with only_one(tmp_path / "lock"):
        second = start_holder(tmp_path / "lock")
        assert second.stderr is not None
        assert "waiting" in second.stderr.readline()
        assert second.poll() is None
    output, _ = second.communicate("\n")
    assert output == "held\n"


def test_a_killed_start_blocks_nobody(tmp_path: Path) -> None:
    first = start_holder(tmp_path / "lock")
    assert first.stdout is not None
    assert first.stdout.readline() == "held\n"
    first.kill()
    first.communicate()
    with only_one(tmp_path / "lock"):
        pass
