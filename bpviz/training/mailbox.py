"""A one-slot mailbox between two threads: the latest item wins, nothing queues up."""

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Holds at most one item. One thread puts, one takes; both may call at any time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._item: T | None = None
        self._wanted = True

    @property
    def wanted(self) -> bool:
        """True when the last item has been taken, so making a new one is worth the work."""
        return self._wanted

    def put(self, item: T) -> None:
        """Store `item`, replacing one that was not taken."""
        with self._lock:
            self._item = item
            self._wanted = False

    def take(self) -> T | None:
        """Return the item and leave the box empty and wanting; None if there is none."""
        with self._lock:
            item, self._item = self._item, None
            self._wanted = True
            return item
