"""Opening the index for the commands that ask it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection

from litindex.index import database

_SURROGATE = re.compile("[\ud800-\udfff]")


def typed(words: Sequence[str]) -> str:
    """The words as one text; bytes that the locale could not read are utf-8."""
    text = " ".join(words)
    return os.fsencode(text).decode("utf-8", "replace") if _SURROGATE.search(text) else text


@contextmanager
def reading(index: Path) -> Iterator[Connection]:
    """The index, for reading only. Text that is no utf-8 comes with replacement characters, it is no error."""
    connection = database.open_readonly(index)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        yield connection
    finally:
        connection.close()
