"""The text of a note as the index holds it, by lines of its file. No file is opened."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from litindex.errors import NothingFound

TEXT = """
SELECT n.id, n.title, n.excluded, n.line_count, t.body, t.frontmatter, f.size, f.mtime_ns
FROM notes n JOIN files f ON f.id = n.id LEFT JOIN note_texts t ON t.note_id = n.id WHERE n.path = ?
"""


@dataclass(frozen=True, slots=True)
class NoteText:
    """`lines` are those behind the front matter, of which the first is line `first` of the file; `properties` what the
    front matter says. `size` and `mtime_ns`: of the file when it was read.
    """

    path: str
    title: str
    is_excluded: bool
    line_count: int
    first: int
    lines: tuple[str, ...]
    properties: dict[str, Any]
    size: int
    mtime_ns: int

    def line_of(self, text: str) -> int | None:
        """The line of the file where `text`, which has no line break, first stands."""
        return next((number for number, line in enumerate(self.lines, self.first) if text in line), None)


def load(connection: sqlite3.Connection, path: str) -> NoteText:
    """NothingFound: the note is gone since it was found."""
    row = connection.execute(TEXT, (path,)).fetchone()
    if row is None:
        raise NothingFound("the note is gone: run litindex build")
    _, title, excluded, line_count, body, frontmatter, size, mtime_ns = row
    lines = tuple(body.split("\n")) if body else ()
    first = max(1, line_count - len(lines) + 1)
    properties = json.loads(frontmatter) if frontmatter else {}
    return NoteText(path, title, bool(excluded), line_count, first, lines, properties, size, mtime_ns)
