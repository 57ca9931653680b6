"""What a plain note is called (DECISIONS 20)."""

from __future__ import annotations

import pytest

from litindex.parser import parse_note


@pytest.mark.parametrize(
    ("text", "title", "source"),
    [
        (
            "# The **Tides** of [[North Sea]] and [more](https://example.org)",
            "The Tides of North Sea and more",
            "heading",
        ),
        ("# `x` ==of== *y* in [[a/b#c|it]]", "x of y in it", "heading"),
        ("\n\n# Top\n", "Top", "heading"),
        ("text\n\n# Late", "Name", "filename"),
        ("## Two\n# One", "Name", "filename"),
        ("# \n", "Name", "filename"),
        ("---\ntitle: Given\n---\n# Top", "Given", "property"),
        ("# <b>Tides</b>[^1] &amp; \\*stars\\* %%hidden%%", "Tides & *stars*", "heading"),
        ("---\ntitle: The **Tides** of [[North]]\n---\n", "The Tides of North", "property"),
        ("# 2 * 3 * 4 and snake_case", "2 * 3 * 4 and snake_case", "heading"),
    ],
)
def test_a_plain_note_is_called_as_people_see_it(text: str, title: str, source: str) -> None:
    note = parse_note("Name.md", text.encode())
    assert (note.title, note.title_source) == (title, source)


def test_a_map_with_title_and_author_is_a_record() -> None:
    text = "---\nkindle-sync:\n  title: Tides\n  author: Anders Holm\n---\n# Tides\n"
    work = parse_note("Holm-Tides.md", text.encode()).work
    assert work is not None
    assert (work.title, work.creators[0].name) == ("Tides", "Holm, Anders")
    assert parse_note("x.md", b"---\nplugin:\n  title: Tides\n  width: 3\n---\n").work is None
