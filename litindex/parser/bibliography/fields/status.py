"""Whether a work was read, and its file."""

from __future__ import annotations

import re

from litindex.parser.bibliography.record import Record
from litindex.parser.bibliography.statement import Source, Statement, no_value, plain
from litindex.parser.frontmatter.yaml_core import Scalar, Sequence
from litindex.parser.values.names import clean

_TRUE = frozenset("true yes ja oui sí x".split())
_LINK_END = re.compile(r"\)\s*+[.,;]?$")
_WIKILINK = re.compile(r"\[\[([^\[\]|#]++)")


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
        return (_linked(text) or text).strip() or None

    ranked = [(statement, read(statement)) for statement in record.statements("pdf")]
    ranked.sort(key=lambda pair: (pair[0].source == Source.LINK and "zotero://" in pair[0].value, pair[0].source.rank))
    return record.keep("pdf", ranked)


def _linked(text: str) -> str | None:
    """The target of the Markdown link that ends a value, else of the first wikilink in it."""
    if (end := _LINK_END.search(text)) is not None:
        start = text.find("](", text.rfind("\n", 0, end.start()) + 1, end.start())
        if start >= 0 and (target := text[start + 2 : end.start()].removeprefix("<").removesuffix(">")):
            return target
    found = _WIKILINK.search(text)
    return found[1] if found else None
