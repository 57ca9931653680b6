"""What a running `watch` says of itself: `<index>.status`, a small JSON file beside the index, readable whatever
state the index is in. The operating system holds a lock on it for as long as the daemon lives.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from litindex.errors import IndexBusy, IndexFileError
from litindex.index.file import lock
from litindex.vault import plain_files
from litindex.version import __version__

STARTING, OK, CATCHING_UP, POLLING = "starting", "ok", "catching-up", "polling"
VAULT_MISSING, DB_ERROR, STOPPED, NOT_RUNNING = "vault-missing", "db-error", "stopped", "not-running"
UNKNOWN, SYSTEM_LIMIT = "unknown", "system-limit"
AS_ASKED, FOLLOWS_LINKS = "as asked", "as asked: folders outside the vault are followed"
BEAT_SECONDS = 60.0
"""So often the daemon says something at least."""
_SILENT_SECONDS = 2 * BEAT_SECONDS
_BETWEEN_SECONDS = 0.2
"""A daemon takes its place an instant before it says so, and says that it stops an instant before it leaves."""
_MOST_BYTES = 16_384
_LONGEST_REASON = 300


@dataclass(frozen=True)
class Pulse:
    """The daemon's state. Times are ISO 8601 in UTC; those in `_ns` are time.monotonic_ns() of this boot."""

    state: str = NOT_RUNNING
    reason: str = ""
    pid: int = 0
    version: str = ""
    vault: str = ""
    started: str = ""
    written: str = ""
    batches: int = 0
    last_batch: str = ""
    last_walk: str = ""
    """When the whole vault was looked at last."""
    overflows: int = 0
    """How often the system lost events; each is answered by a walk."""
    renewals: int = 0
    """How often watching had to be restarted."""
    missed: int = 0
    """Changes that no event told of, found by a walk."""
    verified: float = 0.0
    """When the content of all notes was compared last, in seconds since 1970."""
    settled_ns: int = 0
    """All that the vault held at this moment is in the index."""
    next_word_ns: int = 0
    """A daemon that is not heard of again before this moment is stuck."""

    def __str__(self) -> str:
        return f"{self.state} ({self.reason})" if self.reason else self.state

    @property
    def is_running(self) -> bool:
        return self.state not in (STOPPED, NOT_RUNNING)

    @property
    def is_well(self) -> bool:
        """Whether it keeps the index up to date as it should; polling counts only where it was asked for."""
        return self.state == OK or (self.state == POLLING and self.reason in (AS_ASKED, FOLLOWS_LINKS))

    def describe(self) -> str:
        """One line for people."""
        if not self.pid:
            return str(self)
        parts = [f"{self}, pid {self.pid}, started {self.started}"]
        if self.last_batch:
            parts.append(f"last batch {self.last_batch} (of {self.batches:,})")
        counts = {"overflows": self.overflows, "missed": self.missed}
        parts += [f"{what} {count:,}" for what, count in counts.items() if count]
        return "; ".join(parts)

    def has_settled_since(self, monotonic_ns: int) -> bool:
        return self.state in (OK, POLLING) and self.settled_ns > monotonic_ns


def status_path(index: Path) -> Path:
    return index.with_name(index.name + ".status")


