"""A field is named almost as one that many notes have.
severity: info
why: A slip of the keyboard hides the value from every question about the field.
mend: Write the name as the other notes do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from litindex.doctor.check import Found
from litindex.parser.vocabulary.keys import field_of

NAMES = """
SELECT k.key, count(DISTINCT f.note_id) AS notes, min(f.name) AS name
FROM fields f JOIN field_keys k ON k.id = f.key_id WHERE f.scope = 'page' AND f.subkey = '' GROUP BY k.id
"""
USES = """
SELECT n.path, f.line, f.source, f.name, coalesce(f.raw, f.value_text, '') AS value
FROM fields f JOIN field_keys k ON k.id = f.key_id JOIN notes n ON n.id = f.note_id
WHERE k.key = :rare AND f.scope = 'page' AND f.subkey = '' AND f.item = 0 AND n.kind IN ('literature', 'note')
  AND NOT EXISTS (SELECT 1 FROM fields o JOIN field_keys c ON c.id = o.key_id WHERE o.note_id = f.note_id AND c.key = :common)
"""
_RARE, _COMMON, _TIMES = 2, 10, 10
"""A name in so many notes at most may be a slip of one in so many at least, and so many times as many."""
_SHORTEST = 5


def find(connection: sqlite3.Connection) -> Iterator[Found]:
    """Fields of at most two notes, one letter away from a field of many notes, which these notes lack.
    A name that means something is no slip: `published` is no `publisher`.
    """
    named = connection.execute(NAMES).fetchall()
    common = [(key, notes, name) for key, notes, name in named if notes >= _COMMON]
    for rare, few, _ in named:
        if few > _RARE or len(rare) < _SHORTEST or field_of(rare):
            continue
        for key, notes, name in common:
            if notes >= few * _TIMES and one_slip(rare, key):
                yield from _uses(connection, rare, key, notes, name)


def _uses(connection: sqlite3.Connection, rare: str, common: str, notes: int, name: str) -> Iterator[Found]:
    for path, line, source, written, value in connection.execute(USES, {"rare": rare, "common": common}):
        message = f"`{written}` may be `{name}`, which {notes} notes have"
        colon = ":" if source == "frontmatter" else "::"
        one_line = value if "\n" not in value else ""
        yield Found(path, line, message, f"{name}{colon} {one_line}".rstrip())


def one_slip(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing or too much, two neighbours are swapped, or only dashes differ.

    A final s and digits do not count: `author` and `authors`, `author1` and `author2` are meant.
    """
    if one.replace("-", "").replace("_", "") == other.replace("-", "").replace("_", ""):
        return one != other
    short, long = sorted((one, other), key=len)
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) == len(short) + 1:
        extra = long[start]
        return short[start:] == long[start + 1 :] and not extra.isdigit() and (start < len(short) or extra != "s")
    if len(long) != len(short) or long[start].isdigit() or short[start].isdigit():
        return False
    swapped = short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    return swapped or short[start + 1 :] == long[start + 1 :]
