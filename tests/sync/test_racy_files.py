"""Notes read too soon after a change are looked at once more, and then trusted (FAULTS C3)."""

from __future__ import annotations

from litindex.sync.racy_files import PAUSE_NS, Racy

NOW = 10**18


def test_a_note_read_too_soon_is_marked() -> None:
    racy = Racy().after({7: True}, [], NOW)
    assert (racy.ids, racy.since) == ({7}, NOW)


def test_marks_survive_being_written_down() -> None:
    racy = Racy(NOW, frozenset({1, 7}))
    assert Racy.load(racy.dump()) == racy


def test_no_marks_and_damaged_ones_are_none() -> None:
    assert Racy.load(None) == Racy.load("nonsense") == Racy.load("[1]") == Racy.load("7") == Racy()


def test_a_look_within_the_pause_does_not_settle_it() -> None:
    assert Racy(NOW, frozenset({7})).after({7: False}, [], NOW + PAUSE_NS - 1).ids == {7}


def test_a_look_after_the_pause_settles_it_whatever_the_times_of_the_file_say() -> None:
    assert Racy(NOW, frozenset({7})).after({7: False}, [], NOW + PAUSE_NS).ids == frozenset()


def test_a_clock_that_was_set_back_does_not_keep_a_mark_for_ever() -> None:
    assert Racy(NOW, frozenset({7})).after({7: False}, [], NOW - 1).ids == frozenset()


def test_new_content_is_marked_anew() -> None:
    racy = Racy(NOW, frozenset({7})).after({7: True}, [], NOW + PAUSE_NS)
    assert (racy.ids, racy.since) == ({7}, NOW + PAUSE_NS)


def test_a_note_that_is_gone_is_no_longer_marked() -> None:
    assert Racy(NOW, frozenset({7, 8})).after({}, [7], NOW + 1).ids == {8}
