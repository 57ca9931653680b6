"""What the tables and columns of an index mean, in the words of the migration that makes them."""

from __future__ import annotations

import re
from typing import NamedTuple

from litindex.index.schema import migration_files

_TABLE = re.compile(r"^CREATE (?:VIRTUAL )?(TABLE|VIEW) (\w+)[^-\n]*(?:-- (.*))?$", re.MULTILINE)
_COLUMN = re.compile(r"^  ([a-z_]\w*)\s+(INTEGER|TEXT|REAL|BLOB)\b.*?(?:\s*-- (.*))?$")
_MORE = re.compile(r"^\s+-- (.*)$")


class Column(NamedTuple):
    name: str
    type: str
    meaning: str


class Table(NamedTuple):
    """`kind` is table or view; a view's columns are those of its `sql` and not listed."""

    name: str
    kind: str
    meaning: str
    columns: tuple[Column, ...]
    sql: str


def tables() -> dict[str, Table]:
    """Every table and view of an index by name, in the order of the migration."""
    text = migration_files()[-1].read_text("utf-8")
    starts = list(_TABLE.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return {
        match[2]: Table(
            match[2],
            match[1].lower(),
            match[3] or "",
            tuple(_columns(text[match.end() : end])),
            text[match.start() : end].partition(";\n")[0] + ";\n",
        )
        for match, end in zip(starts, ends, strict=True)
    }


def _columns(body: str) -> list[Column]:
    """Those before the end of the statement; a comment on a line of its own goes on with the one above."""
    found: list[Column] = []
    for line in body.partition("\n)")[0].splitlines():
        if column := _COLUMN.match(line):
            found.append(Column(column[1], column[2].lower(), column[3] or ""))
        elif found and (more := _MORE.match(line)):
            found[-1] = found[-1]._replace(meaning=f"{found[-1].meaning} {more[1]}".strip())
    return found
