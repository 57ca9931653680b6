"""A BibTeX or BibLaTeX entry in a note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.frontmatter.yaml_core import Mapping as Map
from litindex.parser.frontmatter.yaml_core import Node, Scalar, Sequence
from litindex.parser.values.bibtex import Entry, read_entries
from litindex.parser.values.bibtex_names import BibtexName, read_names
from litindex.parser.values.dates import read_date
from litindex.parser.values.identifiers import find_arxiv
from litindex.parser.values.latex import decode
from litindex.parser.vocabulary.item_types import BIBTEX_TYPES, known_type
from litindex.parser.vocabulary.keys import Keys

_START = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]++)\s*+([{(])\s*+[^\s,{}()\"#=]*+\s*+(?:[,})]|[\w:+.-]++\s*+=)", re.M)
_FIELDS: Final[dict[str, str | None]] = {
    "address": "place", "location": "place", "school": "publisher", "institution": "publisher", "organization": "publisher",
    "number": "issue", "journal": "container", "journaltitle": "container", "booktitle": "container", "langid": "language", "annotation": None,
    "keywords": "zotero_tags", "file": "pdf", "date": None, "year": None, "month": None, "day": None, "type": None,
    "eprint": None, "note": None, "key": None, "status": None, "read": None,
}  # fmt: skip
"""Names of BibTeX that mean another field than in a note, or are read together with others."""
_INHERITED: Final = {"title": "booktitle", "booktitle": "booktitle"}
_OWN: Final = ("author", "doi", "url")
"""What an entry refers to for its container, and what it never inherits."""
_VERBATIM: Final = frozenset(("url", "doi", "pdf", "isbn", "issn"))
_ESCAPE = re.compile(r"\\([\\{}_%&#$~^])|[{}]")
_DASHES = re.compile(r"\s*(?:-{2,}|[–—])\s*")


def holds_bibtex(text: str) -> bool:
    """Whether an entry begins in one of the lines; in round brackets, as a call in a program, only one of a known type."""
    return any(found[2] == "{" or _is_type(found[1]) for found in _START.finditer(text))


def _is_type(name: str) -> bool:
    return name.lower() in BIBTEX_TYPES or known_type(name) is not None


def is_open(text: str) -> bool:
    """Whether the text ends within an entry: a blank line may stand in one, and ends a paragraph."""
    entries = read_entries(text)
    return bool(entries) and not entries[-1].closed


def read_bibtex(text: str, first: int, keys: Keys, name: str) -> Iterator[Statement]:
    """The statements of the text's own entry. `first` is the text's first line, `name` that of the note."""
    entry = _own_entry(read_entries(text), name.removeprefix("@"))
    if entry is None:
        return
    yield Statement("item_type", "@", entry.type, first + _line(entry, "@"), Source.TABLE)
    if entry.key:
        yield Statement("citekey", "@", entry.key, first + _line(entry, "@"), Source.LABEL)
    for name, value in entry.fields.items():
        field = _FIELDS[name] if name in _FIELDS else keys.field(name)
        if field is not None:
            yield from _statement(field, name, value, first + _line(entry, name))
    yield from _together(entry, first)


def _own_entry(entries: list[Entry], name: str) -> Entry | None:
    """The only entry that no other refers to, with what it inherits; of several the one that the note is named after."""
    by_key = {entry.key.casefold(): entry for entry in entries}
    parents = {entry.fields.get("crossref", "").casefold() for entry in entries}
    own = [entry for entry in entries if entry.key.casefold() not in parents or not entry.key]
    if len(own) > 1:
        own = [entry for entry in own if entry.key.casefold() == name.casefold()]
    if len(own) != 1:
        return None
    parent = by_key.get(own[0].fields.get("crossref", "").casefold())
    return own[0] if parent is None else _inheriting(own[0], parent.fields)


def _inheriting(entry: Entry, parent: Mapping[str, str]) -> Entry:
    inherited = {_INHERITED.get(name, name): value for name, value in parent.items()}
    kept = {*_OWN, *entry.fields}
    fields = dict(entry.fields) | {name: value for name, value in inherited.items() if name not in kept}
    return Entry(entry.type, entry.key, fields, entry.lines, entry.closed)


def _statement(field: str, name: str, value: str, line: int) -> Iterator[Statement]:
    if field.startswith("creator:"):
        people = [_node(each, line) for each in read_names(value)]
        yield Statement(field, name, decode(value, markup=False), line, Source.TABLE, Sequence(people, line))
        return
    text = _ESCAPE.sub(r"\1", value) if field in _VERBATIM else decode(value, markup=False)
    if field == "pages":
        text = _DASHES.sub("-", text)
    if text:
        yield Statement(field, name, text, line, Source.TABLE)


def _node(name: BibtexName | None, line: int) -> Node:
    """The name as CSL-JSON writes it."""
    if name is None:
        return Scalar("et al.", "str", line)
    parts = zip(_CSL_NAMES, (decode(part, markup=False) for part in name), strict=True)
    return Map([(key, Scalar(part, "str", line), line) for key, part in parts if part], line)


_CSL_NAMES: Final = ("family", "given", "non-dropping-particle", "suffix", "literal")


def _line(entry: Entry, name: str) -> int:
    """The line of a field, of one that is inherited that of the entry."""
    return entry.lines.get(name, entry.lines["@"])


def _together(entry: Entry, first: int) -> Iterator[Statement]:
    """What several fields say together: the date, and whose number `eprint` is."""
    for name, field in (("date", "date"), ("year", "year")):
        if name in entry.fields:
            line = first + _line(entry, name)
            yield Statement(field, name, decode(entry.fields[name], markup=False), line, Source.TABLE)
    if (date := _with_month(entry.fields)) is not None:
        yield Statement("date", "month", date, first + _line(entry, "month"), Source.TABLE)
    eprint = decode(entry.fields.get("eprint", ""), markup=False)
    kind = (entry.fields.get("eprinttype") or entry.fields.get("archiveprefix") or "").lower()
    scheme = {"": "arxiv" if find_arxiv(eprint, bare=True) else None, "arxiv": "arxiv", "pubmed": "pmid"}.get(kind)
    if eprint and scheme:
        yield Statement(scheme, "eprint", eprint, first + _line(entry, "eprint"), Source.TABLE)


def _with_month(fields: Mapping[str, str]) -> str | None:
    """Year, month and day as one date, where they make one."""
    if "month" not in fields or "year" not in fields:
        return None
    month, year, day = (decode(fields.get(name, ""), markup=False).strip(" .") for name in ("month", "year", "day"))
    text = f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else "") if month.isdecimal() else f"{day} {month} {year}"
    found = read_date(text.strip())
    return found.date if found.known and found.date != year else None
