"""A RIS entry in a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from litindex.parser.bibliography.sources.entries.tagged import Row, continued, one_record, person
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.values.dates import read_date
from litindex.parser.values.identifiers import find_doi, find_isbns
from litindex.parser.vocabulary.item_types import RIS_TYPES
from litindex.parser.vocabulary.keys import Keys

_ROW = re.compile(r"[ \t\ufeff]*([A-Z][A-Z0-9]) {0,3}-(?: (.*)|$)")
_FIELDS: Final = {
    "TI": "title", "T1": "title", "CT": "title", "BT": "container", "T2": "container", "JO": "container", "JF": "container",
    "AU": "creator:author", "A1": "creator:author", "A2": "creator:editor", "ED": "creator:editor",
    "A3": "creator:seriesEditor", "A4": "creator:translator", "T3": "series", "PB": "publisher", "CY": "place",
    "PP": "place", "VL": "volume", "IS": "issue", "CP": "issue", "ET": "edition", "LA": "language", "AB": "abstract",
    "N2": "abstract", "KW": "zotero_tags", "ID": "citekey", "DO": "doi", "UR": "url", "L1": "pdf",
    "ST": "shortTitle", "NV": "numberOfVolumes", "Y2": "accessDate", "DB": "archive", "DP": "libraryCatalog", "CN": "callNumber",
}  # fmt: skip
_OF_TYPE: Final[dict[str, dict[str, str]]] = {
    "BOOK": {"BT": "title", "T2": "series", "A2": "creator:seriesEditor"},
    "EBOOK": {"BT": "title", "T2": "series", "A2": "creator:seriesEditor"},
    "EDBOOK": {"BT": "title", "T2": "series", "AU": "creator:editor"},
    "RPRT": {"T2": "series"},
    "MAP": {"T2": "series"},
}
"""Tags that say something else in entries of a type."""
_DATE = re.compile(r"^(\d{4}(?:/\d{1,2}){0,2})/.*")
"""Year, month and day, and what else RIS lets stand behind them."""
_ABBREVIATED: Final = ("J2", "JA", "J1")


def holds_ris(text: str) -> bool:
    """Whether an entry begins in one of the lines."""
    return "TY " in text and any(row and row[1] == "TY" for row in map(_ROW.match, text.split("\n")))


def read_ris(text: str, first: int, keys: Keys, name: str) -> Iterator[Statement]:
    """The statements of the text's own entry; its tags are the same in all languages."""
    rows = one_record(continued(text, first, _ROW), "TY", "ID", name.removeprefix("@"))
    kind = next((row.value.upper() for row in rows if row.tag == "TY"), "")
    fields = _FIELDS | _OF_TYPE.get(kind, {})
    for row in rows:
        if row.tag == "TY":
            yield Statement("item_type", "TY", RIS_TYPES.get(kind, "document"), row.line, Source.TABLE)
        elif (field := fields.get(row.tag) or _field_of_value(row)) is not None:
            yield _statement(field, row)
    yield from _together(rows)


def _statement(field: str, row: Row) -> Statement:
    node = person(row) if field.startswith("creator:") else None
    return Statement(field, row.tag, row.value, row.line, Source.TABLE, node)


def _field_of_value(row: Row) -> str | None:
    """The field of a tag that stands for several, by what its value is."""
    if row.tag == "SN":
        return "isbn" if find_isbns(row.value)[0] else "issn"
    if row.tag == "C2" and row.value.startswith("PMC"):
        return "pmcid"
    if row.tag in ("M3", "N1") and row.value.startswith(("10.", "doi:")) and find_doi(row.value):
        return "doi"
    return "genre" if row.tag == "M3" else None


def _together(rows: list[Row]) -> Iterator[Statement]:
    """What several tags say together: pages, the finest date, the journal where only its short name is there."""
    values = {row.tag: row for row in reversed(rows)}
    if "SP" in values:
        pages = [values[tag].value for tag in ("SP", "EP") if tag in values]
        yield Statement("pages", "SP", "-".join(dict.fromkeys(pages)), values["SP"].line, Source.TABLE)
    dates = [(_DATE.sub(r"\1", row.value), row) for tag in ("PY", "Y1", "DA") if (row := values.get(tag))]
    for text, row in sorted(dates, key=lambda pair: -len(read_date(pair[0]).date or "")):
        yield Statement("date", row.tag, text, row.line, Source.TABLE)
    if not values.keys() & {"JO", "JF", "T2", "BT"}:
        for tag in _ABBREVIATED:
            if tag in values:
                yield Statement("container", tag, values[tag].value, values[tag].line, Source.TABLE)
