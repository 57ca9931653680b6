"""What of a literature note counts as the user's own words, line by line."""

from __future__ import annotations

import pytest

from litindex.parser import parse_note

NOTE = "---\ncitekey: roe2020\n---\n> [!info]\n> **Title**:: On bells\n\n{}\n"
FURNITURE = [
    "[[Bells]]", "- [[Bells]], [[Towers]]", "![[cover.png]]", "Cover: ![[cover.png]]", "Linkhttps://a.b/c",
    "Files: [a](b.pdf) - [c](d.pdf)", "(https://a.b/), <https://c.d>", "[https://a.b](https://a.b)", "**Notes**:", "- Notes::",
    "--- | --:", "<!-- write here -->", "%% prompt %% <!-- and another -->", "#",
    "Created from Zotero on 2024-03-19", "Annotations imported 2023-12-01", "*Imported on [[2024-04-17]] at 19:39*",
    "New highlights added September 30, 2021 at 9:33 PM",
]  # fmt: skip
OWN = [
    "See [[Bells]] for more", "https://a.b, https://c.d and more", "Notes: mine", "- **??**:", "<!-- not closed",
    "a <!-- b --> c", "Imported reeds outnumber those of 1990 by far in each of the lakes of the north that we saw",
    "Added two samples of reed.",
]  # fmt: skip


def own_words(line: str) -> str:
    return parse_note("roe2020.md", NOTE.format(line).encode()).own_text


@pytest.mark.parametrize("line", FURNITURE)
def test_what_a_template_leaves_is_not(line: str) -> None:
    assert own_words(line) == ""


@pytest.mark.parametrize("line", OWN)
def test_what_says_something_is(line: str) -> None:
    assert own_words(line) == line


@pytest.mark.parametrize("part", ["(https://a.b/) ", "![[a]] ", "a [[b]] ", "https://a.b ", "[https://a](b) "])
def test_a_word_behind_many_links_is_found(part: str) -> None:
    """It took 2^n steps; this would not end."""
    assert own_words(part * 200 + "5x") == part * 200 + "5x"


def test_a_pin_without_a_passage_is_no_annotation() -> None:
    note = parse_note("A.md", "📌   \nMine.\n".encode())
    assert not note.annotations
    assert note.own_text.endswith("Mine.")


@pytest.mark.parametrize(
    ("written", "own"),
    [
        pytest.param("> [!Synth]\n> Mine", "Mine", id="type-of-a-callout"),
        pytest.param("> [!tip]+ Mine", "Mine", id="title-of-a-callout"),
        pytest.param(">.\n\nMine", "Mine", id="a-sign-without-words"),
        pytest.param('Tags: `=join(this.file.tags, " ")`\n\nMine', "Mine", id="query"),
        pytest.param("## Notes\n\nMine", "Mine", id="heading-of-a-section"),
        pytest.param("| <mark>Colour</mark> | Meaning |\n|---|---|\n| <mark>Red</mark> | Doubtful |\n\nMine", "Mine", id="legend"),
    ],
)  # fmt: skip
def test_what_a_template_prints_is_not_ones_own(written: str, own: str) -> None:
    text = f"---\ncitekey: fen2020\ntitle: Reed and tide\n---\n\n{written}\n"
    assert parse_note("@fen2020.md", text.encode()).own_text == own
