"""What the front matter says, also in maps under keys of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.sources.filename import is_key
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.frontmatter.handler import Property
from litindex.parser.frontmatter.yaml_core import Mapping, Node, Scalar, Sequence, flow_text, is_null
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.values.identifiers import is_doi
from litindex.parser.vocabulary.keys import Keys

_YEAR_BEHIND = re.compile(r"\((?:[^()\d]{1,30}\s)?((?:1[5-9]|20)\d\d)\)$")
_IDENTIFIERS = frozenset(("doi", "arxiv", "pmid", "isbn", "issn", "url"))


def property_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """What the front matter says, also in maps under keys of their own; a DOI under any key is one."""
    for prop in page.front.properties:
        field = keys.field(prop.key)
        source = Source.SALVAGED if prop.salvaged else Source.PROPERTY
        if field not in ("doi", "bibliography", "abstract", "citekey"):
            yield from _dois(prop, source)
        if field is None or (isinstance(prop.value, Mapping) and not _may_be_map(field)):
            yield from _aliases(prop) if prop.key.strip().lower() in ("alias", "aliases") else _nested(prop.value, keys)
        elif field == "identifiers":
            yield from _identifiers(prop.key, node_text(prop.value), prop.line, keys)
        else:
            if field == "title" and is_null(prop.value) and (commented := _comment(page, prop.line)):
                yield Statement(field, prop.key, commented, prop.line, Source.GUESS)
            yield Statement(field, prop.key, node_text(prop.value), prop.line, source, prop.value)
            if field == "title" and (year := _YEAR_BEHIND.search(node_text(prop.value))):
                yield Statement("year", prop.key, year[1], prop.line, Source.GUESS)


def _dois(prop: Property, source: Source) -> Iterator[Statement]:
    """A value that is nothing but an address of doi.org or a bare DOI."""
    only = prop.value.items[0] if isinstance(prop.value, Sequence) and len(prop.value.items) == 1 else prop.value
    if isinstance(only, Scalar) and "10." in only.raw and is_doi(only.raw):
        yield Statement("doi", prop.key, only.raw, prop.line, source)


def _aliases(prop: Property) -> Iterator[Statement]:
    """An alias `@holm2004` is the citekey, and perhaps one of that form without `@`; other names are people's on the web."""
    items = prop.value.items if isinstance(prop.value, Sequence) else (prop.value,)
    for item in items:
        name = item.raw.strip() if isinstance(item, Scalar) else ""
        marked = name.startswith("@")
        if len(name) < 100 and is_key(name.removeprefix("@")):
            yield Statement(
                "citekey", prop.key, name.removeprefix("@"), item.line, Source.ALIAS if marked else Source.GUESS
            )


def _may_be_map(field: str) -> bool:
    """Whether CSL writes the value of this field as a map."""
    return field in ("date", "year") or field.startswith("creator:")


def _identifiers(key: str, text: str, line: int, keys: Keys) -> Iterator[Statement]:
    """Calibre's `identifiers: "isbn:978…, doi:10.…"`."""
    for name, value in re.findall(r"(?<!\w)(\w++):\s*+([^\s,;]++)", text):
        field = keys.field(name)
        if field in _IDENTIFIERS:
            yield Statement(field, f"{key}: {name}", value, line, Source.PROPERTY)


def _nested(node: Node, keys: Keys) -> Iterator[Statement]:
    """A map of bibliographic keys under a key of its own: `kindle-sync: {title: …, author: …}`."""
    if not isinstance(node, Mapping):
        return
    found = [
        Statement(field, key, node_text(value), line, Source.PROPERTY, value)
        for key, value, line in node.pairs
        if (field := keys.field(key)) is not None
    ]
    fields = {statement.field for statement in found}
    names_work = "title" in fields and any(statement.names_people for statement in found)
    if names_work or fields <= _IDENTIFIERS:
        yield from found


def node_text(node: Node) -> str:
    """A property's value as text: the items of a list joined by `; `."""
    if isinstance(node, Scalar):
        return node.raw
    if isinstance(node, Sequence):
        return "; ".join(text for item in node.items if (text := node_text(item)))
    return flow_text(node)


def _comment(page: ParsedNote, line: int) -> str | None:
    """`title: # Recovery …`: YAML sees a comment where a person wrote a title."""
    text = page.front.text.split("\n")[line - 2] if 0 <= line - 2 < page.front.text.count("\n") + 1 else ""
    value = text.partition(":")[2].strip()
    return value.lstrip("# ").strip() if value.startswith("#") else None
