"""An orderly end: signals ask for it, a run in progress may finish or is rolled back (FAULTS P1)."""

from __future__ import annotations

import _thread
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any

_LONG_RUN_SECONDS = 1.0
_AT_LAST_SECONDS = 4.0
_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]


class Stopped(BaseException):
    """Raised wherever the main thread is when it is time to go. Transactions roll back on it."""


class Stop:
    """Context manager: the first signal sets `requested`; a second one, or four seconds, raise Stopped.

    `interrupt` ends what the main thread waits for outside of Python.
    """

    def __init__(self, interrupt: Callable[[], None] = lambda: None) -> None:
        self.requested = False
        self.interrupt = interrupt
        self._since = 0.0
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Stop:
        signals = [each for each in _SIGNALS if not _is_for_others(each)]
        self._before: list[tuple[int, Any]] = [(each, signal.signal(each, self._on_signal)) for each in signals]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer:
            self._timer.cancel()
        for each, handler in self._before:
            signal.signal(each, handler)

    def request(self) -> None:
        self.requested = True
        self._since = time.monotonic()

    def check(self) -> None:
        """To be called in the middle of long work: ends it when somebody waits for the end."""
        if self.requested and time.monotonic() - self._since > _LONG_RUN_SECONDS:
            raise Stopped

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self.requested:
            raise Stopped
        self.request()
        self._timer = threading.Timer(_AT_LAST_SECONDS, self._insist)
        self._timer.daemon = True
        with suppress(RuntimeError):  # no more threads are to be had: then it ends when its run does
            self._timer.start()

    def _insist(self) -> None:
        """A real signal, because that also ends a call of the system that waits for something."""
        self.interrupt()
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(threading.main_thread().ident or 0, _SIGNALS[0])
        else:
            _thread.interrupt_main(_SIGNALS[0])


def _is_for_others(number: int) -> bool:
    """nohup asks that the end of the terminal be none of ours."""
    return number == getattr(signal, "SIGHUP", None) and signal.getsignal(number) is signal.SIG_IGN
