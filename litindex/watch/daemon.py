"""`watch`: the same `sync` as `build`, again whenever something may have changed. Events are hints, the file system is
the truth, and all work on the index is done here, in the main thread (FAULTS section 6).
"""

from __future__ import annotations

import math
import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from litindex.errors import (
    DiskError,
    IndexBusy,
    IndexFileError,
    LitindexError,
    SettingsError,
    SystemLimitError,
    VaultError,
)
from litindex.index.file import index_file
from litindex.index.file.lock import Requests
from litindex.sync import indexer
from litindex.sync.report import Report
from litindex.watch import status_file
from litindex.watch.debounce import Debounce
from litindex.watch.pending_changes import Batch, Hints
from litindex.watch.scheduler import Agenda, Backoff
from litindex.watch.shutdown import Stop, Stopped
from litindex.watch.status_file import BEAT_SECONDS, Heartbeat, timestamp
from litindex.watch.supervisor import CALM_SECONDS, Lookout

_TICK_SECONDS = 0.25
_LEAST_SECONDS = 0.05
_HEALTH_SECONDS = 1.0
_PATIENCE_SECONDS = 1.0
_AGAIN_SECONDS = 1.05
_RACY_SECONDS = 2.7
_LET_IN_SECONDS = 0.5
_BUSY_SECONDS = 0.2
_VERIFY_SECONDS = 86_400.0
_VERIFY_AFTER_START_SECONDS = 600.0
_GAP_SECONDS = 10.0
_RESCAN_SECONDS = 60.0
_POLL_SECONDS = 5.0
_RESCAN_SHARE = 0.004
_POLL_SHARE = 0.04
"""At rest, walks take no more of a processor than this."""
_PROGRESS_SECONDS = 10.0
_TRIES = 6
_LONGEST_VAULT_WAIT = 5.0
_LONGEST_SETTINGS_WAIT = 2.0
_LONGEST_INDEX_WAIT = 60.0
_LONG_JOURNAL_BYTES = 256 * 2**20


@dataclass(frozen=True)
class Pace:
    """Seconds. `quiet`, `limit`: when a burst of changes is over (debounce.py). `poll`: look every so often instead of
    watching. `rescan`: how often the whole vault is looked at all the same (None: every minute, or as often as a large
    vault allows).
    """

    quiet: float = 0.3
    limit: float = 2.0
    poll: float | None = None
    rescan: float | None = None


class Tell(Protocol):
    """Where the daemon says what it does."""

    def batch(self, report: Report) -> None:
        """A run that changed something, and the first one."""

    def line(self, text: str) -> None:
        """What people should know: a change of state, files that cannot be read."""


