"""The abstract of a work (Z10)."""

from __future__ import annotations

import html

from litindex.parser.bibliography.record import Record, provenance_row
from litindex.parser.bibliography.sources.passage import Passage
from litindex.parser.bibliography.statement import Statement


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
        text = statement.value.strip().strip('"').strip()
    record.provenance.append(provenance_row("abstract", "used", text[:200], statement._replace(value=text[:200])))
    return text or None
