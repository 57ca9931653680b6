"""Where in a note its work is described: the metadata region (Z3), and what lies outside of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import CalloutHead, Node
from litindex.parser.obsidian.callouts import callout_around
from litindex.parser.parsed_note import ParsedNote, names_annotations
from litindex.parser.vocabulary.keys import IDENTIFYING, Keys
from litindex.parser.vocabulary.sections import OWN_CALLOUTS, RECORD_CALLOUTS, SMALL_BLOCKS
from litindex.parser.zotero.child_notes import is_zotero_note_title
from litindex.text_keys import text_key

_SEPARATOR = re.compile(r"[:：=]")


class Region(NamedTuple):
    """`lines` may hold fields and labels of the work; `info` is the info callout, when there is one."""

    lines: frozenset[int]
    info: Node | None
    persist: frozenset[int]
    own: frozenset[int]
    """Lines of persist blocks, and of callouts that hold the reader's words, a quotation or a question."""
    head_end: int
    """The line from which on unlabelled things no longer describe the work: annotations or the first persist block."""


def find_region(page: ParsedNote, keys: Keys) -> Region:
    """Z3; where no info callout is, callouts that hold bibliographic keys and the lines in no callout count."""
    persist = frozenset(n for block in page.persist for n in range(block.line_start, block.line_end + 1))
    info = _info_callout(page, keys, persist)
    lines: set[int] = set()
    for node, head in page.callouts:
        if callout_around(node) is None and node.start not in persist and _describes(page, node, head, keys):
            lines.update(range(node.start, node.end + 1))
    first_persist = min((block.line_start for block in page.persist), default=page.first + len(page.lines))
    if info is not None:
        lines.update(_after_info(page, info, persist))
    else:
        lines.update(_outside_callouts(page, first_persist))
    own = min(
        (block.line_start for block in page.persist if text_key(block.name) not in SMALL_BLOCKS),
        default=page.first + len(page.lines),
    )
    return Region(
        frozenset(lines - persist), info, persist, persist | _own_callouts(page), min(_annotations_start(page), own)
    )


def _own_callouts(page: ParsedNote) -> frozenset[int]:
    nodes = (node for node, head in page.callouts if head.type in OWN_CALLOUTS)
    return frozenset(n for node in nodes for n in range(node.start, node.end + 1))


def _info_callout(page: ParsedNote, keys: Keys, persist: frozenset[int]) -> Node | None:
    """The first one that describes the work."""
    for node, head in page.callouts:
        if head.type == "info" and node.depth == 1 and node.start not in persist and _describes(page, node, head, keys):
            return node
    return None


def _after_info(page: ParsedNote, info: Node, persist: frozenset[int]) -> list[int]:
    """The info callout and what the template lets follow it, across blank, `~` and quoted lines."""
    starts = {node.start: head.type for node, head in page.callouts if node.depth == 1}
    found = list(range(info.start, info.end + 1))
    for number in range(info.end + 1, page.first + len(page.lines)):
        text = page.line(number).strip()
        if number in persist or (starts.get(number, "info") != "info"):
            break
        if text and text[0] not in ">~" and not _continues_field(page, found[-1]):
            break
        found.append(number)
    return found


def _continues_field(page: ParsedNote, number: int) -> bool:
    """Whether what follows this line, or the blank ones after it, is the value of the field on it: Zotero prints `[1]` before it."""
    while number >= page.first and not page.line(number).strip():
        number -= 1
    line = page.line(number)
    found = _NUMBER_ONLY.search(line) if line.lstrip(" \t").startswith(">") else None
    return found is not None and _WORD.match(line[: found.start()].rstrip("*")[-1:]) is not None


_NUMBER_ONLY = re.compile(r"::[ \t]*+\[?\d{0,3}[.\]]?[ \t]*+$")
_WORD = re.compile(r"\w")


def _outside_callouts(page: ParsedNote, before: int) -> set[int]:
    inside = {n for node, _ in page.callouts for n in range(node.start, node.end + 1)}
    return set(range(page.first, before)) - inside


def _describes(page: ParsedNote, node: Node, head: CalloutHead, keys: Keys) -> bool:
    """Whether a callout is about the work: by its type, or by one identifying or two bibliographic keys in it."""
    if head.type in OWN_CALLOUTS or is_zotero_note_title(head.title):
        return False
    if head.type in RECORD_CALLOUTS and head.type != "info":
        return True
    if "zotero://open" in head.title:
        return False  # a highlight
    if head.type == "info" and (not head.title or _links_out(page, node)):
        return True  # Obsidian's own type: one with a title and nothing but prose is the user's
    fields = {field for inline in page.body.inline_fields_in(node) if (field := keys.field(inline.name))}
    fields |= {field for leaf in page.document.leaves_in(node) if (field := _label_field(leaf, keys))}
    strong = {field for field in fields if field in IDENTIFYING or field.startswith("creator:") or field == "item_type"}
    return bool(strong) or len(fields) >= 2 or (len(fields) == 1 and head.type not in ("note", "example"))


def _links_out(page: ParsedNote, node: Node) -> bool:
    """Whether a callout holds a link to Zotero, a DOI or a document."""
    lines = "\n".join(page.lines[node.start - page.first : node.end + 1 - page.first])
    return "zotero://" in lines or "doi.org/" in lines or ".pdf" in lines


def _label_field(leaf: Node, keys: Keys) -> str | None:
    text = leaf.lines[0] if leaf.lines else ""
    key = _SEPARATOR.split(text[:60], maxsplit=1)[0]
    return keys.field(key) if key != text[:60] and "[" not in key else None


def _annotations_start(page: ParsedNote) -> int:
    for heading in page.headings:
        if names_annotations(heading.text):
            return heading.line
    return page.first + len(page.lines)


# ---------------------------------------------------------------------- lines of text


def text_lines(page: ParsedNote) -> Iterator[tuple[int, str, Node]]:
    """(line, text without container markers, leaf) of all prose, headings and tables."""
    for leaf in page.document.leaves:
        if leaf.kind in blocks.TEXT_KINDS:
            lines = leaf.lines[0].split("\n") if leaf.kind == blocks.HEADING else leaf.lines
            for i, text in enumerate(lines):
                yield leaf.start + i, text, leaf


def record_lines(page: ParsedNote, region: Region) -> Iterator[tuple[int, str, Node]]:
    """Those of `text_lines` on which labels and tables may speak of the work: in the region, or in the head in no callout of the reader's."""
    last = min(page.first + 200, max(region.head_end - 1, max(region.lines, default=0)))
    for number, text, leaf in text_lines(page):
        if number not in region.lines:
            if number > last:
                return
            if number >= region.head_end or number in region.own:
                continue
        if number not in region.persist:
            yield number, text, leaf
