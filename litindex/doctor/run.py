"""Running checks on an index: what each of them finds, all on one state of it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence

from litindex.doctor.check import SEVERITIES, Check, Finding
from litindex.errors import QueryError
from litindex.index.authorizer import snapshot
from litindex.query.lists.filters import ANY, Filters, condition
from litindex.query.named import TIMEOUT, Result, Row, TimeLimit, Value, run

CHOSEN = "SELECT n.path FROM notes n LEFT JOIN works w ON w.note_id = n.id WHERE {condition}"
_NEEDED = {"path", "message"}


def diagnose(
    connection: sqlite3.Connection, checks: Iterable[Check], filters: Filters = ANY, timeout: float = TIMEOUT
) -> list[Finding]:
    """What the checks find in the notes that the filters choose, by check, path and line; each check may take `timeout` seconds.

    QueryError: a check of the user that SQLite refuses, or that gives no `path` or `message`; it is named.
    """
    with snapshot(connection):
        chosen = None if filters == ANY else _chosen(connection, filters)
        return [finding for check in checks for finding in _findings(connection, check, chosen, timeout)]


def _chosen(connection: sqlite3.Connection, filters: Filters) -> set[str]:
    asked = condition(connection, filters)
    return {row[0] for row in connection.execute(CHOSEN.format(condition=asked.sql), asked.values)}


def _findings(
    connection: sqlite3.Connection, check: Check, chosen: Container[str] | None, timeout: float
) -> list[Finding]:
    try:
        found = set(_all_findings(connection, check, timeout))
    except QueryError as error:
        raise QueryError(f"check {check.name!r}: {error}") from error
    ours = (finding for finding in found if chosen is None or finding.path in chosen)
    return sorted(ours, key=lambda each: (each.path, each.line or 0, each.message, each.suggestion))


def _all_findings(connection: sqlite3.Connection, check: Check, timeout: float) -> Iterator[Finding]:
    if check.find:
        for found in check.find(connection):
            yield Finding(check.name, check.severity, *found)
        return
    result = run(connection, check.sql, limit=TimeLimit(timeout))
    if missing := _NEEDED - set(result.columns):
        raise QueryError(f"its rows have no column {' and '.join(sorted(missing))}")
    yield from _from_rows(check, result)


def _from_rows(check: Check, result: Result) -> Iterator[Finding]:
    for row in result.rows:
        yield _from_row(check, result.columns, row)


def _from_row(check: Check, columns: Sequence[str], row: Row) -> Finding:
    values = dict(zip(columns, row, strict=True))
    severity, line = values.get("severity"), values.get("line")
    return Finding(
        check.name,
        severity if severity in SEVERITIES else check.severity,
        _text(values["path"]),
        line if isinstance(line, int) and line > 0 else None,
        _text(values["message"]),
        _text(values.get("suggestion")),
    )


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings each severity has, the worst first; 0 where there is none."""
    counted = Counter(finding.severity for finding in findings)
    return {severity: counted[severity] for severity in SEVERITIES}


def reaches(findings: Iterable[Finding], level: str) -> bool:
    """Whether something of this severity or a worse one was found; `none` is reached by nothing."""
    grave = SEVERITIES[: SEVERITIES.index(level) + 1] if level in SEVERITIES else ()
    return any(finding.severity in grave for finding in findings)
