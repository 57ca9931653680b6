"""One BibTeX or RIS entry in a note's code block."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from litindex.parser.bibliography.statement import Statement
from litindex.parser.frontmatter import yaml_core
from litindex.parser.frontmatter.yaml_core import Mapping, Scalar, Sequence, flow_text
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import Keys

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


def entry_statements(page: ParsedNote, keys: Keys) -> Iterator[Statement]:
    """The statements of the note's only BibTeX, RIS, EndNote or CSL-JSON entry, in a code block or pasted as text."""
    for leaf in page.document.leaves:
        if leaf.kind == blocks.CODE and leaf.fence and leaf.lines and leaf.lines[0].lstrip()[:1] in ("{", "["):
            yield from _csl(leaf, keys)
        elif is_entry(leaf):
            yield from _ENTRY_READERS[leaf.lines[0].lstrip()[0]](leaf, keys)


def is_entry(leaf: Node) -> bool:
    """Whether a code block or paragraph begins as an entry of a bibliography file does."""
    if leaf.kind not in (blocks.CODE, blocks.PARA) or not leaf.lines:
        return False
    first = leaf.lines[0].lstrip()
    if first[:1] == "@":
        return _BIBTEX.match(first) is not None
    return first.startswith(("TY  -", "%0 "))


def _csl(leaf: Node, keys: Keys) -> Iterator[Statement]:
    """CSL-JSON: every JSON text is YAML too."""
    try:
        node = yaml_core.load("\n".join(leaf.lines))
    except yaml_core.YamlError:
        return
    if isinstance(node, Sequence) and len(node.items) == 1:
        node = node.items[0]
    if not isinstance(node, Mapping) or not {"title", "type"} <= {key for key, _, _ in node.pairs}:
        return
    for key, value, line in node.pairs:
        slot = "citekey" if key in ("id", "citation-key") else keys.slot(key)
        if slot is not None:
            yield Statement(
                slot,
                key,
                value.raw if isinstance(value, Scalar) else flow_text(value),
                leaf.start + line,
                "table",
                value,
            )


def _endnote(leaf: Node, keys: Keys) -> Iterator[Statement]:
    for i, line in enumerate(leaf.lines):
        found = re.match(r"%(.)\s+(.*)$", line)
        if found and found[1] in _ENDNOTE and found[2].strip():
            yield Statement(_ENDNOTE[found[1]], f"%{found[1]}", found[2].strip(), leaf.start + i, "table")


_ENDNOTE = {
    "0": "item_type", "A": "creator:author", "E": "creator:editor", "T": "title", "J": "container", "B": "container", "D": "year",
    "V": "volume", "N": "issue", "P": "pages", "R": "doi", "I": "publisher", "C": "place", "U": "url", "X": "abstract", "@": "isbn",
}  # fmt: skip


def _delatexed(text: str) -> str:
    """LaTeX's accents as letters: `{\\"O}`, `\\'{i}`, `\\c{c}`."""
    if "\\" not in text:
        return text
    for macro, letter in _MACROS.items():
        text = re.sub(r"\{?\\" + macro + r"(?![A-Za-z])\s?\}?", letter, text)
    return unicodedata.normalize("NFC", _ACCENT.sub(lambda m: m[2] + _COMBINING[m[1]], text))


_MACROS = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "aa": "å",
    "AA": "Å",
    "i": "i",
    "&": "&",
}
_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307", "u": "\u0306",
    "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "b": "\u0331",
}  # fmt: skip
_ACCENT = re.compile(r"\\([`'^~\"=.]|[uvHckrb](?=[\s{]))\s*\{?([A-Za-z])\}?")


def _bibtex(leaf: Node, keys: Keys) -> Iterator[Statement]:
    text = "\n".join(leaf.lines)
    entries = list(_BIBTEX.finditer(text))
    if len(entries) != 1:
        return
    first = leaf.start + (leaf.kind == blocks.CODE)
    yield Statement("item_type", "@", entries[0][1], first, "table")
    yield Statement("citekey", "@", entries[0][2], first, "label")
    for found in _BIBTEX_FIELD.finditer(text, entries[0].end()):
        value = _delatexed(" ".join((found[2] or found[3] or found[4] or "").split()))
        slot = keys.slot(found[1])
        if slot is not None and value:
            yield Statement(slot, found[1], value, first + text.count("\n", 0, found.start()), "table")


def _ris(leaf: Node, keys: Keys) -> Iterator[Statement]:
    rows = [(leaf.start + 1 + i, m[1], m[2].strip()) for i, line in enumerate(leaf.lines) if (m := _RIS.match(line))]
    if sum(tag == "TY" for _, tag, _ in rows) != 1:
        return
    pages = {tag: value for _, tag, value in rows if tag in ("SP", "EP") and value}
    if "SP" in pages:
        yield Statement(
            "pages", "SP", "-".join(pages[tag] for tag in ("SP", "EP") if tag in pages), leaf.start, "table"
        )
    for line, tag, value in rows:
        if tag == "TY":
            yield Statement("item_type", tag, _RIS_TYPES.get(value, "document"), line, "table")
        elif tag in _RIS_SLOTS and value:
            yield Statement(_RIS_SLOTS[tag], tag, value.rstrip("/"), line, "table")


_ENTRY_READERS = {"@": _bibtex, "T": _ris, "%": _endnote}
