"""Whether a work was read, and its file."""

from __future__ import annotations

import re

from litindex.parser.bibliography.fields.text import plain
from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.statement import Source, Statement, no_value
from litindex.parser.frontmatter.yaml_core import Scalar, Sequence
from litindex.parser.values.names import clean

_TRUE = frozenset("true yes ja oui sí x".split())


def read_status(record: Record) -> str | None:
    """Z9: `status` as written, else the booleans."""
    status = record.choose(
        "read_status", "read_status", read=lambda statement: (plain(statement) or "").lstrip("#").strip() or None
    )
    if status:
        return status
    flags = {
        field: any(clean(statement.value).lower() in _TRUE for statement in record.by_field.get(field, []))
        for field in ("read", "in_progress")
    }
    if flags["read"] or flags["in_progress"]:
        return "read" if flags["read"] else "reading"
    stated = [
        statement
        for statement in record.by_field.get("read", [])
        if statement.value.strip().lower() in ("false", "no", "nein", "non")
    ]
    return "unread" if stated else None


def read_pdf(record: Record) -> str | None:
    def read(statement: Statement) -> str | None:
        text = statement.value.strip().strip("\"'")
        if isinstance(statement.node, Sequence):
            text = next(
                (item.raw for item in statement.node.items if isinstance(item, Scalar) and not no_value(item.raw)), ""
            )
        jabref = re.match(r":?([^:]+):(?:pdf|PDF)$", text)
        text = jabref[1] if jabref else text
        found = re.search(r"\]\(<?(.+?)>?\)\s*[.,;]?$", text) or re.search(r"!?\[\[([^\[\]|#]+)", text)
        return (found[1] if found else text).strip() or None

    ranked = [(statement, read(statement)) for statement in record.statements("pdf")]
    ranked.sort(key=lambda pair: (pair[0].source == Source.LINK and "zotero://" in pair[0].value, pair[0].source.rank))
    return record.keep("pdf", ranked)
