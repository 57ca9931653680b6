"""What a note is found by: each word once."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litindex.index.search_texts import MOST_PLACES, imported_places
from tests.sync.vault import Vault, literature


def imported(body: str, own: str = "", abstract: str | None = None) -> list[str]:
    return [body[start - 1 : start - 1 + length] for start, length in imported_places(body, own, abstract)]


@pytest.mark.parametrize(
    ("body", "own", "found"),
    [
        ("one\ntwo", "", ["one\ntwo"]),
        ("one\ntwo", "one\ntwo", []),
        ("one\n\ntwo\n> three\n\n", "three", ["one\n\ntwo"]),
        ("> one\nmine\n> two", "mine", ["> one", "> two"]),
        ("## Mine\n> * mine too ", "Mine\n* mine too", []),
        ("> [!note] mine\nand this\nnot this", "mine\nand this", ["> [!note] mine", "not this"]),
        ("mine\nmine\nmine", "mine", ["mine\nmine"]),
        ("undermine", "mine", ["undermine"]),
        ("", "a comment", []),
    ],
)
def test_a_line_of_which_own_words_have_all_words_is_not_imported(body: str, own: str, found: list[str]) -> None:
    assert imported(body, own) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("x: What it says. z", ["x: ", " z"]),
        ("What it says.", []),
        ("What it says.\nWhat it says.", ["\nWhat it says."]),
        ("Somewhat it says.", ["Somewhat it says."]),
    ],
)
def test_the_abstract_is_not_imported_twice(body: str, found: list[str]) -> None:
    assert imported(body, abstract="What it says.") == found


def test_a_word_is_not_cut() -> None:
    assert imported("tides", abstract="tide") == ["tides"]


def test_pieces_are_not_many() -> None:
    lines = [f"> quoted {at}\nmine {at}" for at in range(2 * MOST_PLACES)]
    pieces = imported("\n".join(lines), "\n".join(f"mine {at}" for at in range(2 * MOST_PLACES)))
    assert len(pieces) == MOST_PLACES
    assert pieces[0] == "> quoted 0"
    assert pieces[-1].endswith(f"> quoted {2 * MOST_PLACES - 1}")


LINES = st.lists(st.sampled_from(["a", "> a", "- a b", "b", "", "[!x] a b", "ab", "\u2028", "c"])).map("\n".join)


@given(LINES, LINES, st.sampled_from([None, "a", "a b", "b\n> a", "c"]))
def test_no_word_of_the_body_is_lost(body: str, own: str, abstract: str | None) -> None:
    def words(text: str) -> set[str]:
        return set("".join(c if c.isalnum() else " " for c in text).split())

    assert words(body) <= words("\n".join([*imported(body, own, abstract), own, abstract or ""]))


def test_full_text_finds_own_words_in_their_column_and_no_other(vault: Vault) -> None:
    vault.write("a.md", literature("a20") + "\n> imported 💠 words\n\nMine alone.\n")
    vault.sync()

    def found(match: str) -> int:
        return len(vault.ask(f"SELECT 1 FROM notes_fts WHERE notes_fts MATCH '{match}'"))

    assert (found("own : alone"), found("imported : alone")) == (1, 0)
    with pytest.raises(sqlite3.OperationalError):
        found("body : alone")