class Heartbeat:
    """Context manager: takes the place of the one daemon of this index. IndexBusy names the one that has it."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self.pulse = Pulse(STARTING, pid=os.getpid(), version=__version__, started=timestamp())

    def __enter__(self) -> Heartbeat:
        deadline = time.monotonic() + 0.2
        while (descriptor := lock.take(status_path(self._index))) is None:
            if time.monotonic() >= deadline:
                raise IndexBusy(lock.busy(self._index, f"{_read(self._index).pid or ''} watch".strip()))
            time.sleep(0.02)
        self._descriptor = descriptor
        self.tell(verified=_read(self._index).verified)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.tell(state=STOPPED, reason="" if error is None else str(error))
            if error is not None and not self._index.exists():
                status_path(self._index).unlink(missing_ok=True)
        finally:
            os.close(self._descriptor)

    def is_deleted(self) -> bool:
        """Whether somebody removed the file, so that nobody hears what is said."""
        return not lock.is_current(status_path(self._index), self._descriptor)

    def tell(self, **news: Any) -> None:
        """Changes what is said, and says it. A disk that is full does not stop the daemon."""
        if "reason" in news:
            news["reason"] = news["reason"][:_LONGEST_REASON]
        next_word_ns = time.monotonic_ns() + int(_SILENT_SECONDS * 1e9)
        self.pulse = replace(self.pulse, **news, written=timestamp(), next_word_ns=next_word_ns)
        data = json.dumps(asdict(self.pulse), ensure_ascii=True).encode() + b"\n"
        with suppress(OSError, IndexFileError):
            if self.is_deleted():
                self._begin_anew()
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, data)
            os.ftruncate(self._descriptor, len(data))
            self._show_to_readers_of_the_index()

    def _begin_anew(self) -> None:
        """In a new file (FAULTS D13), unless another daemon has one there by now."""
        descriptor = lock.take(status_path(self._index))
        if descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = descriptor

    def _show_to_readers_of_the_index(self) -> None:
        if sys.platform != "win32":
            os.fchmod(self._descriptor, stat.S_IMODE(os.stat(self._index).st_mode) & 0o666)


def read_pulse(index: Path) -> Pulse:
    """What the daemon of this index says of itself; `not-running` when it ended without a word, or never was. One that
    does not say anything any more is not believed (FAULTS I6).
    """
    deadline = time.monotonic() + _BETWEEN_SECONDS
    while True:
        pulse = _read(index)
        is_held = lock.is_held(status_path(index))
        if pulse.state == UNKNOWN:
            return pulse
        if is_held and pulse.is_running:
            return _as_believed(pulse)
        if not is_held and not _keeps_index(index):
            last = _read(index)
            return last if last.state == STOPPED else replace(last, state=NOT_RUNNING, reason="")
        if time.monotonic() > deadline:
            return Pulse(UNKNOWN, "a daemon runs that could not write how it is, or whose status file was taken away")
        time.sleep(0.02)


def _keeps_index(index: Path) -> bool:
    """Whether a daemon holds the index, whatever became of what it says."""
    return lock.read_holder(index).endswith(" watch") and lock.is_held(lock.lock_path(index))


def _as_believed(pulse: Pulse) -> Pulse:
    if pulse.state in (OK, POLLING) and time.monotonic_ns() > pulse.next_word_ns:
        return replace(pulse, state=CATCHING_UP, reason=f"no sign of life since {pulse.written}")
    return pulse


def wait_until_settled(index: Path, seconds: float) -> Pulse:
    """Asks the daemon to look at everything, and returns when all that was in the vault at the call is in the index;
    what the daemon says after `seconds` otherwise.
    """
    start = time.monotonic_ns()
    lock.knock(index)
    while not (pulse := read_pulse(index)).has_settled_since(start):
        if not pulse.is_running or time.monotonic_ns() - start > seconds * 1e9:
            break
        time.sleep(0.05)
    return pulse


def _read(index: Path) -> Pulse:
    """Read again when it was being written meanwhile."""
    for _ in range(5):
        try:
            text = plain_files.read(status_path(index), _MOST_BYTES).decode()
            found = json.JSONDecoder().raw_decode(text)[0]
            return Pulse(**{each.name: found[each.name] for each in fields(Pulse) if each.name in found})
        except FileNotFoundError:
            break
        except PermissionError:
            return Pulse(UNKNOWN, "you may not read what the daemon says of itself")
        except (OSError, ValueError, TypeError, KeyError):
            time.sleep(0.01)
    return Pulse()


def timestamp() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
