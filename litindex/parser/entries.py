"""One BibTeX or RIS entry in a note's code block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser import blocks
from litindex.parser.blocks import Node
from litindex.parser.claims import Claim
from litindex.parser.keys import Keys
from litindex.parser.region import Page

_BIBTEX = re.compile(r"@(\w+)\s*[{(]\s*([^\s,{}]+)\s*,")
_BIBTEX_FIELD = re.compile(r"(\w[\w-]*)\s*=\s*(?:\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}|\"([^\"]*)\"|(\d+))")
_RIS = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)$")
_RIS_SLOTS = {
    "AU": "creator:author", "A1": "creator:author", "A2": "creator:editor", "ED": "creator:editor", "A3": "creator:seriesEditor",
    "A4": "creator:translator", "TI": "title", "T1": "title", "JO": "container", "JF": "container", "T2": "container", "BT": "container",
    "PY": "date", "Y1": "date", "DA": "date", "DO": "doi", "UR": "url", "PB": "publisher", "CY": "place", "VL": "volume", "IS": "issue",
    "LA": "language", "AB": "abstract", "N2": "abstract", "KW": "zotero_tags", "ID": "citekey", "ET": "edition",
}  # fmt: skip
_RIS_TYPES = {
    "JOUR": "journalArticle", "BOOK": "book", "CHAP": "bookSection", "CONF": "conferencePaper", "CPAPER": "conferencePaper",
    "THES": "thesis", "RPRT": "report", "ELEC": "webpage", "BLOG": "blogPost", "NEWS": "newspaperArticle", "MGZN": "magazineArticle",
    "COMP": "computerProgram", "VIDEO": "videoRecording", "MAP": "map", "PAT": "patent", "UNPB": "manuscript", "GEN": "document",
}  # fmt: skip


def entry_claims(page: Page, keys: Keys) -> Iterator[Claim]:
    """The claims of the note's only BibTeX entry, and of its only RIS record."""
    for leaf in page.document.leaves:
        if leaf.kind != blocks.CODE or leaf.fence == "":
            continue
        if any(line.lstrip().startswith("@") for line in leaf.lines[:3]):
            yield from _bibtex(leaf, keys)
        elif any(line.startswith("TY  -") for line in leaf.lines[:3]):
            yield from _ris(leaf)


def _bibtex(leaf: Node, keys: Keys) -> Iterator[Claim]:
    text = "\n".join(leaf.lines)
    entries = list(_BIBTEX.finditer(text))
    if len(entries) != 1:
        return
    yield Claim("item_type", "@", entries[0][1], leaf.start + 1, "table")
    yield Claim("citekey", "@", entries[0][2], leaf.start + 1, "label")
    for found in _BIBTEX_FIELD.finditer(text, entries[0].end()):
        value = " ".join((found[2] or found[3] or found[4] or "").split())
        slot = keys.slot(found[1])
        if slot is not None and value:
            yield Claim(slot, found[1], value, leaf.start + 1 + text.count("\n", 0, found.start()), "table")


def _ris(leaf: Node) -> Iterator[Claim]:
    rows = [(leaf.start + 1 + i, m[1], m[2].strip()) for i, line in enumerate(leaf.lines) if (m := _RIS.match(line))]
    if sum(tag == "TY" for _, tag, _ in rows) != 1:
        return
    pages = {tag: value for _, tag, value in rows if tag in ("SP", "EP") and value}
    if "SP" in pages:
        yield Claim("pages", "SP", "-".join(pages[tag] for tag in ("SP", "EP") if tag in pages), leaf.start, "table")
    for line, tag, value in rows:
        if tag == "TY":
            yield Claim("item_type", tag, _RIS_TYPES.get(value, "document"), line, "table")
        elif tag in _RIS_SLOTS and value:
            yield Claim(_RIS_SLOTS[tag], tag, value.rstrip("/"), line, "table")
