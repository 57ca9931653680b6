"""An orderly end, whatever the program waits for."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from litindex.watch import shutdown
from litindex.watch.shutdown import Stop, Stopped

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


def test_who_waits_for_the_system_is_ended_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutdown, "_AT_LAST_SECONDS", 0.1)
    reader, writer = os.pipe()
    with Stop() as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.requested
        with pytest.raises(Stopped):
            os.read(reader, 1)
    os.close(reader)
    os.close(writer)


def test_a_second_signal_ends_at_once() -> None:
    with Stop() as stop:
        os.kill(os.getpid(), signal.SIGINT)
        stop.check()
        with pytest.raises(Stopped):
            os.kill(os.getpid(), signal.SIGTERM)


def test_a_hang_up_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Stop() as stop:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not stop.requested
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
