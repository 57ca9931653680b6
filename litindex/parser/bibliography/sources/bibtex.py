"""A BibTeX entry in a note."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node
from litindex.parser.vocabulary.keys import Keys

_BIBTEX = re.compile(r"@(\w+)\s*[{(]\s*([^\s,{}]+)\s*,")
_BIBTEX_FIELD = re.compile(r"(\w[\w-]*)\s*=\s*(?:\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}|\"([^\"]*)\"|(\d+))")


def begins_bibtex(line: str) -> bool:
    """Whether an entry begins in this line."""
    return _BIBTEX.match(line) is not None


def read_bibtex(leaf: Node, keys: Keys) -> Iterator[Statement]:
    """The statements of a block that holds one entry."""
    text = "\n".join(leaf.lines)
    entries = list(_BIBTEX.finditer(text))
    if len(entries) != 1:
        return
    first = leaf.start + (leaf.kind == blocks.CODE)
    yield Statement("item_type", "@", entries[0][1], first, Source.TABLE)
    yield Statement("citekey", "@", entries[0][2], first, Source.LABEL)
    for found in _BIBTEX_FIELD.finditer(text, entries[0].end()):
        value = _delatexed(" ".join((found[2] or found[3] or found[4] or "").split()))
        field = keys.field(found[1])
        if field is not None and value:
            yield Statement(field, found[1], value, first + text.count("\n", 0, found.start()), Source.TABLE)


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
