"""Highlights that reading services export without a Zotero link: Readwise, Kindle, Hypothesis, Matter, WeRead (S30)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Document, Node
from litindex.parser.obsidian.tags import property_tag
from litindex.parser.parsed_note import ParsedNote

_HEADING = re.compile(
    r"\W*(?:highlights?|new highlights.*|markierungen|surlignages|subrayados|destaques|evidenziazioni|高亮划线|划线|划线评论|ハイライト|하이라이트)\W*$",
    re.I,
)
_TAIL = re.compile(
    r"(?:(?<!\s)\s++)?(?:\(\[?(?:location|view highlight|page|loc|position)\b[^()]*(?:\]\([^()]*\))?\)|(?<![—–-])[—–-]++\s*(?:location:?.*|\[(?:updated|created) on.*)|\[(?:link|⤴️?|🔗)\]\([^()]*\))\s*(?:\^[\w-]+)?$",
    re.I,
)
_LABEL = re.compile(
    r"^[*_]*(note|annotation|comment|tags|anmerkung|notiz|nota|笔记|想法)[*_]*\s*[:：]+[*_]*\s*(.*)$", re.I
)
_THOUGHT = re.compile(r"\s*-\s*(?:💭\s*(.+)|⏱.*)$")
_PIN = re.compile(r"📌\s*+(.+?)(?:⏱.*|\^[\w-]+\s*)?$")


class Clipping(NamedTuple):
    """A passage with its first and last line, the reader's comment and tags."""

    text: str
    comment: str | None
    tags: tuple[str, ...]
    start: int
    end: int


def find_clippings(page: ParsedNote) -> Iterator[Clipping]:
    """The items of a list under a heading `Highlights`, and lines that WeRead pins."""
    for start, end in _sections(page):
        for node in page.document.containers:
            if node.kind == blocks.ITEM and start < node.start <= end and node.ancestor(blocks.ITEM) is None:
                yield from _item(page.document, node)
    for leaf in page.document.leaves:
        if leaf.kind == blocks.PARA and "📌" in leaf.lines[0] and (found := _PIN.search(leaf.lines[0])):
            comment, end = _thought(page, leaf)
            yield Clipping(found[1].strip(), comment, (), leaf.start, end)


def _thought(page: ParsedNote, leaf: Node) -> tuple[str | None, int]:
    """What the reader thought of a pinned line, in the list below it (a lazy line where indented); and where that ends."""
    below = leaf.lines[1:]
    end = leaf.end
    while end + 1 < page.first + len(page.lines) and _THOUGHT.match(page.line(end + 1)):
        end += 1
        below.append(page.line(end))
    thoughts = [found[1].strip() for line in below if (found := _THOUGHT.match(line)) and found[1]]
    return "\n".join(thoughts) or None, end


def _sections(page: ParsedNote) -> Iterator[tuple[int, int]]:
    ends = [heading.line - 1 for heading in page.headings[1:]] + [page.first + len(page.lines)]
    for heading, end in zip(page.headings, ends, strict=False):
        if _HEADING.match(heading.text):
            yield heading.line, end


def _item(document: Document, node: Node) -> Iterator[Clipping]:
    inside = document.leaves_in(node)
    own = " ".join(" ".join(leaf.lines) for leaf in inside if leaf.parent is node)
    text = _TAIL.sub("", own).strip()
    if not text or node.task is not None or text.startswith("📌") or "zotero://" in own:
        return
    comments: list[str] = []
    tags: list[str] = []
    for leaf in inside:
        if leaf.parent is not node and leaf.start > node.start:
            _detail(" ".join(leaf.lines).strip(), comments, tags)
    yield Clipping(text, "\n".join(comments) or None, tuple(tags), node.start, node.end)


def _detail(line: str, comments: list[str], tags: list[str]) -> None:
    found = _LABEL.match(line)
    if found and found[1].lower() == "tags":
        words = re.split(r"[\s,]+", re.sub(r"[\[\]]", "", found[2]))
        tags += [name for word in words if word and (name := property_tag(word))]
    elif line:
        comments.append(found[2] if found else line)
