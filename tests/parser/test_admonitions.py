"""Code blocks of the Admonition plugin are callouts."""

from __future__ import annotations

import pytest

from litindex.parser import parse_note
from litindex.parser.obsidian.admonitions import as_callouts

NOTE = """# Tidal reparation

``` ad-info
title: Metadata
- **CiteKey**: holm2021tidal
- **Author**: Holm, Anders; Castel, Rita
- **Year**: 2021
```
```ad-abstract
title: Files and Links
- [Zotero](zotero://select/library/items/ABCD2345) #bells
```
## Comments
Mine.
"""


def test_a_block_is_a_callout_with_its_title_and_lines() -> None:
    note = parse_note("x.md", NOTE.encode())
    assert [(each.type, each.title, each.line_start, each.line_end) for each in note.callouts] == [
        ("info", "Metadata", 3, 7),
        ("abstract", "Files and Links", 9, 11),
    ]
    assert [tag.name for tag in note.tags] == ["bells"]
    assert note.body == NOTE.removesuffix("\n")


def test_its_labels_describe_the_work() -> None:
    work = parse_note("x.md", NOTE.encode()).work
    assert work is not None
    assert (work.citekey, work.title, work.year, work.zotero_key) == (
        "holm2021tidal",
        "Tidal reparation",
        2021,
        "ABCD2345",
    )
    assert [each.name for each in work.creators] == ["Holm, Anders", "Castel, Rita"]


def test_a_block_may_hold_another() -> None:
    text = "````ad-tip\n```ad-info\n- **Citekey**: holm2021\n```\n````\nMine."
    found = as_callouts(text.split("\n"), text)
    assert found == ["> [!tip]", "> > [!info]", "> > - **Citekey**: holm2021", "> ", "", "Mine."]


@pytest.mark.parametrize(
    "text",
    ["```python\nad-info\n```", "```ad-info\nnever closed", "text ```ad-info``` text", "```ad-info\n```python\nx\n```"],
)
def test_other_code_stays_code(text: str) -> None:
    assert as_callouts(text.split("\n"), text) == text.split("\n")
