"""What the daemon says of itself beside the index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litindex.errors import IndexBusy
from litindex.watching.heartbeat import OK, POLLING, Heartbeat, Pulse, read_pulse, status_path


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


def test_polling_is_well_only_where_it_was_asked_for() -> None:
    assert Pulse(state=OK).is_well
    assert Pulse(state=POLLING, reason="as asked").is_well
    assert not Pulse(state=POLLING, reason="more than 8,000 folders").is_well
    assert not Pulse(state="catching-up", reason="start").is_well


def test_a_walk_that_began_before_the_call_settles_nothing() -> None:
    assert Pulse(state=OK, settled_ns=5).has_settled_since(4)
    assert not Pulse(state=OK, settled_ns=5).has_settled_since(5)
    assert not Pulse(state="db-error", settled_ns=5).has_settled_since(4)
