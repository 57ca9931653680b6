"""What the daemon says of itself beside the index."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from litindex.errors import IndexBusy
from litindex.index.file.lock import Lock, is_held
from litindex.watch import status_file
from litindex.watch.status_file import CATCHING_UP, OK, POLLING, Heartbeat, Pulse, read_pulse, status_path
from tests.watch.program import without_privileges


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index.db"


def test_without_a_daemon_there_is_none_running(index: Path) -> None:
    assert read_pulse(index) == Pulse()
    assert read_pulse(index).describe() == "not-running"


def test_what_is_told_last_is_read(index: Path) -> None:
    with Heartbeat(index) as heart:
        heart.tell(state=OK, reason="", batches=7)
        heart.tell(state="db-error", reason="x" * 5000)
        heart.tell(state=OK, reason="")
        assert read_pulse(index) == heart.pulse
        assert read_pulse(index).batches == 7
    assert read_pulse(index).state == "stopped"
    assert not read_pulse(index).is_running


def test_a_daemon_that_died_without_a_word_is_not_running(index: Path) -> None:
    with Heartbeat(index) as heart:
        heart.tell(state=OK)
        dead = status_path(index).read_bytes()
    status_path(index).write_bytes(dead)
    assert read_pulse(index).state == "not-running"


def test_there_is_one_daemon_for_an_index_and_the_second_learns_its_pid(index: Path) -> None:
    with Heartbeat(index) as heart, pytest.raises(IndexBusy, match=f"pid {heart.pulse.pid} "), Heartbeat(index):
        pass
    with Heartbeat(index):
        assert read_pulse(index).is_running


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"state": 1', b"\xff\xfe"], ids=str)
def test_a_file_that_makes_no_sense_is_no_daemon(index: Path, text: bytes) -> None:
    status_path(index).write_bytes(text)
    assert not read_pulse(index).is_running


def test_a_later_version_may_say_more(index: Path) -> None:
    status_path(index).write_text(json.dumps({"state": "stopped", "pid": 3, "mood": "fine"}))
    assert read_pulse(index) == Pulse(state="stopped", pid=3)


def test_a_status_file_that_was_deleted_is_written_anew(index: Path) -> None:
    with Heartbeat(index) as heart:
        status_path(index).unlink()
        assert heart.is_deleted()
        heart.tell(state=OK)
        assert not heart.is_deleted()
        assert read_pulse(index) == heart.pulse
        with pytest.raises(IndexBusy), Heartbeat(index):
            pass


def test_a_status_file_that_another_daemon_took_is_left_to_it(index: Path) -> None:
    with Heartbeat(index) as first:
        status_path(index).unlink()
        with Heartbeat(index) as second:
            second.tell(state=OK, batches=2)
            first.tell(state=OK, batches=1)
            assert read_pulse(index).batches == 2


def test_a_daemon_that_is_not_heard_of_any_more_is_not_believed(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Heartbeat(index) as heart:
        heart.tell(state=OK)
        now = time.monotonic_ns()
        monkeypatch.setattr(status_file.time, "monotonic_ns", lambda: now + 119_000_000_000)
        assert read_pulse(index).is_well
        monkeypatch.setattr(status_file.time, "monotonic_ns", lambda: now + 121_000_000_000)
        assert read_pulse(index).state == CATCHING_UP
        assert "no sign of life since" in read_pulse(index).describe()


def test_whoever_may_read_the_index_may_read_how_its_daemon_is(index: Path) -> None:
    index.touch(0o640)
    index.chmod(0o640)
    with Heartbeat(index):
        assert stat.S_IMODE(status_path(index).stat().st_mode) == 0o640
    index.chmod(0o600)
    with Heartbeat(index):
        assert stat.S_IMODE(status_path(index).stat().st_mode) == 0o600


@pytest.mark.skipif(without_privileges() is None, reason="root may read everything")
def test_a_status_file_that_cannot_be_read_is_not_taken_for_no_daemon(index: Path) -> None:
    program = "import sys; from pathlib import Path; from litindex.watch.status_file import read_pulse; "
    program += "print(read_pulse(Path(sys.argv[1])).describe())"
    command = [*(without_privileges() or []), sys.executable, "-c", program, str(index)]
    with Heartbeat(index):
        status_path(index).chmod(0)
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told == "unknown (you may not read what the daemon says of itself)\n"


def test_a_daemon_that_could_not_write_how_it_is_runs_all_the_same(index: Path) -> None:
    with Heartbeat(index):
        os.truncate(status_path(index), 0)
        assert read_pulse(index).state == "unknown"
        assert read_pulse(index).is_running


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["a pipe", "a folder"])
def test_a_daemon_whose_status_file_is_something_else_runs_all_the_same(
    index: Path, make: Callable[[Path], None]
) -> None:
    with Lock(index, "watch"), Heartbeat(index):
        status_path(index).unlink()
        make(status_path(index))
        assert read_pulse(index).state == "unknown"
    assert read_pulse(index).state == "not-running"


def test_a_daemon_that_could_not_begin_leaves_nothing_behind_where_there_is_no_index(index: Path) -> None:
    with pytest.raises(ZeroDivisionError), Heartbeat(index):
        raise ZeroDivisionError
    assert not status_path(index).exists()


def test_those_who_ask_are_not_taken_for_a_daemon(index: Path) -> None:
    with Heartbeat(index):
        pass
    descriptor = os.open(status_path(index), os.O_RDONLY)
    import fcntl

    fcntl.flock(descriptor, fcntl.LOCK_SH)
    assert not is_held(status_path(index))
    os.close(descriptor)


def test_polling_is_well_only_where_it_was_asked_for() -> None:
    assert Pulse(state=OK).is_well
    assert Pulse(state=POLLING, reason="as asked").is_well
    assert Pulse(state=POLLING, reason="as asked: folders outside the vault are followed").is_well
    assert not Pulse(state=POLLING, reason="more than 8,000 folders").is_well
    assert not Pulse(state="catching-up", reason="start").is_well


def test_a_walk_that_began_before_the_call_settles_nothing() -> None:
    assert Pulse(state=OK, settled_ns=5).has_settled_since(4)
    assert not Pulse(state=OK, settled_ns=5).has_settled_since(5)
    assert not Pulse(state="db-error", settled_ns=5).has_settled_since(4)
