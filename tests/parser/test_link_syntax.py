"""Which characters belong to a link: addresses in running text, destinations with titles, definitions over lines."""

from __future__ import annotations

import pytest

from litindex.parser import parse_note

FOUND = {
    "brackets of its own": ("https://a.org/S_[art] x", ["https://a.org/S_[art]"]),
    "a bracket that is not its own": ("[see https://a.org/x] https://a.org/y]z", ["https://a.org/x", "https://a.org/y"]),
    "brackets of its own in brackets": ("[https://a.org/[x]]", ["https://a.org/[x]"]),
    "a footnote behind it": ("https://a.org/x[^1]", ["https://a.org/x"]),
    "a wikilink behind it": ("https://a.org/x[[Foam]]", ["https://a.org/x", "Foam"]),
    "a title with escaped quotes": (r'[a](b "He said \"no\"") [c](d (e\)f))', ["b", "d"]),
    "parentheses of any depth": ("[a](x_(y_(z_(w)))) b)", ["x_(y_(z_(w)))"]),
    "an unmatched parenthesis": ("[a](x(y)", []),
    "an escaped parenthesis": (r"[a](x\)y)", ["x)y"]),
    "an escaped angle bracket": (r"[a](<b\>c d>)", ["b>c d"]),
    "a title in the next line": ('[a](\n b\n "c\nd"\n)', ["b"]),
    "white space in an address": ("[a](b c)", []),
    "a definition over lines": ('[a] [b]\n\n[a]:\n  x\n  "t"\n[b]: y\n(u\nv)', ["x", "y"]),
    "a definition with a label over lines": ("[a\nb]: x\n\n[A b]", ["x"]),
    "a definition with escaped quotes": (r'[a]: x "the \"blue\" book"' + "\n\n[a]", ["x"]),
    "a definition before text": ("[a]: x\ntext [a]", ["x"]),
    "a definition in a quote": ("> [a]:\n> x\n\n[a]", ["x"]),
    "a definition before a heading's line": ("[a]: x\n===\n\n[a]", ["x"]),
    "a definition before a table": ("[a]: x\n| b |\n|---|\n| [a] |", ["x"]),
    "words behind the title": ('[a]: x "t" u\n\n[a]', []),
    "a title that never ends": ("[a]: x 't\n\n[a]", []),
    "a title of the next line that is none": ('[a]: x\n"t" u\n\n[a]', ["x"]),
    "a definition within a paragraph": ("text\n[a]: x\n\n[a]", []),
    "a footnote is no definition": ("[^a]: x\n\n[^a]", []),
    "code that would end in another row": ("| `a |\n|---|\n| [[Foam]] ` |", ["Foam"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "targets"), FOUND.values(), ids=FOUND)
def test_targets_of_links(text: str, targets: list[str]) -> None:
    assert [link.target for link in parse_note("Note.md", text.encode()).links] == targets


def test_what_stands_behind_definitions_is_a_paragraph_of_its_own() -> None:
    note = parse_note("Note.md", b"[a]: x\ntext ^id\n\n[b]: y\nTitle\n===\n")
    assert [(block.block_id, block.line_start) for block in note.blocks] == [("id", 2)]
    assert [(heading.text, heading.line) for heading in note.headings] == [("Title", 5)]


@pytest.mark.parametrize("target", ["C:/Users/me/x.pdf", r"<C:\Users\me\x y.pdf>", "file:///C:/Users/me/x.pdf"])
def test_a_drive_of_windows_is_no_scheme(target: str) -> None:
    (link,) = parse_note("a.md", f"[PDF]({target})".encode()).links
    assert (link.scheme, link.target) == ("file", target.strip("<>"))
