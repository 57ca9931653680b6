"""The texts about a work: its abstract and its formatted reference (Z10)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from litindex.parser.bibliography.record import Record, provenance_row
from litindex.parser.bibliography.sources.prose.passage import Passage
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.values.identifiers import find_doi
from litindex.parser.values.names import clean
from litindex.parser.values.references import read_reference, reference_container

_BREAK = re.compile(r"<br\s*/?>\s?", re.I)


def read_bibliography(record: Record, passage: Passage | None) -> str | None:
    """The passage that holds the reference, else what a statement says that is long enough to be one; what it says is stated by it."""
    if passage is not None:
        statement = Statement("bibliography", None, passage.text, min(passage.lines), passage.source)
        record.provenance.append(provenance_row("bibliography", "used", passage.text[:200], statement))
        text: str | None = passage.text
    else:
        text = record.choose("bibliography", "bibliography", read=_reference_of)
        addresses = [each for each in record.statements("bibliography") if _reference_of(each) is None]
        record.add(each._replace(field="doi") for each in addresses if find_doi(each.value))
    if text is not None:
        record.add(_statements(text, next(row.line for row in record.provenance if row.field == "bibliography")))
    return text


def _reference_of(statement: Statement) -> str | None:
    """A text that is long enough, apart from its links, and not only an address."""
    text = statement.value.strip().strip("\"'").strip()
    said = clean(text)
    return text if len(said) > 15 and " " in said else None


def _statements(text: str, line: int | None) -> Iterator[Statement]:
    """What a formatted reference says, the people as they stand in it."""
    reference = read_reference(text)
    found = {
        "title": reference.title,
        "year": str(reference.year) if reference.year else None,
        "container": reference_container(text, reference.title) if reference.title else None,
        "doi": find_doi(text),
        "creator:author": text if reference.names else None,
    }
    for field, value in found.items():
        if value:
            yield Statement(field, None, value, line, Source.REFERENCE)


def read_abstract(record: Record, passage: Passage | None) -> str | None:
    text = _abstract_text(record, passage)
    return html.unescape(text).replace("\xa0", " ") if text and "&" in text else text


def _abstract_text(record: Record, passage: Passage | None) -> str | None:
    if passage is not None:
        line = min(passage.lines, default=0) or None
        text, statement = passage.text, Statement("abstract", None, passage.text, line, passage.source)
    else:
        found = [statement for statement in record.statements("abstract") if len(statement.value) > 1]
        if not found:
            return None
        statement = found[0]
        text = _BREAK.sub("\n", statement.value.strip().strip('"').strip())
    record.provenance.append(provenance_row("abstract", "used", text[:200], statement._replace(value=text[:200])))
    return text or None
