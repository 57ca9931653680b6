"""What to look at again, gathered from other threads (FAULTS W6: adding a hint never waits, reads or raises)."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

from litindex.watch.debounce import Debounce

MAX_PATHS = 10_000
"""Beyond, a walk over the whole vault is cheaper than the list."""


class Batch(NamedTuple):
    """`paths`: vault path -> whether the last that was told of it is that something is there. `walk`: why only a walk
    over the whole vault will do, or ''; `is_behind`: the index may be wrong until that is done.
    """

    paths: dict[str, bool]
    walk: str
    is_behind: bool = False

    def __bool__(self) -> bool:
        return bool(self.paths or self.walk)


class Hints:
    """A set of paths, or the whole vault, and when it is time to look."""

    def __init__(self, debounce: Debounce) -> None:
        self.walk_seconds = 0.0
        """How long the last walk took: bursts that end in one are given more time, so that slow disks do not spin."""
        self._debounce = debounce
        self._paths: dict[str, bool] = {}
        self._walk = ""
        self._is_behind = False
        self._changed = threading.Condition()

    def add(self, path: str, is_there: bool) -> None:
        """An event told of the file `path`."""
        with self._changed:
            self._paths[path] = is_there
            if len(self._paths) > MAX_PATHS:
                self._paths.clear()
                self._walk = self._walk or "many changes"
            self._touch()

    def add_walk(self, reason: str, *, is_behind: bool = False) -> None:
        """Something was told, or (`is_behind`) may have been missed, that only a walk can tell."""
        with self._changed:
            self._set_walk(reason, is_behind)
            self._touch()

    def put_back(self, batch: Batch) -> None:
        """What could not be done: whatever came since then is newer."""
        with self._changed:
            self._paths = {**batch.paths, **self._paths}
            self._set_walk(batch.walk, batch.is_behind)
            self._touch()

    def take(self) -> Batch:
        with self._changed:
            batch = Batch(self._paths, self._walk, self._is_behind)
            self._paths, self._walk, self._is_behind = {}, "", False
            self._debounce.clear()
            return batch

    def due(self) -> float | None:
        """When the burst is over (time.monotonic), or None."""
        with self._changed:
            return self._debounce.due(2 * self.walk_seconds if self._walk else 0.0)

    def last(self) -> float:
        """When something was told last."""
        with self._changed:
            return self._debounce.last

    def wait(self, until: float) -> None:
        """Returns at `until`, or when a burst begins: its further events do not wake anybody."""
        with self._changed:
            if self._debounce.first is None:
                self._changed.wait(max(0.0, until - time.monotonic()))
                return
        time.sleep(max(0.0, until - time.monotonic()))

    def _set_walk(self, reason: str, is_behind: bool) -> None:
        """The first reason counts, and the first that means that the index is behind counts more."""
        if not self._walk or (is_behind and not self._is_behind):
            self._walk = reason
        self._is_behind = self._is_behind or is_behind

    def _touch(self) -> None:
        begins = self._debounce.first is None
        self._debounce.touch(time.monotonic())
        if begins:
            self._changed.notify_all()
