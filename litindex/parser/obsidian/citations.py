"""Citations: pandoc's `[@key, p. 5]` and links to a citekey (FORMAT section 4)."""

from __future__ import annotations

import re

from litindex.models import Citation, Link
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.markdown.inline import Inline
from litindex.parser.vocabulary.locators import LOCATOR_WORDS
from litindex.text_keys import person_key

_CITATION = re.compile(r"(?<![\w@/.\\])-?@(?:(\{)|(\w(?:\w|[:.#$%&+?<>~/-](?=\w))*))")
_BRACED_KEY = re.compile(r"\{([^{}\n]{1,400}+)\}")
_BRACED_LOCATOR = re.compile(r",?[ \t]*+\{([^{}\n]{0,400}+)\}")
_AFTER_COMMA = re.compile(r",[ \t]*+([^;\]\n]{1,400}+)[;\]]")
_AFTER_BLANK = re.compile(
    rf"(?:[ \t]++|:[ \t]*+)((?:{LOCATOR_WORDS})[ \t]?[^;\]\n]{{1,400}}+|\d[^;\]\n]{{0,400}}+)[;\]]", re.I
)
_LOCATOR_WORD = re.compile(rf"{LOCATOR_WORDS}", re.I)
"""`[@Page 10](zotero://…)` names a page, and no work."""
_IN_TEXT = re.compile(r"[ \t]*+\[(?![\[^@-])([^\[\]\n;]{1,400}+)\](?![(\[:])")


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
        braced = _BRACED_KEY.match(found.text, match.start(1)) if match[1] else None
        key = braced[1].strip() if braced else match[2]
        if key and _LOCATOR_WORD.fullmatch(key) is None:
            locator = _locator(found.text, match.start(), braced.end() if braced else match.end())
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
    """`[@key, p. 5; …]`, `[@key p. 5]` or `@key [p. 5]`; in braces what would not be taken for one (pandoc's manual)."""
    inside = text.rfind("[", max(0, start - 400), start)
    if inside < 0 or text.find("]", inside, start) >= 0:
        found = _IN_TEXT.match(text, end)
        braced = _BRACED_LOCATOR.match(found[1]) if found else None
    else:
        braced = _BRACED_LOCATOR.match(text, end)
        found = None if braced else _AFTER_COMMA.match(text, end) or _AFTER_BLANK.match(text, end)
    chosen = braced or found
    return (chosen[1].strip() or None) if chosen else None