class Daemon:
    """Keeps the index of one vault true, from `run` until `stop` asks for the end."""

    def __init__(self, vault: Path, index: Path, pace: Pace, tell: Tell, stop: Stop) -> None:
        self._vault = vault
        self._index = index
        self._pace = pace
        self._tell = tell
        self._stop = stop
        self._hints = Hints(Debounce(pace.quiet, pace.limit))
        self._lookout = Lookout(index, self._hints, always_poll=pace.poll is not None)
        self._agenda = Agenda()
        self._backoff = Backoff(0.2)
        self._indexer = indexer.Indexer(
            vault,
            index,
            follow_links=None,
            command="watch",
            patience=_PATIENCE_SECONDS,
            progress=self._progress,
        )
        self._is_open = False
        self._has_run = False
        self._has_warned = False
        self._blocked_until = 0.0
        self._requests = Requests(0, 0)
        self._unreadable: set[str] = set()
        self._tries = 0
        self._walk_began_ns = 0
        self._next_progress = 0.0
        self._next_walk = 0.0

    def run(self) -> None:
        """IndexBusy, IndexFileError, VaultError when it cannot begin; afterwards it waits for better times."""
        with Heartbeat(self._index) as self._heart:
            try:
                self._begin()
                while not self._stop.requested:
                    self._step()
            except Stopped:
                pass
            finally:
                self._lookout.close()
                self._close()

    # ------------------------------------------------------------------------------------------------ beginning, ending

    def _begin(self) -> None:
        self._heart.tell(vault=str(self._vault))
        now = time.monotonic()
        for what in "health", "beat":
            self._agenda.put(what, now)
        wait = _VERIFY_SECONDS - (time.time() - self._heart.pulse.verified)
        self._agenda.put("verify", now + max(_VERIFY_AFTER_START_SECONDS, wait))
        self._hints.add_walk("start", is_behind=True)
        try:
            self._open()
        except VaultError:
            if not self._knows_vault():
                raise
        except DiskError:
            if not self._index.exists():
                raise
        self._run(self._hints.take())

    def _knows_vault(self) -> bool:
        """Whether the index is one of this vault, which is away: then it is worth waiting for."""
        try:
            return os.path.realpath(self._vault) == str(index_file.vault_of(self._index))
        except LitindexError:
            return False

    def _open(self) -> None:
        if not self._is_open:
            self._indexer.__enter__()
            self._is_open = True
            self._requests = self._indexer.requests()
            self._stop.interrupt = self._indexer.interrupt

    def _close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._indexer.__exit__(None, None, None)

    # ------------------------------------------------------------------------------------------------ the loop

    def _step(self) -> None:
        self._wait()
        now = time.monotonic()
        if self._agenda.take("health", now):
            self._check_health(now)
        if self._agenda.take("beat", now):
            self._agenda.put("beat", now + BEAT_SECONDS)
            self._heart.tell()
        self._answer_requests(now)
        if now >= self._blocked_until:
            self._work(now)

    def _wait(self) -> None:
        """Until something may be due. Notices when the machine slept meanwhile, or its clock was set (FAULTS P2)."""
        now, clock = time.monotonic(), time.time()
        if now < self._blocked_until:
            until = self._blocked_until
        else:
            until = min(self._hints.due() or math.inf, max(self._agenda.next(), now + _LEAST_SECONDS))
        self._hints.wait(min(until, now + _TICK_SECONDS))
        waited = time.monotonic() - now
        if waited > _GAP_SECONDS or abs(time.time() - clock - waited) > _GAP_SECONDS:
            self._hints.add_walk("the machine slept, or its clock was set", is_behind=True)

    def _work(self, now: float) -> None:
        """The most urgent thing that is due. In the middle of a burst only its end: what is done right after one is
        in nobody's way, for the next burst has its quiet time first.
        """
        due, late = self._hints.due(), self._lateness(now)
        is_calm = now - self._hints.last() > CALM_SECONDS
        if due is not None:
            if now >= due:
                batch = self._hints.take()
                self._run(batch._replace(walk=batch.walk or "rescan") if late > 2.0 else batch)
        elif self._is_open and self._agenda.take("tidy", now):
            self._tidy(now)
        elif self._agenda.take("again", now):
            self._run(Batch(dict.fromkeys(self._unreadable, False), ""))
        elif late > (0.0 if is_calm else 1.0):
            self._rescan()
        elif is_calm and self._agenda.take("verify", now):
            self._run(Batch({}, "verify"), verify=True)
        elif self._agenda.take("missed", now) and self._hints.last() < now - _AGAIN_SECONDS - CALM_SECONDS:
            self._lookout.miss(now)

    def _lateness(self, now: float) -> float:
        """By how many intervals the next walk is late: where changes never end it is done all the same."""
        return (now - self._next_walk) / self._interval()

    def _check_health(self, now: float) -> None:
        self._agenda.put("health", now + _HEALTH_SECONDS)
        if self._heart.is_deleted():
            self._heart.tell()
        if now < self._blocked_until or not self._is_open:
            return
        if not self._indexer.is_root_in_place():
            self._hints.add_walk("the vault went away", is_behind=True)
        if reason := self._indexer.why_look_again():
            self._hints.add_walk(reason, is_behind=True)
        self._lookout.check(now)

    def _answer_requests(self, now: float) -> None:
        """`status --wait` wants everything that is there now to be in; `build --wait` wants the index for itself."""
        if not self._is_open:
            return
        before, self._requests = self._requests, self._indexer.requests()
        if self._requests.waiting != before.waiting:
            self._change_state(status_file.CATCHING_UP, "another process was let in")
            self._close()
            self._blocked_until = now + _LET_IN_SECONDS
            self._hints.add_walk("another process was let in", is_behind=True)
        elif self._requests.knocks != before.knocks:
            self._hints.add_walk("asked")

    # ------------------------------------------------------------------------------------------------ one run

    def _rescan(self) -> None:
        self._agenda.drop("rescan")
        report = self._run(Batch({}, "rescan"))
        if report and report.changes and not self._lookout.reason:
            self._agenda.put("missed", time.monotonic() + _AGAIN_SECONDS)

    def _run(self, batch: Batch, *, verify: bool = False) -> Report | None:
        """None when it failed; then what it was about is put back for later."""
        began_ns = time.monotonic_ns()
        self._next_progress = time.monotonic() + _PROGRESS_SECONDS
        if batch.is_behind and not self._backoff.has_failed:
            self._change_state(status_file.CATCHING_UP, batch.walk)
        try:
            self._prepare()
            walk = bool(batch.walk) or self._lookout.is_uncertain
            report = self._indexer.sync(batch.paths, walk=walk, verify=verify)
        except IndexBusy:
            self._hints.put_back(batch)
            self._blocked_until = time.monotonic() + _BUSY_SECONDS
        except VaultError as error:
            self._lookout.close()
            self._fail(status_file.VAULT_MISSING, error, batch, _LONGEST_VAULT_WAIT)
        except SystemLimitError as error:
            self._fail(status_file.SYSTEM_LIMIT, error, batch, _LONGEST_VAULT_WAIT)
        except SettingsError as error:
            self._fail(status_file.DB_ERROR, error, batch, _LONGEST_SETTINGS_WAIT)
        except (LitindexError, sqlite3.Error, OSError, MemoryError) as error:
            self._fail(status_file.DB_ERROR, error, batch, _LONGEST_INDEX_WAIT)
        else:
            self._finish(report, began_ns, verify)
            return report
        return None

    def _progress(self, done: int, total: int) -> None:
        """Of a long run: how far it is."""
        self._stop.check()
        if time.monotonic() >= self._next_progress:
            self._next_progress = time.monotonic() + _PROGRESS_SECONDS
            self._change_state(status_file.CATCHING_UP, f"{done:,} of {total:,} notes read")

    def _prepare(self) -> None:
        """Watch first, then look: nothing falls between."""
        if self._is_open:
            before = self._indexer.root
            self._indexer.find_root()
            if self._indexer.root != before:
                self._lookout.close()
        self._open()
        self._lookout.open(self._indexer.root.path, time.monotonic(), follow_links=self._indexer.follow_links)

    def _fail(self, state: str, error: Exception, batch: Batch, longest: float) -> None:
        self._hints.put_back(batch._replace(walk=batch.walk or state, is_behind=True))
        self._blocked_until = time.monotonic() + self._backoff.fail(longest)
        self._change_state(state, str(error) or type(error).__name__)

    def _change_state(self, state: str, reason: str, **news: object) -> None:
        before = self._heart.pulse
        self._heart.tell(state=state, reason=reason, **news)
        if (before.state, before.reason) != (state, self._heart.pulse.reason):
            self._tell.line(str(self._heart.pulse))

    def _finish(self, report: Report, began_ns: int, verified: bool) -> None:
        now = time.monotonic()
        self._backoff.reset()
        if report.walked:
            self._walk_began_ns = began_ns
            self._hints.walk_seconds = report.seconds["look"]
            self._next_walk = now + self._interval()
            self._agenda.put("rescan", self._next_walk)
        self._agenda.drop("again")
        if report.racy or report.held:
            self._agenda.put("again", now + (_AGAIN_SECONDS if report.held else _RACY_SECONDS))
        self._try_unreadable_again(report, now)
        if report.committed:
            self._agenda.put("tidy", now)
        self._say(report, verified)

    def _try_unreadable_again(self, report: Report, now: float) -> None:
        """Soon, for it may be a program that is just writing; then at each rescan only (FAULTS N4, P7)."""
        unreadable = set(report.unreadable)
        if unreadable - self._unreadable:
            self._tries = 0
            self._tell_unreadable(sorted(unreadable - self._unreadable))
        if report.walked or unreadable:
            self._unreadable = unreadable
        if unreadable and self._tries < _TRIES:
            self._agenda.put_by("again", now + 0.1 * 2**self._tries)
            self._tries += 1

    def _tell_unreadable(self, paths: list[str]) -> None:
        more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
        self._tell.line(f"cannot be read, kept as it was: {paths[0]}{more}")

    def _interval(self) -> float:
        """Seconds from one walk over the whole vault to the next."""
        if self._lookout.reason:
            return self._pace.poll or max(_POLL_SECONDS, self._hints.walk_seconds / _POLL_SHARE)
        return self._pace.rescan or max(_RESCAN_SECONDS, self._hints.walk_seconds / _RESCAN_SHARE)

    def _say(self, report: Report, verified: bool) -> None:
        look = self._lookout
        news: dict[str, object] = {"batches": self._heart.pulse.batches + 1, "last_batch": timestamp()}
        news |= {"overflows": look.overflows, "renewals": look.renewals, "missed": look.missed}
        if report.walked:
            news["last_walk"] = timestamp()
        if not report.held:
            news["settled_ns"] = self._walk_began_ns
        if verified:
            news["verified"] = time.time()
        state, reason = self._state()
        self._change_state(state, reason, **news)
        if report.changes or report.parsed or not self._has_run:
            self._tell.batch(report)
        self._has_run = True

    def _state(self) -> tuple[str, str]:
        """After a run: the state, and why."""
        if self._lookout.reason:
            return status_file.POLLING, self._lookout.reason
        if self._lookout.doubts:
            return status_file.CATCHING_UP, "some folders may not be watched yet"
        return status_file.OK, ""

    def _tidy(self, now: float) -> None:
        try:
            if self._indexer.tidy():
                self._agenda.put("tidy", now)
            self._warn_of_long_journal()
        except IndexFileError as error:
            self._fail(status_file.DB_ERROR, error, Batch({}, ""), _LONGEST_INDEX_WAIT)

    def _warn_of_long_journal(self) -> None:
        """Once, until it is short again (FAULTS D4)."""
        length = self._indexer.journal_bytes
        if length > _LONG_JOURNAL_BYTES and not self._has_warned:
            self._tell.line(f"the journal has {length >> 20:,} MB: a reader of the index has not ended for long")
        self._has_warned = length > _LONG_JOURNAL_BYTES
