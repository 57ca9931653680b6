"""What apps for reading print about the book whose passages they export or share: its title and its people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.makers.pasted import BOOKS
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import Keys

EXPORT: Final = "export"
"""The key of what is stated so."""


def export_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """Title and people of the one book that an export is of; one of several books is about none."""
    heads = [found for sign, head in BOOKS.items() if sign in page.text for found in head.finditer(page.text)]
    if len({found["title"] for found in heads}) != 1:
        return
    number = page.first + page.text.count("\n", 0, heads[0].start())
    yield Statement("title", EXPORT, heads[0]["title"], number, Source.LABEL)
    yield Statement("creator:author", EXPORT, heads[0]["people"], number, Source.LABEL)


def may_be_export(text: str) -> bool:
    """Whether a text holds the sign of an export."""
    return any(sign in text for sign in BOOKS)
