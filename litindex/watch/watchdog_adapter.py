"""Watches a vault's folders with watchdog and turns what it tells into hints; knows where watchdog goes deaf.

Facts behind each measure: FAULTS findings 2 to 6 and 10 (watchdog 7.1 on Linux).
"""

from __future__ import annotations

import errno
import logging
import math
import os
import re
import sys
import threading
import time
import warnings
from collections import deque
from contextlib import suppress
from typing import Any

from watchdog.events import (
    DirAttribEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from litindex.vault.names import belongs_to, is_litter, lies_beside_an_index
from litindex.watch.pending_changes import Hints

# Not Opened and ClosedNoWrite: our own reading would be an event. Not DirModified: a third of all events, no news.
_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileDeletedEvent, FileMovedEvent, FileAttribEvent,
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent, DirAttribEvent,
]  # fmt: skip
_OVERFLOW_SECONDS = 60.0
_STOP_SECONDS = 2.0
_SETTINGS_OF_OBSIDIAN = re.compile(r"\.[^/]+/(?:app|plugins/[^/]+/data)\.json")
_FOLDER_OF_OBSIDIAN = re.compile(r"\.[^/]+")


class Watcher:
    """Hints of what changes below `root`, from `start` to `stop`. `index`: a file of ours whose changes mean nothing."""

    def __init__(self, root: str, index: str, hints: Hints) -> None:
        self.overflows = 0
        self.is_uncertain = False
        """A folder was moved or deleted: watchdog may take later changes in it for changes elsewhere (FAULTS W8)."""
        self.have_folders_changed = True
        self._root = root
        self._hints = hints
        self._handler = _Handler(root, index, self, hints)
        self._overflow_times: deque[float] = deque(maxlen=3)
        self._failure = ""
        self._observer: Any = None

    def start(self) -> None:
        """OSError when the root cannot be watched."""
        _be_quiet()
        _failures.listeners.append(self)
        _overflows.listeners.append(self)
        observer = Observer()
        self._observer = observer
        observer.schedule(self._handler, self._root, recursive=True, event_filter=_EVENTS)
        observer.start()

    def stop(self) -> None:
        """Never fails and never waits long: watchdog's own stopping does, when its books do not match (finding 6)."""
        for source in _failures, _overflows:
            with suppress(ValueError):
                source.listeners.remove(self)
        observer, self._observer = self._observer, None
        if observer is not None:
            thread = threading.Thread(target=_end, args=(observer,), daemon=True)
            thread.start()
            thread.join(_STOP_SECONDS)

    def failure(self) -> str:
        """Why nothing may be heard any more, or ''. Threads that look alive are asked in all ways there are."""
        if self._failure or self._observer is None:
            return self._failure
        threads = [self._observer, *self._observer.emitters, getattr(self._observer, "_inotify_fd", None)]
        dead = [thread for thread in threads if thread is not None and not thread.is_alive()]
        return f"{type(dead[0]).__name__} has ended" if dead else ""

    def is_overwhelmed(self) -> bool:
        """Three overflows within a minute: watching harms more than it helps (finding 2)."""
        times = self._overflow_times
        return len(times) == 3 and times[-1] - times[0] < _OVERFLOW_SECONDS

    def on_overflow(self) -> None:
        self.overflows += 1
        self._overflow_times.append(time.monotonic())
        self._hints.add_walk("events were lost", is_behind=True)

    def on_failure(self, error: str) -> None:
        self._failure = error
        self._hints.add_walk("watching failed", is_behind=True)


def _end(observer: Any) -> None:
    for thread in filter(None, (observer, getattr(observer, "_inotify_fd", None))):
        with suppress(Exception):
            thread.stop()
    with suppress(RuntimeError):
        observer.join()


class _Handler(FileSystemEventHandler):
    """Puts down a path and returns (FAULTS W6)."""

    def __init__(self, root: str, index: str, watcher: Watcher, hints: Hints) -> None:
        self._start = len(root.rstrip(os.sep)) + 1
        is_inside = index.startswith(root.rstrip(os.sep) + os.sep)
        self._index = index[self._start :].replace(os.sep, "/") if is_inside else ""
        self._watcher = watcher
        self._hints = hints

    def dispatch(self, event: FileSystemEvent) -> None:
        """An exception here would end watchdog's thread for ever (finding 6)."""
        try:
            self._take(event)
        except Exception:
            self._hints.add_walk("an event was not understood", is_behind=True)

    def _take(self, event: FileSystemEvent) -> None:
        came, went = self._path(event.src_path), ""
        if event.event_type in ("moved", "deleted"):
            came, went = self._path(event.dest_path), came
        if event.is_directory:
            self._take_folder(came, went)
            return
        if went and self._concerns_us(went):
            self._hints.add(went, False)
        if came and self._concerns_us(came):
            self._hints.add(came, True)

    def _take_folder(self, came: str, went: str) -> None:
        if _FOLDER_OF_OBSIDIAN.fullmatch(came) or _FOLDER_OF_OBSIDIAN.fullmatch(went):
            self._hints.add_walk("Obsidian's settings changed")
        if not self._concerns_us(came) and not self._concerns_us(went):
            return
        self._watcher.have_folders_changed = True
        if went:
            self._watcher.is_uncertain = True
        self._hints.add_walk("folders changed")

    def _path(self, path: bytes | str) -> str:
        return os.fsdecode(path)[self._start :].replace(os.sep, "/")

    def _concerns_us(self, path: str) -> bool:
        if not path:
            return False
        if any(is_litter(name) for name in path.split("/") if name):
            if _SETTINGS_OF_OBSIDIAN.fullmatch(path):
                self._hints.add_walk("Obsidian's settings changed")
            return False
        # A daemon that heard another one's writing would answer it, and be heard by that one, for ever.
        return not lies_beside_an_index(path) and not (self._index and belongs_to(self._index, path))


