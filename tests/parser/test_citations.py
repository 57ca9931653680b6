"""Where in a work a citation points, as pandoc reads it."""

from __future__ import annotations

import pytest

from litindex.parser import parse_note


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("[see @doe2019 p. 44]", [("doe2019", "p. 44")]),
        ("[-@roe2001 chap. 3; @poe1999]", [("roe2001", "chap. 3"), ("poe1999", None)]),
        ("@poe1999 [note] says", [("poe1999", "note")]),
        ("@poe1999 [33-35] says", [("poe1999", "33-35")]),
        ("[@{https://example.org/x}, p. 3]", [("https://example.org/x", "p. 3")]),
        ("[@{Foo Bar 2001} S. 12]", [("Foo Bar 2001", "S. 12")]),
        ("[@roe2001{ii, A, D-Z}, with a suffix]", [("roe2001", "ii, A, D-Z")]),
        ("[@roe2001, {pp. iv, vi} here]", [("roe2001", "pp. iv, vi")]),
        ("[@roe2001{}, 99 years later]", [("roe2001", None)]),
        ("@roe2001 [{pp. iv, (xv)} with suffix]", [("roe2001", "pp. iv, (xv)")]),
        ("[@roe2001 is wrong]", [("roe2001", None)]),
        ("[@roe2001 pagan rites]", [("roe2001", None)]),
        ("[@roe2001 第3章]", [("roe2001", "第3章")]),
        ("@roe2001 [a link](https://example.org)", [("roe2001", None)]),
        ("@roe2001 [[Other note]] and [^1]", [("roe2001", None)]),
        ("@roe2001 [^1]", [("roe2001", None)]),
        ("@roe2001[p. 2]", [("roe2001", "p. 2")]),
        ("[@roe2001: 34] [@poe1999: p. 3]", [("roe2001", "34"), ("poe1999", "p. 3")]),
        ("[@Page 10](zotero://open-pdf/library/items/ABCD2345?page=3)", []),
        ("@{unclosed and @roe2001", [("roe2001", None)]),
    ],
)
def test_a_locator_is_what_pandoc_takes_for_one(text: str, cited: list[tuple[str, str | None]]) -> None:
    note = parse_note("x.md", text.encode())
    assert [(each.citekey, each.locator) for each in note.citations if each.kind == "pandoc"] == cited
