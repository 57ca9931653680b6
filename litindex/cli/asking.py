"""Opening the index for the commands that ask it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection

from litindex import db


@contextmanager
def reading(index: Path) -> Iterator[Connection]:
    """The index, for reading only. Text that is no utf-8 comes with replacement characters, it is no error."""
    connection = db.open_readonly(index)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        yield connection
    finally:
        connection.close()
