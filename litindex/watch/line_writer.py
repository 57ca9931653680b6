"""Lines for a stream that may be a full pipe, a stopped terminal, a full disk, or closed: to say something never waits
and never fails.
"""

from __future__ import annotations

import errno
import os
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from io import UnsupportedOperation
from typing import TextIO

_MOST_LINES = 1_000
_LAST_WORDS_SECONDS = 1.0


class Voice:
    """Writes whole lines, in order, from a thread of its own. Lines are lost when the reader is more than 1,000 of them
    behind, and while the disk is full. `on_deaf` is called when the reader has gone for good.
    """

    def __init__(self, stream: TextIO | None, on_deaf: Callable[[], None] = lambda: None) -> None:
        self._descriptor = _descriptor(stream)
        self._on_deaf = on_deaf
        self._lines: queue.Queue[str | None] = queue.Queue(_MOST_LINES)
        self._is_torn = False
        self._thread = threading.Thread(target=self._speak, daemon=True)
        self._thread.start()

    def say(self, line: str) -> None:
        with suppress(queue.Full):
            self._lines.put_nowait(line)

    def close(self) -> None:
        """Waits a moment for what was said last to be written."""
        with suppress(queue.Full):
            self._lines.put_nowait(None)
        self._thread.join(_LAST_WORDS_SECONDS)

    def _speak(self) -> None:
        while (line := self._lines.get()) is not None:
            try:
                self._write(line)
            except OSError as error:
                if error.errno in (errno.EPIPE, errno.EBADF, errno.EIO):
                    self._on_deaf()
                    return

    def _write(self, line: str) -> None:
        """A line that a full disk cut off is ended before the next one."""
        data = f"{chr(10) * self._is_torn}{line}\n".encode(errors="backslashreplace")
        while data:
            try:
                written = os.write(self._descriptor, data)
            except BlockingIOError:
                time.sleep(0.1)
                continue
            data = data[written:]
            self._is_torn = bool(data)


def _descriptor(stream: TextIO | None) -> int:
    """None is what Python has for a stream that was closed before it began (FAULTS P6)."""
    with suppress(UnsupportedOperation):
        return stream.fileno() if stream else -1
    return -1
