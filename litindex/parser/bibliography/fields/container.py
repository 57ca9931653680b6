"""Where a work appeared (S13)."""

from __future__ import annotations

import re

from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.statement import Source, Statement, plain
from litindex.text_keys import title_key

_KIND = re.compile(r"(?:(?<!\s)\s+)?\((?:journal|book|proceedings|Zeitschrift|revista)\)$")
_VOLUME = re.compile(r",?(?:(?<!\s)\s+)?\*?(?<!\d)\d++\*?\s*+\(\d+\)$")
_PUBLISHED = frozenset(("book", "report", "thesis", "standard", "map", "dataset"))


_ALONE = frozenset(("preprint", "webpage", "blogPost", "manuscript", "patent"))
"""Types that appear in nothing else, whatever is emphasised in their reference."""


def read_container(record: Record, item_type: str | None, title: str | None) -> tuple[str | None, str | None]:
    """(container, publisher): an unlabelled line names the publisher of a type that stands in no other work (S13)."""
    itself = title_key(title or "")
    stated = [(each, text) for each in record.statements("container") if (text := container_of(each))]
    lines = [(each, text) for each, text in stated if each.source is Source.LINE]
    if item_type in _PUBLISHED and lines:
        return None, record.keep("publisher", lines)
    sure = [(each, text) for each, text in stated if not each.source.is_inferred]
    if not sure:
        places = [(each, text) for each in record.statements("source") if (text := _place_of(each))]
        sure = [(each, text) for each, text in places if title_key(text) != itself]
    alone = item_type in _PUBLISHED or item_type in _ALONE
    inferred = [
        (each, text) for each, text in stated if each.source.is_inferred and not alone and title_key(text) not in itself
    ]
    return record.keep("container", sure + inferred), None


def _place_of(statement: Statement) -> str | None:
    """`Source: …` as a label is where a work appeared when nothing says so more clearly, and it is no link."""
    text = container_of(statement) if statement.source is Source.LABEL else None
    text = _BEHIND_NAME.sub("", text) if text else None
    return text if text and "://" not in text else None


_BEHIND_NAME = re.compile(r",?(?<!\s)\s\(?(?:1[5-9]|20)\d\d\)?[,;:]\s.*$")
"""`Tidal Letters 2020, p. 112`."""


def house_of(statement: Statement) -> str | None:
    """A publisher without the year behind it."""
    text = plain(statement)
    return _YEAR.sub("", text) or None if text else None


_YEAR = re.compile(r",?(?<!\s)\s\(?(?:1[5-9]|20)\d\d\)?$|,(?:1[5-9]|20)\d\d$")


def container_of(statement: Statement) -> str | None:
    """Journal or book without what stands behind its name: its kind, volume and issue."""
    text = plain(statement)
    if text and text.endswith(")"):
        text = _VOLUME.sub("", _KIND.sub("", text))
    return (text or "").strip("*_ ") or None
