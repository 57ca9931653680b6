"""One writer: `<index>.lock`, held by the operating system for as long as the process that writes lives (FAULTS D3)."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType

from litindex.errors import IndexBusy, IndexFileError

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
_POLL_SECONDS = 0.05


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
        deadline = time.monotonic() + self._wait
        while not self._take():
            if time.monotonic() >= deadline:
                raise IndexBusy(self._busy())
            time.sleep(_POLL_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        """Removes the file while it is still locked: nobody can hold another file of this name meanwhile."""
        if self._descriptor >= 0:
            if sys.platform != "win32":
                self._path.unlink(missing_ok=True)
            self.close()

    def close(self) -> None:
        """Lets go of the descriptor only: for a forked child, which must not keep its parent's lock alive."""
        os.close(self._descriptor)
        self._descriptor = -1

    def _take(self) -> bool:
        try:
            descriptor = os.open(self._path, _FLAGS, 0o600)
        except OSError as error:
            raise IndexFileError(f"cannot write beside the index: {self._path} ({error.strerror})") from error
        if not _lock(descriptor) or not self._is_current(descriptor):
            os.close(descriptor)
            return False
        os.ftruncate(descriptor, 0)
        os.write(descriptor, self._text)
        self._descriptor = descriptor
        return True

    def _is_current(self, descriptor: int) -> bool:
        """Not a file that its last holder has just removed."""
        try:
            now = os.stat(self._path)
        except FileNotFoundError:
            return False
        return (now.st_dev, now.st_ino) == (os.fstat(descriptor).st_dev, os.fstat(descriptor).st_ino)

    def _busy(self) -> str:
        pid, _, command = read_holder(self._index).partition(" ")
        holder = f"pid {pid} ({command})" if pid else "another process"
        return f"{holder} keeps the index {self._index}: wait for it (--wait SECONDS) or stop it"


def read_holder(index: Path) -> str:
    """'PID COMMAND' as the holder wrote it, or ''. Tells nothing about whether that process still lives."""
    try:
        return lock_path(index).read_text("utf-8", "replace")[:200].strip()
    except OSError:
        return ""


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
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

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
