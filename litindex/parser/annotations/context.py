"""Where in a note an annotation stands: under which heading and import stamp, in which section, beside which image."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter

from litindex.parser.annotations.text import STAMP
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.parsed_note import ANNOTATION_HEADING, ParsedNote
from litindex.parser.values.dates import read_import_stamp

_PERCENT = re.compile(r"%%.*?%%")
_LINE = itemgetter(0)


class Surroundings:
    """Answers by line, each found once for the whole note."""

    def __init__(self, page: ParsedNote) -> None:
        self.page = page
        self.stamps = _stamps(page)
        self._headings = _headings(page)
        self._sections = _sections(page)
        self._persist = [(b.line_start, b.line_end) for b in page.persist if "annot" in b.name.lower()]
        self._embeds = [(link.line or 0, i) for i, link in enumerate(page.body.links) if link.is_embed]
        self._quotes: dict[int, Node] | None = None
        self._leaves: dict[int, Node] | None = None

    def stamp(self, line: int) -> str | None:
        """The last import stamp above (Z27)."""
        at = bisect_right(self.stamps, line, key=_LINE)
        return self.stamps[at - 1][1] if at else None

    def heading(self, line: int) -> str | None:
        """The heading above, stamps and comments left aside."""
        at = bisect_right(self._headings, line, key=_LINE)
        return self._headings[at - 1][1] if at else None

    def in_section(self, line: int) -> bool:
        """Whether a heading for annotations, a persist block of that name or an import stamp stands above."""
        at = bisect_right(self._sections, line, key=_LINE)
        if at and self._sections[at - 1][1]:
            return True
        stamped = bool(self.stamps) and self.stamps[0][0] < line
        return stamped or any(start <= line <= end for start, end in self._persist)

    def image(self, node: Node) -> int | None:
        """The first embed in a block, as the index of the link."""
        at = bisect_left(self._embeds, node.start, key=_LINE)
        found = at < len(self._embeds) and self._embeds[at][0] <= node.end
        return self._embeds[at][1] if found else None

    def leaf_after(self, node: Node) -> Node | None:
        """The leaf of the note's own level right below, with at most one line between."""
        if self._leaves is None:
            root = self.page.document.root
            self._leaves = {leaf.start: leaf for leaf in self.page.document.leaves if leaf.parent is root}
        return self._leaves.get(node.end + 1) or self._leaves.get(node.end + 2)

    def quote_after(self, node: Node) -> Node | None:
        """The plain quote right below, with at most one line between."""
        if self._quotes is None:
            plain = [n for n in self.page.document.containers if n.kind == blocks.QUOTE and n.callout is None]
            self._quotes = {quote.start: quote for quote in reversed(plain)}
        below = (self._quotes.get(node.end + distance) for distance in (1, 2))
        return next((quote for quote in below if quote is not None and quote.parent is node.parent), None)


def _stamps(page: ParsedNote) -> list[tuple[int, str]]:
    if "mport" not in page.text and "MPORT" not in page.text:
        return []
    return [
        (number, stamp)
        for number, line in enumerate(page.lines, page.first)
        if ("mport" in line or "MPORT" in line)
        and (found := STAMP.match(line))
        and (stamp := read_import_stamp(found[1]))
    ]


def _headings(page: ParsedNote) -> list[tuple[int, str | None]]:
    """(line, what stands above from there on)."""
    found: list[tuple[int, str | None]] = []
    above: str | None = None
    for heading in page.headings:
        if not STAMP.match(heading.text):
            above = _PERCENT.sub("", heading.text).strip() or above
            found.append((heading.line, above))
    return found


def _sections(page: ParsedNote) -> list[tuple[int, bool]]:
    """(line, whether annotations stand from there on)."""
    found: list[tuple[int, bool]] = []
    level: int | None = None
    for heading in page.headings:
        if ANNOTATION_HEADING.match(heading.text):
            level = heading.level
        elif level is not None and heading.level <= level:
            level = None
        found.append((heading.line, level is not None))
    return found
