"""Tags as the tree that they are, with what has each of them or one below it."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from litindex.query.lists.filters import ANY, Filters, condition

TAGS = "SELECT id, name, parent_id FROM tags WHERE kind = :kind"
TAGGED = "SELECT tag_id, note_id FROM note_tags ORDER BY tag_id"
CHOSEN = """
SELECT n.id, w.note_id IS NOT NULL FROM notes n LEFT JOIN works w ON w.note_id = n.id WHERE {condition}
"""


class Tag(NamedTuple):
    """How many notes have the tag or one below it, and how many of them are works."""

    name: str
    notes: int
    works: int

    @property
    def depth(self) -> int:
        return self.name.count("/")

    @property
    def leaf(self) -> str:
        return self.name.rpartition("/")[2]


def load(connection: sqlite3.Connection, filters: Filters = ANY, kind: str = "obsidian") -> list[Tag]:
    """The tags of the notes that filters choose, each behind the one above it. QueryError: a filter that cannot be."""
    tags = {tag_id: (name, parent) for tag_id, name, parent in connection.execute(TAGS, {"kind": kind})}
    chosen = condition(connection, filters)
    notes = dict(connection.execute(CHOSEN.format(condition=chosen.sql), chosen.values).fetchall())
    works = {note_id for note_id, is_work in notes.items() if is_work}
    tagged = _tagged(connection, tags)
    counts = (
        (name, len(tagged[tag_id] & notes.keys()), len(tagged[tag_id] & works)) for tag_id, (name, _) in tags.items()
    )
    found = [Tag(*each) for each in counts if each[1]]
    return sorted(found, key=lambda tag: [part.casefold() for part in tag.name.split("/")])


def _tagged(connection: sqlite3.Connection, tags: dict[int, tuple[str, int | None]]) -> dict[int, set[int]]:
    """The notes of each tag and of those below it, united in Python: ten times faster than the view note_tags_expanded."""
    tagged: dict[int, set[int]] = {tag_id: set() for tag_id in tags}
    for tag_id, rows in groupby(connection.execute(TAGGED).fetchall(), key=itemgetter(0)):
        if tag_id in tagged:
            tagged[tag_id].update(map(itemgetter(1), rows))
    for tag_id in sorted(tags, key=lambda each: -tags[each][0].count("/")):
        parent = tags[tag_id][1]
        if parent in tagged:
            tagged[parent] |= tagged[tag_id]
    return tagged


def is_below(name: str, above: str) -> bool:
    """Whether a tag is `above` or below it; every tag is below ''."""
    folded, key = name.casefold(), above.casefold()
    return not key or folded == key or folded.startswith(f"{key}/")
