"""What a note costs in an index grows with its size, and not faster: no text is repeated without end."""

from __future__ import annotations

import pytest

from litindex.parser import limits, parse_note
from tests import hostile
from tests.parser.test_parser_properties import check
from tests.profile import THOROUGH
from tests.weight import multiple, multiple_of

MOST = 2 * limits.WEIGHT
"""Rows of all kinds, for each byte of the note: two kinds may be as heavy as one may be at most."""


@pytest.mark.parametrize("name", hostile.NOTES)
def test_the_rows_of_a_hostile_note_weigh_a_multiple_of_it(name: str) -> None:
    assert multiple(hostile.NOTES[name]) < MOST


@pytest.mark.parametrize("name", hostile.PATTERNS)
def test_the_rows_of_a_hostile_pattern_weigh_a_multiple_of_it(name: str) -> None:
    assert multiple(hostile.PATTERNS[name].note(20_000)) < MOST


@pytest.mark.parametrize("place", hostile.PLACES)
def test_a_pattern_in_any_place_of_a_literature_note_is_a_note_that_weighs_no_more(place: str) -> None:
    """Where time grew exponentially with the links of a line, this would not end."""
    for data in hostile.in_place(place, 3_000, every=1 if THOROUGH else 8):
        note = parse_note("Roe 2020.md", data)
        check(note, data)
        assert multiple_of(note, data) < MOST


def test_a_long_value_is_not_repeated_for_each_number_in_it() -> None:
    numbers = ["978-0-306-40615-7", "978-3-16-148410-0"]
    text = f"**Citekey**:: k\n**ISBN**:: {', '.join(numbers)} {'x' * limits.LONGEST_REPEATED}\n"
    work = parse_note("Note.md", text.encode()).work
    assert work is not None
    isbns = [each for each in work.identifiers if each.scheme == "isbn"]
    assert [(each.value, each.raw) for each in isbns] == [("9780306406157",) * 2, ("9783161484100",) * 2]


def test_an_item_of_a_long_list_has_its_own_raw_text() -> None:
    fields = parse_note("Note.md", b"k:: " + b'"a", ' * 100).fields
    assert {each.raw for each in fields} == {'"a"'}
    fields = parse_note("Note.md", b'k:: "a", "b"').fields
    assert {each.raw for each in fields} == {'"a", "b"'}


def test_what_points_to_a_row_that_was_left_out_points_to_nothing() -> None:
    links = "".join(f"[[{n}]] " for n in range(limits.LIMIT + 10))
    note = parse_note("Note.md", f"{links}\nk:: [[last]]\n".encode())
    assert len(note.links) == limits.LIMIT
    assert [each.link for each in note.fields] == [None]
    assert [each.message for each in note.problems if each.code == "truncated"] == [
        "More than 10000 links in one note, or too much text in them: the rest is not indexed (its text is)."
    ]
