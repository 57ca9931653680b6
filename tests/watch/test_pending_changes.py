"""Hints are gathered from other threads, and taken when a burst is over."""

from __future__ import annotations

import threading
import time

import pytest

from litindex.watch.debounce import Debounce
from litindex.watch.pending_changes import MAX_PATHS, Batch, Hints


def hints(quiet: float = 0.3) -> Hints:
    return Hints(Debounce(quiet, 2.0))


def test_the_last_word_about_a_path_counts() -> None:
    gathered = hints()
    gathered.add("a.md", True)
    gathered.add("b.md", True)
    gathered.add("a.md", False)
    assert gathered.take() == Batch({"a.md": False, "b.md": True}, "")
    assert not gathered.take()


def test_too_many_paths_become_a_walk() -> None:
    gathered = hints()
    for number in range(MAX_PATHS + 1):
        gathered.add(f"{number}.md", True)
    assert gathered.take() == Batch({}, "many changes")


def test_what_is_put_back_yields_to_newer_hints_and_is_due_again() -> None:
    gathered = hints()
    gathered.add("a.md", False)
    gathered.put_back(Batch({"a.md": True, "b.md": True}, "events were lost"))
    assert gathered.due() is not None
    assert gathered.take() == Batch({"a.md": False, "b.md": True}, "events were lost")


def test_a_walk_because_the_index_is_behind_is_named_before_others() -> None:
    gathered = hints()
    gathered.add_walk("folders changed")
    gathered.add_walk("events were lost", is_behind=True)
    gathered.add_walk("asked")
    assert gathered.take() == Batch({}, "events were lost", is_behind=True)
    assert gathered.take() == Batch({}, "")


def test_paths_or_a_walk_alone_are_something_to_do() -> None:
    assert Batch({"a.md": False}, "")
    assert Batch({}, "asked")
    assert not Batch({}, "")


def test_of_reasons_alike_the_first_counts() -> None:
    gathered = hints()
    gathered.add_walk("folders changed")
    gathered.add_walk("asked")
    assert gathered.take() == Batch({}, "folders changed")
    gathered.add_walk("events were lost", is_behind=True)
    gathered.add_walk("the index was replaced", is_behind=True)
    assert gathered.take() == Batch({}, "events were lost", is_behind=True)


def test_too_many_paths_leave_the_reason_that_a_walk_has() -> None:
    gathered = hints()
    gathered.add_walk("asked")
    for number in range(MAX_PATHS + 1):
        gathered.add(f"{number}.md", True)
    assert gathered.take() == Batch({}, "asked")


def test_a_walk_is_given_twice_the_time_that_the_last_one_took() -> None:
    gathered = hints()
    gathered.walk_seconds = 10.0
    gathered.add("a.md", True)
    assert gathered.due() == pytest.approx(gathered.last() + 0.3)
    gathered.add_walk("folders changed")
    assert gathered.due() == pytest.approx(gathered.last() + 20.0)


@pytest.mark.parametrize("in_a_burst", [False, True])
def test_a_wait_ends_at_its_time_and_not_before(in_a_burst: bool) -> None:
    gathered = hints()
    if in_a_burst:
        gathered.add("a.md", True)
    until = time.monotonic() + 0.05
    gathered.wait(until)
    assert time.monotonic() >= until
    gathered.wait(until - 1.0)


def test_the_first_hint_of_a_burst_ends_the_wait() -> None:
    gathered = hints()
    ended = threading.Event()

    def wait() -> None:
        gathered.wait(time.monotonic() + 60.0)
        ended.set()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    gathered.add("a.md", True)
    assert ended.wait(10.0)