# -------------------------------------------------------------------------------------------- what watchdog only logs


class _Overflows(logging.Handler):
    """An overflow of the kernel's queue is a line in a log and nothing else (finding 3)."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.listeners: list[Watcher] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "overflow" in record.getMessage():
            for watcher in self.listeners:
                watcher.on_overflow()


class _Failures:
    """watchdog's threads die without a word to anybody but `threading.excepthook` (finding 6)."""

    def __init__(self) -> None:
        self.listeners: list[Watcher] = []
        self._next = threading.excepthook

    def __call__(self, args: threading.ExceptHookArgs) -> None:
        if not type(args.thread).__module__.startswith("watchdog."):
            self._next(args)
            return
        for watcher in self.listeners:
            watcher.on_failure(f"watchdog failed with {args.exc_type.__name__}")


_overflows = _Overflows()
_failures = _Failures()


def _be_quiet() -> None:
    """Megabytes of warnings would go to stderr (FAULTS W24)."""
    if threading.excepthook is _failures:
        return
    threading.excepthook = _failures
    logger = logging.getLogger("watchdog")
    logger.addHandler(_overflows)
    logger.propagate = False
    warnings.filterwarnings("ignore", module=r"watchdog\.")


# ------------------------------------------------------------------------------------------------ where it cannot work

MAX_FOLDERS = 8_000
"""Above, watchdog may never come to rest (finding 2: sound to 12,000, not at 20,000)."""
TOO_MANY = f"more than {MAX_FOLDERS:,} folders"
_REMOTE = {
    "9p", "afs", "ceph", "cifs", "drvfs", "glusterfs", "nfs", "nfs4", "prl_fs", "smb3", "smbfs", "v9fs", "vboxsf",
    "virtiofs", "vmhgfs",
}  # fmt: skip


def why_not_watch(root: str) -> str:
    """Why the folders below `root` had better be looked at again and again, or ''."""
    kind = file_system(root)
    if kind in _REMOTE or kind.startswith("fuse."):
        return f"changes made elsewhere are not told on {kind}"
    return TOO_MANY if count_folders(root, MAX_FOLDERS) > MAX_FOLDERS else ""


def explain(error: OSError | RuntimeError) -> str:
    """Why the vault cannot be watched. RuntimeError: there are no more threads, or too deep folders."""
    limit = "sudo sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=524288 raises it"
    if isinstance(error, RecursionError):
        return "the vault cannot be watched: its folders lie too deep in one another"
    if isinstance(error, RuntimeError):
        return f"the vault cannot be watched: {error}"
    if error.errno in (errno.ENFILE, errno.EMFILE, errno.ENOSPC):
        return f"the system's limit of watches is reached; {limit}"
    return f"the vault cannot be watched: {error.strerror or error}"


def count_folders(root: str, most: int) -> int:
    """Folders as the system counts watches of them: hidden ones too; no links, nor any that cannot be read or whose path
    is too long; one that is mounted at two places once. Stops soon after `most`.
    """
    seen: set[tuple[int, int]] = set()
    folders = [root]
    while folders and len(seen) <= most:
        folder = folders.pop()
        with suppress(OSError), os.scandir(folder) as entries:
            info = os.stat(folder)
            seen.add((info.st_dev, info.st_ino))
            folders += [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
    return len(seen)


def count_watches() -> float:
    """How many folders the kernel watches for this process; infinitely many where nobody can tell."""
    if sys.platform != "linux":
        return math.inf
    count = 0
    try:
        for name in os.listdir("/proc/self/fdinfo"):
            with suppress(FileNotFoundError), open(f"/proc/self/fdinfo/{name}", "rb") as file:
                count += file.read().count(b"\ninotify ")
    except OSError:
        return math.inf
    return count


def file_system(path: str, mounts: str = "/proc/self/mountinfo") -> str:
    """The kind of file system that holds `path`, as Linux names it; '' where nobody can tell."""
    best, kind = "", ""
    with suppress(OSError), open(mounts, encoding="utf-8", errors="surrogateescape") as file:
        for line in file:
            fields, _, rest = line.partition(" - ")
            place = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields.split(" ")[4])
            if len(place) >= len(best) and (path == place or path.startswith(place.rstrip("/") + "/")):
                best, kind = place, rest.split(" ")[0]
    return kind
