"""Item types given as tags: `source/journalArticle`, `#journalArticle` (S13, S15, S29)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.sources.properties import node_text
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.item_types import known_type
from litindex.parser.vocabulary.keys import Keys

_TYPE_TAG = re.compile(r"(?:source|zotero|type|lit|literature|item|itemtype|quelle|fuente)/([A-Za-z-]+)$", re.I)


def tag_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """The item types that tags name."""
    places = [(name, line) for name, line, _ in page.body.tag_places]
    for prop in page.front.properties:
        if prop.key.strip().lower() in ("tags", "tag"):
            names = re.split(r"[;,\s]+", node_text(prop.value))
            places += [(name.strip().lstrip("#"), prop.line) for name in names if name]
    for name, line in places:
        if kind := _type_in(name):
            yield Statement("item_type", None, kind, line, Source.TAG)


def _type_in(name: str) -> str | None:
    """The type behind `source/`; without that only Zotero's own camel-case names, which are no words."""
    found = _TYPE_TAG.match(name)
    if found:
        return known_type(found[1])
    return name if known_type(name) == name and any(c.isupper() for c in name) else None
