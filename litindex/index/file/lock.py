"""One writer: `<index>.lock`, held by the operating system for as long as the process that writes lives (FAULTS D3)."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from litindex.errors import IndexBusy, IndexFileError
from litindex.vault import plain_files

_SAFELY = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_POLL_SECONDS = 0.05
_ASK_SECONDS = 1.0
_GRACE_SECONDS = 0.2
"""Somebody who only looks whether a lock is held holds it for an instant."""


def lock_path(index: Path) -> Path:
    return index.with_name(index.name + ".lock")


class Lock:
    """Context manager. IndexBusy, naming the holder, when another process has it for longer than `wait` seconds."""

    def __init__(self, index: Path, command: str, wait: float = 0.0) -> None:
        self._path = lock_path(index)
        self._index = index
        self._text = f"{os.getpid()} {command}\n".encode()
        self._wait = wait
        self._descriptor = -1

    def __enter__(self) -> Lock:
        now = next_ask = time.monotonic()
        deadline = now + max(self._wait, _GRACE_SECONDS)
        while not self._take():
            now = time.monotonic()
            if now >= deadline:
                raise IndexBusy(busy(self._index, read_holder(self._index)))
            if self._wait and now >= next_ask:
                next_ask = now + _ASK_SECONDS
                self._ask()
            time.sleep(_POLL_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        """Removes the file while it is still locked: nobody can hold another file of this name meanwhile."""
        if self._descriptor >= 0:
            if sys.platform != "win32" and is_current(self._path, self._descriptor):
                with suppress(OSError):  # where its folder may not be written any more it stays, unlocked
                    self._path.unlink()
            self.close()

    def close(self) -> None:
        """Lets go of the descriptor only: for a forked child, which must not keep its parent's lock alive."""
        os.close(self._descriptor)
        self._descriptor = -1

    def requests(self) -> Requests:
        """What was asked of the holder since it took the lock: to be compared with an earlier answer. Somebody who
        removed the lock's file counts as waiting.
        """
        if not is_current(self._path, self._descriptor):
            return Requests(0, -1)
        info = os.fstat(self._descriptor)
        return Requests(info.st_mtime_ns, info.st_size)

    def _take(self) -> bool:
        descriptor = take(self._path)
        if descriptor is None:
            return False
        if not is_current(self._path, descriptor):
            os.close(descriptor)
            return False
        with suppress(OSError):  # a full disk keeps nobody from holding a lock, only from saying who it is
            os.ftruncate(descriptor, 0)
            os.write(descriptor, self._text)
        self._descriptor = descriptor
        return True

    def _ask(self) -> None:
        """Adds a line to what the holder wrote: a `watch` then lets this process in."""
        with suppress(OSError):
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | _SAFELY)
            os.write(descriptor, f"{os.getpid()} waits\n".encode())
            os.close(descriptor)


class Requests(NamedTuple):
    """`knocks` grows when somebody wants the index to be true now, `waiting` when somebody wants the lock."""

    knocks: int
    waiting: int


def knock(index: Path) -> None:
    """Asks the holder of the lock to make the index true now; nothing happens where nobody holds it."""
    with suppress(OSError):
        os.utime(lock_path(index))


def busy(index: Path, holder: str) -> str:
    """What to say to somebody who wants the index while `holder` ('PID COMMAND' or '') has it."""
    pid, _, command = holder.partition(" ")
    who = f"pid {pid} ({command})" if pid else "another process"
    if command == "watch":
        return f"{who} keeps the index {index} true already; build --wait SECONDS asks to be let in between"
    return f"{who} keeps the index {index}: wait for it (--wait SECONDS) or stop it"


def take(path: Path) -> int | None:
    """A descriptor of the file, made where there is none, with its lock; None while another process has that."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _SAFELY, 0o600)
    except OSError as error:
        raise IndexFileError(f"cannot write beside the index: {path} ({error.strerror})") from error
    if _lock(descriptor):
        return descriptor
    os.close(descriptor)
    return None


def is_current(path: Path, descriptor: int) -> bool:
    """Whether the open file is the one of that name, and not one that somebody has removed."""
    try:
        now = os.stat(path)
    except OSError:
        return False
    return (now.st_dev, now.st_ino) == (os.fstat(descriptor).st_dev, os.fstat(descriptor).st_ino)


def is_held(path: Path) -> bool:
    """Whether a living process has the lock of this file. Asking needs no permission but to read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _SAFELY)
    except OSError:
        return False
    try:
        return not _lock(descriptor, shared=True)
    finally:
        os.close(descriptor)


def read_holder(index: Path) -> str:
    """'PID COMMAND' as the holder wrote it, or ''. Tells nothing about whether that process still lives."""
    try:
        return plain_files.read(lock_path(index), 200).decode("utf-8", "replace").partition("\n")[0].strip()
    except OSError:
        return ""


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, shared: bool = False) -> bool:
        """Locks a byte far behind the text, so that others can still read who holds it."""
        os.lseek(descriptor, 2**30, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int, *, shared: bool = False) -> bool:
        """`shared`: those who only ask are in nobody's way but the holder's."""
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
