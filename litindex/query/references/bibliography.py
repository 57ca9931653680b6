"""The works of an index as items of a bibliography: the one place that knows in which columns these stand."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from litindex.bibliography.citekeys import proposed_key, unique_keys, valid_key
from litindex.bibliography.item import Item, Stated, make_item
from litindex.models import Creator, Identifier, Work
from litindex.parser.values.bibtex import read_entry
from litindex.parser.values.names import name_parts

_KEYED = """
SELECT w.note_id, w.citekey, w.title, w.year,
       a.name, a.kind
FROM works w JOIN notes n ON n.id = w.note_id LEFT JOIN note_authors a ON a.note_id = w.note_id AND a.position = 0
"""
KEYED_ONE = f"{_KEYED} WHERE w.note_id = ?"
KEYED = f"""
{_KEYED}
ORDER BY w.citekey IS NULL, n.name_key IN (w.citekey_key, '@' || w.citekey_key) DESC, length(n.path), n.path
"""
WORKS = """
SELECT note_id, citekey, title, item_type, date_raw, date, year, container, publisher, place, volume, issue, pages,
       edition, series, language, abstract
FROM works WHERE note_id IN (SELECT value FROM json_each(?))
"""
CREATORS = """
SELECT note_id, role, name, kind
FROM note_authors WHERE note_id IN (SELECT value FROM json_each(?)) ORDER BY note_id, position
"""
IDENTIFIERS = """
SELECT note_id, scheme, value, coalesce(raw, value)
FROM identifiers WHERE note_id IN (SELECT value FROM json_each(?)) ORDER BY note_id, position
"""
PROVENANCE = """
SELECT note_id, verdict, field, coalesce(key, ''), coalesce(raw, value)
FROM provenance WHERE verdict IN ('used', 'overruled') AND note_id IN (SELECT value FROM json_each(?))
ORDER BY note_id, position
"""
FIELDS = """
SELECT note_id, name, coalesce(value_text, raw)
FROM fields WHERE scope = 'page' AND subkey = '' AND type NOT IN ('null', 'list', 'map')
  AND note_id IN (SELECT value FROM json_each(?))
ORDER BY note_id, position
"""
KEYWORDS = """
SELECT nt.note_id, nt.name FROM note_tags nt JOIN tags t ON t.id = nt.tag_id
WHERE t.kind = 'zotero' AND nt.note_id IN (SELECT value FROM json_each(?)) ORDER BY nt.note_id, nt.position
"""
BODIES = """
SELECT note_id, body FROM note_texts
WHERE instr(body, '@') > 0 AND instr(body, '=') > 0 AND note_id IN (SELECT value FROM json_each(?))
"""


class Key(NamedTuple):
    """What a work is called in a file: `stated` is the note's own citekey, None where there is none."""

    key: str
    stated: str | None


def keys(connection: sqlite3.Connection) -> dict[int, Key]:
    """note id -> key of every work, in the order in which they are given away: they depend on no selection.

    Of several notes with one citekey the one that a citation leads to has it; the others get a letter behind it.
    """
    rows = connection.execute(KEYED).fetchall()
    wanted = [valid_key(row[1] or _proposed(row)) for row in rows]
    return {row[0]: Key(key, row[1]) for row, key in zip(rows, unique_keys(wanted), strict=True)}


def key_of(connection: sqlite3.Connection, note_id: int) -> Key | None:
    """The key of one work, whatever others are called; None where the note describes none."""
    row = connection.execute(KEYED_ONE, (note_id,)).fetchone()
    return Key(valid_key(row[1] or _proposed(row)), row[1]) if row else None


def _proposed(row: Sequence[Any]) -> str:
    _, _, title, year, name, kind = row
    return proposed_key(Work(title=title, year=year, creators=(_creator("author", name, kind),) if name else ()))


def _creator(role: str, name: str, kind: str) -> Creator:
    _, _, family, given, particle, suffix, family_key, given_key, initials = name_parts(name, kind)
    return Creator(
        role, 0, name, "", kind, family, given, particle, suffix, family_key, given_key, initials, raw=name, line=None
    )


def items(connection: sqlite3.Connection, named: Mapping[int, Key]) -> list[Item]:
    """The items of these works (note id -> key), in the order given."""
    ids = json.dumps(list(named))
    works = _works(connection, ids)
    creators = _grouped(connection, CREATORS, ids)
    identifiers = _grouped(connection, IDENTIFIERS, ids)
    provenance = _grouped(connection, PROVENANCE, ids)
    fields = _grouped(connection, FIELDS, ids)
    keywords = _grouped(connection, KEYWORDS, ids)
    bodies = dict(connection.execute(BODIES, (ids,)))
    found = []
    for note_id, key in named.items():
        work = works[note_id]._replace(
            creators=tuple(_creator(*row) for row in creators[note_id]),
            identifiers=tuple(Identifier(*row) for row in identifiers[note_id]),
        )
        used, overruled = _by_verdict(provenance[note_id])
        entry = read_entry(bodies[note_id]) if note_id in bodies else None
        stated = [Stated(*row) for row in fields[note_id]]
        tags = tuple(dict.fromkeys(name for (name,) in keywords[note_id]))
        found.append(
            make_item(key.key, work, used=used, overruled=overruled, stated=stated, keywords=tags, entry=entry)
        )
    return found


def _works(connection: sqlite3.Connection, ids: str) -> dict[int, Work]:
    cursor = connection.execute(WORKS, (ids,))
    names = [column[0] for column in cursor.description[1:]]
    return {note_id: Work(**dict(zip(names, values, strict=True))) for note_id, *values in cursor}


def _grouped(connection: sqlite3.Connection, sql: str, ids: str) -> defaultdict[int, list[tuple[Any, ...]]]:
    groups: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for note_id, *values in connection.execute(sql, (ids,)):
        groups[note_id].append(tuple(values))
    return groups


def _by_verdict(rows: Sequence[tuple[Any, ...]]) -> tuple[dict[str, Stated], list[tuple[str, Stated]]]:
    """(the statement in use of each slot, the overruled ones with their slot)."""
    used: dict[str, Stated] = {}
    overruled = []
    for verdict, slot, key, raw in rows:
        if verdict == "used":
            used.setdefault(slot, Stated(key, raw))
        else:
            overruled.append((slot, Stated(key, raw)))
    return used, overruled
