"""A deletion is believed when it is seen twice, with a pause between."""

from __future__ import annotations

from litindex.models import Known
from litindex.sync.pending_deletions import Absences


def known(note_id: int, path: str) -> Known:
    return Known(note_id, path, 1, 1, 1, 1)


A, B = known(1, "a.md"), known(2, "b.md")


def look(absences: Absences, gone: list[Known], now: float, paths: set[str] | None = None) -> set[int]:
    absences.note((old.path for old in gone), paths, now)
    return absences.held(gone, now)


def test_a_missed_file_is_held_until_it_was_missed_long_enough() -> None:
    absences = Absences(1.0)
    assert look(absences, [A], 10.0) == {1}
    assert look(absences, [A], 10.9) == {1}
    assert look(absences, [A], 11.0) == set()


def test_without_patience_nothing_is_held() -> None:
    assert look(Absences(0.0), [A], 10.0) == set()


def test_a_file_that_is_back_begins_anew_when_it_is_missed_again() -> None:
    absences = Absences(1.0)
    look(absences, [A], 10.0)
    look(absences, [], 10.5)
    assert look(absences, [A], 11.0) == {1}


def test_a_look_at_other_files_says_nothing_of_a_missed_one() -> None:
    absences = Absences(1.0)
    look(absences, [A], 10.0)
    look(absences, [B], 10.5, {"b.md"})
    assert set(absences.paths) == {"a.md", "b.md"}
    assert look(absences, [A, B], 11.0) == {2}


def test_what_is_settled_is_not_looked_at_again() -> None:
    absences = Absences(1.0)
    look(absences, [A, B], 10.0)
    absences.settle(["a.md"])
    assert set(absences.paths) == {"b.md"}
