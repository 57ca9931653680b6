"""The abstract of a work (Z10)."""

from __future__ import annotations

import re

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.sources.prose.passage import Passage, find_section, unquoted
from litindex.parser.bibliography.statement import Source, Statement, no_value
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import field_of, squeeze_key
from litindex.parser.vocabulary.sections import OWN_SUMMARIES

_FIELD_LINE = re.compile(r"^[\s>~-]*+\**+\w[\w /-]{1,29}\**+\s*+::")
_ABSTRACT_LINE = re.compile(r"^[\s>]*+\**+\s*+Abstract\s*+:?\**+\s*+:?$", re.I)
_FOLDED = re.compile(r"<summary>(.{1,60}?)</summary>((?:(?!<summary>).)*?)</details>", re.S)


def find_abstract(page: ParsedNote, region: Region, statements: list[Statement]) -> Passage | None:
    """Z10; else an abstract callout, else the text under a heading `Abstract`, else what an item or `<summary>` of that name holds."""
    stated = {
        statement.line for statement in statements if statement.field != "abstract" and statement.line is not None
    }
    return (
        _region_abstract(page, region)
        or _abstract_callout(page, region, stated)
        or find_section(page, region, _is_abstract)
        or _listed_abstract(page, region)
        or _folded_abstract(page, region)
    )


def _region_abstract(page: ParsedNote, region: Region) -> Passage | None:
    for number in sorted(region.lines):
        if _ABSTRACT_LINE.match(page.line(number)) and page.line(number).lstrip().startswith(">"):
            return _quoted_text(page, number + 1)
    return None


def _quoted_text(page: ParsedNote, number: int) -> Passage | None:
    """The quoted lines up to a field, an unquoted line or two empty quoted lines."""
    found: list[str] = []
    used: list[int] = []
    while number < page.first + len(page.lines):
        line = page.line(number)
        if not line.lstrip().startswith(">") or _FIELD_LINE.match(line):
            break
        text = unquoted(line)
        if not text and found and not found[-1]:
            break
        if text or found:
            found.append(text)
            used.append(number)
        number += 1
    text = "\n".join(found).strip()
    return Passage(text, frozenset(used), Source.FIELD) if text and not no_value(text) else None


def _abstract_callout(page: ParsedNote, region: Region, stated: set[int]) -> Passage | None:
    """The body of the first callout of this type outside persist blocks, a summary is the reader's; its title when nothing else is there."""
    for node, head in page.callouts:
        named = head.type == "abstract" or _is_abstract(head.title)
        if not named or node.start in region.persist or node.start >= region.head_end:
            continue
        if stated & set(range(node.start, node.end + 1)):
            continue  # a callout of that type which holds fields is about the work
        lines = {node.start + i: unquoted(page.line(node.start + i)) for i in range(1, node.end - node.start + 1)}
        body = [text for text in lines.values() if not re.match(r"^\**abstract\**:?$", text, re.I)]
        text = _strip_label("\n".join(body).strip(), "abstract")
        following, used = ("", set()) if text else _unquoted_below(page, node.end + 1)
        text = text or following or (head.title if len(head.title) > 60 else "")
        if text and not no_value(text):
            return Passage(text, frozenset(lines) | used | {node.start}, Source.CALLOUT)
    return None


def _listed_abstract(page: ParsedNote, region: Region) -> Passage | None:
    """What is listed below the item `Abstract`, as in Logseq's notes of Zotero."""
    for leaf in page.document.leaves:
        item = leaf.item if leaf.start < region.head_end and leaf.start not in region.persist else None
        if (
            item is not None
            and item.start == leaf.start == leaf.end < item.end
            and _is_abstract(leaf.text().strip("[]*_: "))
        ):
            lines = range(leaf.start + 1, item.end + 1)
            return _passage("\n".join(page.line(number).strip().lstrip("-*+ ") for number in lines), lines)
    return None


def _folded_abstract(page: ParsedNote, region: Region) -> Passage | None:
    """What is folded under that name in HTML: `<details><summary>Abstract</summary> …`."""
    for found in _FOLDED.finditer(page.text) if "<summary>" in page.text else ():
        line = page.first + page.text.count("\n", 0, found.start())
        if line < region.head_end and line not in region.persist and _is_abstract(found[1]):
            return _passage(found[2], range(line, line + found[0].count("\n") + 1))
    return None


def _passage(text: str, lines: range) -> Passage | None:
    text = text.strip()
    return Passage(text, frozenset(lines), Source.HEADING) if text and not no_value(text) else None


def _strip_label(text: str, kind: str) -> str:
    key, mark, rest = text.partition("::")
    return rest.strip() if mark and field_of(key) == kind else text


def _unquoted_below(page: ParsedNote, number: int) -> tuple[str, set[int]]:
    """Some templates leave the `>` off the text under the callout's first line."""
    found: list[str] = []
    used: set[int] = set()
    while number < page.first + len(page.lines):
        line = page.line(number).strip()
        if not line or line[0] in ">#%-|`" or "::" in line:
            break
        found.append(line)
        used.add(number)
        number += 1
    return "\n".join(found), used


def _is_abstract(title: str) -> bool:
    """Whether a heading names the abstract of the work, and not the reader's own summary."""
    title = re.sub(r"<[^<>]*>", "", title) if "<" in title else title
    return field_of(title) == "abstract" and squeeze_key(title) not in OWN_SUMMARIES
