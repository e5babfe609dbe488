"""A file lock: of two starts at once, one sets up and the other waits."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .project import say

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[str]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def only_one(path: Path, poll_s: float = 0.2) -> Iterator[None]:
    """Hold the lock on `path` inside the `with` block, waiting as long as another process holds it.

    The system releases it when its holder ends, however that happens, so a killed start blocks nobody.
    """
    with path.open("a") as file:
        if not _try_lock(file):
            say("Another start is setting bpviz up; waiting for it.")
            while not _try_lock(file):
                time.sleep(poll_s)
        yield
