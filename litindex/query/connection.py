"""Opening an index for questions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection

from litindex.index import database


def opened(index: Path) -> Connection:
    """The index, for reading only. Text that is no utf-8 comes with replacement characters, it is no error."""
    connection = database.open_readonly(index)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    return connection


@contextmanager
def reading(index: Path) -> Iterator[Connection]:
    """As `opened`, closed at the end."""
    connection = opened(index)
    try:
        yield connection
    finally:
        connection.close()
