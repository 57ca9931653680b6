"""An EndNote (refer) entry in a note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.markdown.blocks import Node
from litindex.parser.vocabulary.keys import Keys

_ENDNOTE = {
    "0": "item_type", "A": "creator:author", "E": "creator:editor", "T": "title", "J": "container", "B": "container", "D": "year",
    "V": "volume", "N": "issue", "P": "pages", "R": "doi", "I": "publisher", "C": "place", "U": "url", "X": "abstract", "@": "isbn",
}  # fmt: skip


def begins_endnote(line: str) -> bool:
    """Whether an entry begins in this line."""
    return line.startswith("%0 ")


def read_endnote(leaf: Node, keys: Keys) -> Iterator[Statement]:
    """The statements of a block that holds one entry; its tags are the same in all languages."""
    for i, line in enumerate(leaf.lines):
        found = re.match(r"%(.)\s+(.*)$", line)
        if found and found[1] in _ENDNOTE and found[2].strip():
            yield Statement(_ENDNOTE[found[1]], f"%{found[1]}", found[2].strip(), leaf.start + i, Source.TABLE)
