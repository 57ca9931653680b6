"""A RIS entry in a note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.markdown.blocks import Node
from litindex.parser.values.identifiers import find_issns
from litindex.parser.vocabulary.keys import Keys

_RIS = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)$")
_RIS_FIELDS = {
    "AU": "creator:author", "A1": "creator:author", "A2": "creator:editor", "ED": "creator:editor", "A3": "creator:seriesEditor",
    "A4": "creator:translator", "TI": "title", "T1": "title", "JO": "container", "JF": "container", "T2": "container", "BT": "container",
    "PY": "date", "Y1": "date", "DA": "date", "DO": "doi", "UR": "url", "PB": "publisher", "CY": "place", "VL": "volume", "IS": "issue",
    "LA": "language", "AB": "abstract", "N2": "abstract", "KW": "zotero_tags", "ID": "citekey", "ET": "edition",
    "T3": "series", "ST": "shortTitle", "NV": "numberOfVolumes", "M3": "genre", "Y2": "accessDate", "DB": "archive", "DP": "libraryCatalog",
    "CN": "callNumber", "SN": "isbn",
}  # fmt: skip
_RIS_TYPES = {
    "JOUR": "journalArticle", "BOOK": "book", "CHAP": "bookSection", "CONF": "conferencePaper", "CPAPER": "conferencePaper",
    "THES": "thesis", "RPRT": "report", "ELEC": "webpage", "BLOG": "blogPost", "NEWS": "newspaperArticle", "MGZN": "magazineArticle",
    "COMP": "computerProgram", "VIDEO": "videoRecording", "MAP": "map", "PAT": "patent", "UNPB": "manuscript", "GEN": "document",
    "EJOUR": "journalArticle", "EBOOK": "book", "EDBOOK": "book", "ECHAP": "bookSection", "DATA": "dataset", "DICT": "dictionaryEntry",
    "ENCYC": "encyclopediaArticle", "ART": "artwork", "BILL": "bill", "CASE": "case", "HEAR": "hearing", "STAT": "statute", "STAND": "standard",
    "MANSCPT": "manuscript", "MPCT": "film", "SOUND": "audioRecording", "MUSIC": "audioRecording", "SLIDE": "presentation", "PCOMM": "letter",
    "ICOMM": "email",
}  # fmt: skip


def begins_ris(line: str) -> bool:
    """Whether an entry begins in this line."""
    return line.startswith("TY  -")


def read_ris(leaf: Node, keys: Keys) -> Iterator[Statement]:
    """The statements of a block that holds one entry; its tags are the same in all languages."""
    rows = _rows(leaf)
    if sum(tag == "TY" for _, tag, _ in rows) != 1:
        return
    rows.sort(key=lambda row: row[1] != "DA")  # it is finer than PY
    pages = {tag: value for _, tag, value in rows if tag in ("SP", "EP") and value}
    if "SP" in pages:
        yield Statement(
            "pages", "SP", "-".join(pages[tag] for tag in ("SP", "EP") if tag in pages), leaf.start, Source.TABLE
        )
    for line, tag, value in rows:
        if tag == "TY":
            yield Statement("item_type", tag, _RIS_TYPES.get(value, "document"), line, Source.TABLE)
        elif tag in _RIS_FIELDS and value:
            field = "issn" if tag == "SN" and find_issns(value) else _RIS_FIELDS[tag]
            yield Statement(field, tag, value.rstrip("/"), line, Source.TABLE)


def _rows(leaf: Node) -> list[tuple[int, str, str]]:
    """(line, tag, value) of each tag; a line without one goes on with the value before it."""
    rows: list[tuple[int, str, str]] = []
    for number, line in enumerate(leaf.lines, leaf.start + 1):
        if found := _RIS.match(line):
            rows.append((number, found[1], found[2].strip()))
        elif rows and line.strip():
            at, tag, value = rows[-1]
            rows[-1] = (at, tag, f"{value} {line.strip()}".strip())
    return rows
