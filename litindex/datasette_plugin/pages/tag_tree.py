"""Tags as the tree that they are, with what has each of them or one below it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

TAGS = "SELECT id, name, parent_id FROM tags WHERE kind = :kind"
TAGGED = "SELECT tag_id, note_id FROM note_tags ORDER BY tag_id"
TAGGED_OF = """
SELECT tag_id, note_id FROM note_tags WHERE note_id IN (SELECT value FROM json_each(:notes)) ORDER BY tag_id
"""
WORKS = "SELECT note_id FROM works"


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


def load(
    connection: sqlite3.Connection, only: Collection[int] | None = None, kind: str = "obsidian"
) -> tuple[Tag, ...]:
    """The tags of all notes or of those that have these ids, each behind the one above it."""
    tags = {tag_id: (name, parent) for tag_id, name, parent in connection.execute(TAGS, {"kind": kind})}
    works = {note_id for (note_id,) in connection.execute(WORKS)}
    found = (
        Tag(tags[tag_id][0], len(notes), len(notes & works))
        for tag_id, notes in _tagged(connection, tags, only).items()
        if notes
    )
    return tuple(sorted(found, key=lambda tag: [part.casefold() for part in tag.name.split("/")]))


def _tagged(
    connection: sqlite3.Connection, tags: dict[int, tuple[str, int | None]], only: Collection[int] | None
) -> dict[int, set[int]]:
    """The notes of each tag and of those below it, united in Python: ten times faster than the view note_tags_expanded."""
    tagged: dict[int, set[int]] = {tag_id: set() for tag_id in tags}
    rows = connection.execute(TAGGED) if only is None else connection.execute(TAGGED_OF, {"notes": json.dumps([*only])})
    for tag_id, pairs in groupby(rows, key=itemgetter(0)):
        if tag_id in tagged:
            tagged[tag_id].update(map(itemgetter(1), pairs))
    for tag_id in sorted(tags, key=lambda each: -tags[each][0].count("/")):
        parent = tags[tag_id][1]
        if parent in tagged:
            tagged[parent] |= tagged[tag_id]
    return tagged


def is_below(name: str, above: str) -> bool:
    """Whether a tag is `above` or below it; every tag is below ''."""
    folded, key = name.casefold(), above.casefold()
    return not key or folded == key or folded.startswith(f"{key}/")
