"""A BibTeX entry in a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.frontmatter.yaml_core import Mapping, Node, Scalar, Sequence
from litindex.parser.markdown import blocks
from litindex.parser.markdown.blocks import Node as Block
from litindex.parser.values.bibtex import BibtexName, Entry, read_entry, read_names
from litindex.parser.values.latex import decode
from litindex.parser.vocabulary.keys import Keys

_BIBTEX = re.compile(r"@(\w+)\s*[{(]\s*([^\s,{}]+)\s*,")
_FIELDS: Final = {
    "address": "place", "institution": "publisher", "number": "issue", "organization": "publisher",
    "school": "publisher", "type": None, "note": None, "date": "date",
}  # fmt: skip
"""Fields of BibTeX that a note's own words of the same name do not mean."""
_VERBATIM: Final = frozenset(("url", "doi", "eprint"))
_ESCAPED = re.compile(r"\\([_%&#$~{}])")


def begins_bibtex(line: str) -> bool:
    """Whether an entry begins in this line."""
    return _BIBTEX.match(line) is not None


def read_bibtex(leaf: Block, keys: Keys) -> Iterator[Statement]:
    """The statements of a block that holds one entry, out of LaTeX."""
    entry = read_entry("\n".join(leaf.lines))
    if entry is None:
        return
    first = leaf.start + (leaf.kind == blocks.CODE)
    yield Statement("item_type", "@", entry.type, first + entry.lines["@"], Source.TABLE)
    yield Statement("citekey", "@", entry.key, first + entry.lines["@"], Source.LABEL)
    if "month" in entry.fields and "year" in entry.fields:
        yield Statement("date", "month", _date(entry), first + entry.lines["month"], Source.TABLE)
    for name, raw in entry.fields.items():
        field = _FIELDS[name] if name in _FIELDS else keys.field(name)
        if field is not None:
            yield _statement(field, name, raw, first + entry.lines[name])


def _statement(field: str, name: str, raw: str, line: int) -> Statement:
    if field.startswith("creator:"):
        people = Sequence([_person(each, line) for each in read_names(raw)], line)
        return Statement(field, name, decode(raw), line, Source.TABLE, people)
    value = _ESCAPED.sub(r"\1", raw) if name in _VERBATIM else decode(raw)
    return Statement(field, name, value, line, Source.TABLE)


def _date(entry: Entry) -> str:
    """Year, month and day as one date in words."""
    parts = [entry.fields[name] for name in ("day", "month", "year") if name in entry.fields]
    return " ".join(decode(part) for part in parts)


def _person(name: BibtexName | None, line: int) -> Node:
    """The name as CSL-JSON writes it."""
    if name is None:
        return Scalar("et al.", "str", line)
    if name.literal:
        return _map({"literal": decode(name.literal)}, line)
    parts = {
        "family": name.family, "given": name.given, "non-dropping-particle": name.particle, "suffix": name.suffix
    }  # fmt: skip
    return _map({key: decode(part) for key, part in parts.items() if part}, line)


def _map(values: dict[str, str], line: int) -> Mapping:
    return Mapping([(key, Scalar(value, "str", line), line) for key, value in values.items()], line)
