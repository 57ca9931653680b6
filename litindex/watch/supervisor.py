"""Whether the vault is watched or looked at every so often, and which of the two is better now."""

from __future__ import annotations

import errno
import os
from collections import deque
from pathlib import Path

from litindex.watch.pending_changes import Hints
from litindex.watch.status_file import AS_ASKED, FOLLOWS_LINKS
from litindex.watch.watchdog_adapter import (
    MAX_FOLDERS,
    TOO_MANY,
    Watcher,
    count_folders,
    count_watches,
    explain,
    why_not_watch,
)

CALM_SECONDS = 2.0
"""So long without an event: time for what would be in the way of work."""
_HOUR = 3_600.0
_WATCH_AGAIN_SECONDS = 600.0
_LONG_SECONDS = 30.0
_LOOK_SECONDS = 5.0
"""At the latest after so long, new folders are looked at, however busy the vault is."""
_MOST_FAILURES = 5
_MOST_MISSED = 3


class Lookout:
    """Watches, when it can; `reason` says why it polls, '' when it does not. All times are of time.monotonic."""

    def __init__(self, index: Path, hints: Hints, *, always_poll: bool) -> None:
        self.reason = AS_ASKED if always_poll else ""
        self.renewals = 0
        self.missed = 0
        self._overflows = 0
        self._always_poll = always_poll
        self._index = os.path.realpath(index)
        self._hints = hints
        self._watcher: Watcher | None = None
        self._root = ""
        self._watch_again = 0.0
        self._since = 0.0
        self._looked = 0.0
        self._too_few: float | None = None
        self._doubts_new_watch = False
        self._failures: deque[float] = deque(maxlen=_MOST_FAILURES + 1)
        self._misses: deque[float] = deque(maxlen=_MOST_MISSED)

    @property
    def overflows(self) -> int:
        """How often the system lost events."""
        return self._overflows + (self._watcher.overflows if self._watcher else 0)

    @property
    def is_uncertain(self) -> bool:
        """Whether what events say of places may be wrong."""
        return self._watcher is not None and self._watcher.is_uncertain

    @property
    def doubts(self) -> bool:
        """Whether some folders may be unwatched, which the next look decides."""
        return self._too_few is not None

    def open(self, root: str, now: float, *, follow_links: bool) -> None:
        """Begins to watch, unless that is done already or is no use."""
        if self._watcher or self.reason:
            return
        self._root = root
        if follow_links:
            self._poll(FOLLOWS_LINKS, now)
        else:
            self._watch(now)

    def close(self) -> None:
        self._too_few = None
        if self._watcher:
            self._overflows += self._watcher.overflows
            self._watcher.stop()
            self._watcher = None

    def check(self, now: float) -> None:
        """To be called every second: mends what can be mended, polls where it cannot."""
        if self._watcher is None:
            self._try_again(now)
        elif self._watcher.is_overwhelmed():
            self._poll("the system loses events again and again", now)
        elif failure := self._watcher.failure():
            self._recover(failure, now)
        elif self._watcher.is_uncertain and (self._is_calm(now) or now - self._since > _LONG_SECONDS):
            self._renew(now)
        elif (self.doubts or self._watcher.have_folders_changed) and self._is_time_to_look(now):
            self._look_for_blind_spots(now)

    def miss(self, now: float) -> None:
        """A walk found a change that no event had told of."""
        self.missed += 1
        self._misses.append(now)
        if self._watcher and len(self._misses) == _MOST_MISSED and now - self._misses[0] < _HOUR:
            self._misses.clear()
            self._poll("changes come without events", now)

    def _is_calm(self, now: float) -> bool:
        return now - self._hints.last() > CALM_SECONDS

    def _is_time_to_look(self, now: float) -> bool:
        return self.doubts or self._is_calm(now) or now - self._looked > _LOOK_SECONDS

    def _watch(self, now: float) -> None:
        """The old watch ends first, since the system may have no room for two; a walk follows, so nothing falls
        between.
        """
        self.close()
        if reason := why_not_watch(self._root):
            self._poll(reason, now)
            return
        watcher, self._since = Watcher(self._root, self._index, self._hints), now
        try:
            watcher.start()
        except (FileNotFoundError, NotADirectoryError):
            watcher.stop()
            self._hints.add_walk("the vault went away", is_behind=True)
        except (OSError, RuntimeError) as error:
            watcher.stop()
            self._poll(explain(error), now)
        else:
            self._watcher = watcher
            self._look_for_blind_spots(now)
            self._doubts_new_watch = self.doubts

    def _renew(self, now: float) -> None:
        self.renewals += 1
        self._watch(now)
        self._hints.add_walk("watching was restarted")

    def _recover(self, failure: str, now: float) -> None:
        self._failures.append(now)
        if len(self._failures) > _MOST_FAILURES and now - self._failures[0] < _HOUR:
            self._failures.clear()
            self._poll(f"watching fails again and again: {failure}", now)
        else:
            self._renew(now)

    def _look_for_blind_spots(self, now: float) -> None:
        """Folders that nobody watches, though watchdog says nothing of it (finding 4). At first that is a doubt, since
        folders come and go while they are counted.
        """
        assert self._watcher
        self._looked = now
        is_still = not self._watcher.have_folders_changed
        self._watcher.have_folders_changed = False
        watches = count_watches()
        folders = count_folders(self._root, MAX_FOLDERS)
        watches = max(watches, count_watches())
        before, self._too_few = self._too_few, watches if watches < folders else None
        self._doubts_new_watch &= self.doubts
        if folders > MAX_FOLDERS:
            self._poll(TOO_MANY, now)
        elif not self.doubts:
            if before is not None:
                self._hints.add_walk("all folders are watched")
        elif before is None:
            self._hints.add_walk("some folders may not be watched yet", is_behind=True)
        elif watches <= before and is_still:
            self._decide(now)

    def _decide(self, now: float) -> None:
        """Folders came, went and were watched no more, and still some are unwatched: watchdog has overlooked them, or,
        when a new watch does not help, there is no room for them.
        """
        if self._doubts_new_watch:
            self._poll(explain(OSError(errno.ENOSPC, "")), now)
        else:
            self._renew(now)

    def _poll(self, reason: str, now: float) -> None:
        self.close()
        self.reason = reason
        self._watch_again = now + _WATCH_AGAIN_SECONDS
        self._hints.add_walk("polling begins", is_behind=True)

    def _try_again(self, now: float) -> None:
        if self.reason and not self._always_poll and now >= self._watch_again:
            self.reason = ""
            self._hints.add_walk("watching again", is_behind=True)
