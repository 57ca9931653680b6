"""Citations: pandoc's `[@key, p. 5]` and links to a citekey (FORMAT section 4)."""

from __future__ import annotations

import re

from litindex.models import Citation, Link
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.markdown.inline import Inline
from litindex.text_keys import person_key

_CITATION = re.compile(r"(?<![\w@/.\\])-?@(?:\{([^{}\s]+)\}|(\w(?:\w|[:.#$%&+?<>~/-](?=\w))*))")
_LOCATOR = re.compile(r",[ \t]*+([^;\]\n]{1,400}+)[;\]]")
_INTEXT_LOCATOR = re.compile(r"[ \t]+\[((?:p|pp|ch|chap|sec|§|S)\.?[ \t][^\]\n]{1,400}+|\d[\d–-]*)\]")


class Lines:
    """Offsets of a leaf's text -> lines of the file, asked in ascending order: one pass in all."""

    def __init__(self, leaf: Node, text: str) -> None:
        self.text = text
        self.line = leaf.start
        self.offset = 0
        self.single = leaf.kind == blocks.HEADING or len(leaf.lines) == 1

    def at(self, offset: int) -> int:
        """The line that holds this offset."""
        if not self.single:
            self.line += self.text.count("\n", self.offset, offset)
            self.offset = offset
        return self.line


def find_citations(leaf: Node, found: Inline, masked: str, links: list[Link], related: list[int]) -> list[Citation]:
    """The citations of a leaf in reading order; `links` are the rows of its links, `related` the lines of fields so called."""
    places: list[tuple[int, Citation]] = []
    for raw, link in zip(found.links, links, strict=True):
        if raw.syntax == "wikilink" and (key := _linked_citekey(link.target)):
            kind = "related" if link.line in related else "link"
            places.append((raw.start, Citation(kind, key, person_key(key), None, link.line)))
    lines = Lines(leaf, found.text)
    for match in _CITATION.finditer(masked):
        key = match[1] or match[2]
        locator = _locator(found.text, match.start(), match.end())
        citation = Citation("pandoc", key, person_key(key), locator, lines.at(match.start()))
        places.append((match.start(), citation))
    places.sort(key=lambda place: place[0])
    return [citation for _, citation in places]


def _linked_citekey(target: str) -> str | None:
    name = target.rpartition("/")[2]
    if not name.startswith("@"):
        return None
    return name[1:].removesuffix(".md").strip() or None


def _locator(text: str, start: int, end: int) -> str | None:
    """`[@key, p. 5; …]` or `@key [p. 5]`."""
    inside = text.rfind("[", max(0, start - 400), start)
    if inside >= 0 and text.find("]", inside, start) < 0:
        found = _LOCATOR.match(text, end)
    else:
        found = _INTEXT_LOCATOR.match(text, end)
    return found[1].strip() if found else None
