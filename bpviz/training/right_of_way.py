"""Who goes first where trainer and window would only be in each other's way.

A small network's iterations are all interpreter and no arithmetic: its trainer keeps the interpreter's lock
for whole time slices, and the window, which lets go of it at every call into Qt, would wait for hundreds of
them in each frame. So the trainer stands still between two iterations while the window is at work.
"""

import threading
import time
from collections.abc import Callable

SMALL_PARAMETERS = 5_000
"""Networks up to this size give way; the products of larger ones let go of the lock by themselves."""
LONGEST_S = 0.02
"""The trainer waits no longer at a time, and then goes on for as long: a busy window must not stop it."""


class RightOfWay:
    """Lets the window pass while the trainer waits; may be used from any thread."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._is_free = threading.Event()
        self._is_free.set()
        self._entitled_until = clock()

    def take(self) -> None:
        """Have the right of way from now on."""
        self._is_free.clear()

    def leave(self) -> None:
        """Let the trainer go on."""
        self._is_free.set()

    def give(self) -> None:
        """Wait while the window has the right of way; call from the trainer's thread, between iterations."""
        if self._is_free.is_set() or self._clock() < self._entitled_until:
            return
        if not self._is_free.wait(LONGEST_S):
            self._entitled_until = self._clock() + LONGEST_S
