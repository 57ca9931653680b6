"""The formatted reference of a work (Z10)."""

from __future__ import annotations

from litindex.parser.bibliography.record import Record, provenance_row
from litindex.parser.bibliography.sources.passage import Passage
from litindex.parser.bibliography.statement import Statement


def read_bibliography(record: Record, passage: Passage | None) -> str | None:
    """The passage that holds the reference, else what a statement says that is long enough to be one."""
    if passage is not None:
        statement = Statement("bibliography", None, passage.text, min(passage.lines), passage.source)
        record.provenance.append(provenance_row("bibliography", "used", passage.text[:200], statement))
        return passage.text
    return record.choose("bibliography", "bibliography", read=_reference_of)


def _reference_of(statement: Statement) -> str | None:
    text = statement.value.strip().strip("\"'").strip()
    return text if len(text) > 15 else None
