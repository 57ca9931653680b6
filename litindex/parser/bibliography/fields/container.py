"""Where a work appeared (S13)."""

from __future__ import annotations

import re

from litindex.parser.bibliography.fields.text import plain
from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.values.references import reference_container

_PUBLISHED = frozenset(("book", "report", "thesis", "standard", "map", "dataset"))


def read_container(
    record: Record, item_type: str | None, reference: str | None, title: str | None
) -> tuple[str | None, str | None]:
    """(container, publisher): an unlabelled line names the publisher of a type that stands in no other work (S13)."""
    if item_type in _PUBLISHED and (lines := [c for c in record.statements("container") if c.source == Source.LINE]):
        return None, record.keep("publisher", [(statement, container_of(statement)) for statement in lines])
    container = record.choose("container", "container", read=container_of) or _source_container(record)
    if container is None and reference and not record.statements("title", "publisher"):
        container = reference_container(reference, title)
    return container, None


def _source_container(record: Record) -> str | None:
    """`Source: …` is where a work appeared when nothing says so more clearly, and it is no link."""
    return record.choose(
        "container",
        "source",
        read=lambda statement: (
            text
            if (text := container_of(statement)) and "://" not in text and statement.source == Source.LABEL
            else None
        ),
    )


def container_of(statement: Statement) -> str | None:
    """Journal or book without what stands behind its name: its kind, volume and issue."""
    text = plain(statement)
    text = re.sub(r"(?:(?<!\s)\s+)?\((?:journal|book|proceedings|Zeitschrift|revista)\)$", "", text) if text else ""
    return re.sub(r",?(?:(?<!\s)\s+)?\*?(?<!\d)\d++\*?\s*+\(\d+\)$", "", text).strip("*_ ") or None
