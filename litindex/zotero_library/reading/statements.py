"""The questions to Zotero's databases and to the index: files in `sql/`."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("sql")


@cache
def statement(name: str) -> str:
    """The SQL of `sql/NAME.sql`."""
    return (_FOLDER / f"{name}.sql").read_text("utf-8")


def rows(connection: sqlite3.Connection, name: str) -> list[tuple[Any, ...]]:
    return connection.execute(statement(name)).fetchall()


def grouped(connection: sqlite3.Connection, name: str) -> dict[Any, list[tuple[Any, ...]]]:
    """The rows without their first column, by it."""
    found: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *rest in connection.execute(statement(name)):
        found[key].append(tuple(rest))
    return found
