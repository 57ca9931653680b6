"""Which note a citekey means: citations, [[@key]] and the problem of a citekey that stands twice agree on it."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from litindex.parser.decoding import is_copy
from litindex.text_keys import path_key, person_key

CITABLE = """
SELECT notes.id, notes.path, notes.name, works.citekey
FROM notes LEFT JOIN works ON works.note_id = notes.id
WHERE notes.name_key = :name
UNION
SELECT notes.id, notes.path, notes.name, works.citekey
FROM works JOIN notes ON notes.id = works.note_id
WHERE works.citekey_key = :key
"""


class Citable(NamedTuple):
    """A note that a citekey may mean; `citekey` is that of its work."""

    note_id: int
    path: str
    name: str
    citekey: str | None

    def distance(self, citekey: str) -> tuple[bool, bool, int, str]:
        """The less, the better (DECISIONS 22): a copy last; called exactly so first; then the shortest path."""
        is_exact = self.name.removeprefix("@") == citekey or self.citekey == citekey
        return is_copy(self.name), not is_exact, len(self.path), self.path


class Cited:
    """Citekeys -> the notes that they mean (Z30), looked up once each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, int | None] = {}

    def __call__(self, citekey: str) -> int | None:
        """The id of the note `@key`, or of a work with that citekey."""
        if citekey not in self._known:
            keys = {"name": path_key(f"@{citekey}"), "key": person_key(citekey)}
            found = [Citable(*row) for row in self._connection.execute(CITABLE, keys)]
            best = min(found, key=lambda each: each.distance(citekey), default=None)
            self._known[citekey] = best.note_id if best else None
        return self._known[citekey]


def linked_citekey(target: str) -> str | None:
    """The citekey that a link to `@key` names."""
    name = target.rpartition("/")[2]
    return name[1:].removesuffix(".md").strip() or None if name.startswith("@") else None
