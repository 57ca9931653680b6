"""An EndNote (refer) entry in a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from litindex.parser.bibliography.sources.entries.tagged import Row, continued, one_record, person
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.values.dates import read_date
from litindex.parser.values.identifiers import find_isbns
from litindex.parser.vocabulary.keys import Keys

_ROW = re.compile(r"[ \t\ufeff]*%(\S)(?:[ \t]+(.*)|$)")
_FIELDS: Final = {
    "0": "item_type", "A": "creator:author", "E": "creator:editor", "Y": "creator:seriesEditor", "?": "creator:translator",
    "T": "title", "J": "container", "B": "container", "V": "volume", "N": "issue", "P": "pages", "R": "doi",
    "I": "publisher", "C": "place", "U": "url", "X": "abstract", "K": "zotero_tags", "7": "edition", "G": "language",
    "S": "series", ">": "pdf",
}  # fmt: skip


def holds_endnote(text: str) -> bool:
    """Whether an entry begins in one of the lines, and another line of it follows."""
    return "%0 " in text and sum(_ROW.match(line) is not None for line in text.split("\n")) > 1


def read_endnote(text: str, first: int, keys: Keys, name: str) -> Iterator[Statement]:
    """The statements of the text's own entry; its tags are the same in all languages."""
    rows = one_record(continued(text, first, _ROW), "0", "F", name.removeprefix("@"))
    for row in rows:
        field = _FIELDS.get(row.tag) or ("isbn" if find_isbns(row.value)[0] else "issn") if row.tag in _KNOWN else None
        if field is not None:
            node = person(row) if field.startswith("creator:") else None
            yield Statement(field, f"%{row.tag}", row.value, row.line, Source.TABLE, node)
    yield from _date(rows)


_KNOWN: Final = frozenset(_FIELDS) | {"@"}


def _date(rows: list[Row]) -> Iterator[Statement]:
    """The finer one of year (`%D`) and date (`%8`, often without its year)."""
    values = {row.tag: row for row in reversed(rows)}
    if (year := values.get("D")) is not None:
        day = values.get("8")
        for text in (day.value, f"{day.value} {year.value}") if day is not None else ():
            found = read_date(text)
            if day is not None and found.known and found.date and found.date.startswith(f"{year.value}-"):
                yield Statement("date", "%8", found.date, day.line, Source.TABLE)
                break
        yield Statement("year", "%D", year.value, year.line, Source.TABLE)
