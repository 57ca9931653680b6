"""Headings (S1)."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from litindex.models import Heading
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.values.block_ids import without_block_id
from litindex.text_keys import heading_key

_LINE = attrgetter("line")


def find_headings(leaves: Sequence[Node]) -> tuple[Heading, ...]:
    """The headings at the root of the document: none in a list, quote or callout."""
    headings: list[Heading] = []
    open_levels: list[int] = []
    for leaf in leaves:
        if leaf.kind != blocks.HEADING or leaf.parent is None or leaf.parent.kind != blocks.ROOT:
            continue
        while open_levels and headings[open_levels[-1]].level >= leaf.level:
            open_levels.pop()
        text = without_block_id(leaf.lines[0]).strip()
        parent = open_levels[-1] if open_levels else None
        open_levels.append(len(headings))
        headings.append(Heading(leaf.level, text, heading_key(text), leaf.start, parent))
    return tuple(headings)


def heading_above(headings: Sequence[Heading], line: int) -> int | None:
    """The index of the last heading that stands at or before a line."""
    at = bisect_right(headings, line, key=_LINE)
    return at - 1 if at else None


_WIKILINK = re.compile(r"!?\[\[([^\[\]|#]{0,300}+)(?:#[^\[\]|]{0,300}+)?(?:\|([^\[\]]{0,300}+))?\]\]")
_LINK = re.compile(r"!?\[([^\[\]]{0,300}+)\]\([^()\s]{0,1000}+\)")
_EMPHASIS = re.compile(
    r"(?:\*\*([^*\n]{1,300}+)\*\*|__([^_\n]{1,300}+)__|==([^=\n]{1,300}+)==|~~([^~\n]{1,300}+)~~|`([^`\n]{1,300}+)`)"
)
_MARKED = re.compile(r"[\[*_=~`<%&\\]")
_HTML = re.compile(r"</?[A-Za-z][^<>]{0,300}>|%%[^%]{0,300}%%|\[\^[^\[\]\s]{1,100}\]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STARRED = re.compile(r"(?<![*\w\\])\*(?! )([^*\n]{1,300}+)(?<![ \\])\*(?![*\w])")


def plain_text(markdown: str) -> str:
    """What a heading reads as: links by their text, emphasis by its words; without HTML, comments and footnotes."""
    if not _MARKED.search(markdown):
        return " ".join(markdown.split())
    text = _WIKILINK.sub(
        lambda found: (found[2] or found[1]).rpartition("/")[2] if not found[2] else found[2], markdown
    )
    text = _EMPHASIS.sub(lambda found: next(filter(None, found.groups()), ""), _LINK.sub(r"\1", text))
    text = _ESCAPED.sub(r"\1", _HTML.sub("", _STARRED.sub(r"\1", text)))
    return " ".join(html.unescape(text).split())
