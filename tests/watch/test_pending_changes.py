"""Hints are gathered from other threads, and taken when a burst is over."""

from __future__ import annotations

import threading
import time

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


def test_a_walk_is_given_time_in_proportion_to_what_the_last_one_took() -> None:
    gathered = hints()
    gathered.walk_seconds = 10.0
    gathered.add("a.md", True)
    soon = gathered.due()
    gathered.add_walk("folders changed")
    later = gathered.due()
    assert soon is not None
    assert later is not None
    assert later - soon > 19.0


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
