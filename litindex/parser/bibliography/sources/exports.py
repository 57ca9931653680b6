"""What apps for reading print about the book whose passages they export or share: its title and its people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import Keys

EXPORT: Final = "export"
"""The key of what is stated so."""
_HEADS: Final = {
    # Kindle's `My Clippings.txt`: the book before each passage
    "\n==========": r"^\ufeff?(?P<title>\S[^\n]{0,300}?) \((?P<people>[^()\n]{2,200})\)\n- [^\n|]{4,80}\|[^\n]*\d",
    "BOOX ": r"^BOOX [^|\n]{3,40}\| ?<<(?P<title>[^<>\n]{2,300})>>(?P<people>[^\n]{2,200})$",
    # KOReader's own Markdown
    "\n_Generated at: ": r"^# (?P<title>[^\n]{2,300})\n#{5} (?P<people>[^\n]{2,200})\n",
    # what Apple Books adds when a passage is shared
    "\nhttps://books.apple.com/": r"^[^\n\d]{5,30}\n(?P<title>[^\n]{2,300})\n(?P<people>[^\n]{2,200})\nhttps://books\.apple\.com/\S+\n[^\n]",
}
"""The head of an export, under a sign that it comes with."""
_PATTERNS: Final = {sign: re.compile(head, re.M) for sign, head in _HEADS.items()}


def export_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """Title and people of the one book that an export is of; one of several books is about none."""
    heads = [found for sign, head in _PATTERNS.items() if sign in page.text for found in head.finditer(page.text)]
    if len({found["title"] for found in heads}) != 1:
        return
    number = page.first + page.text.count("\n", 0, heads[0].start())
    yield Statement("title", EXPORT, heads[0]["title"], number, Source.LABEL)
    yield Statement("creator:author", EXPORT, heads[0]["people"], number, Source.LABEL)


def may_be_export(text: str) -> bool:
    """Whether a text holds the sign of an export."""
    return any(sign in text for sign in _HEADS)
