"""Problems that no note has alone: paths that differ in case only (F8), works with one citekey (Z2).

The lowest path wins, or the work that its citekey means; every other one has a problem that names it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from litindex.index.database import as_json
from litindex.index.known_files import ProblemRow
from litindex.index.relations.citekeys import Citable

PATHS_WITH_KEYS = """
SELECT path_key, path, id FROM notes WHERE path_key IN (SELECT value FROM json_each(?1))
UNION ALL
SELECT path_key, path, NULL FROM attachments WHERE path_key IN (SELECT value FROM json_each(?1))
ORDER BY 1, 2
"""
DOUBLE_PATH_KEYS = """
SELECT path_key FROM notes GROUP BY path_key HAVING count(*) > 1
UNION ALL
SELECT path_key FROM attachments GROUP BY path_key HAVING count(*) > 1
"""
WORKS_WITH_KEYS = """
SELECT citekey_key, notes.path, notes.id, notes.name, citekey
FROM works JOIN notes ON notes.id = works.note_id
WHERE citekey_key IN (SELECT value FROM json_each(?))
ORDER BY 1, 2
"""
DOUBLE_CITEKEYS = """
SELECT citekey_key FROM works WHERE citekey_key IS NOT NULL GROUP BY citekey_key HAVING count(*) > 1
"""
PROBLEMS = "SELECT id, note_id, path, code, severity, line, message FROM problems WHERE code = ?"
PROBLEMS_AT = f"{PROBLEMS} AND path IN (SELECT value FROM json_each(?))"
DELETE_PROBLEM = "DELETE FROM problems WHERE id = ?"
ADD_PROBLEM = "INSERT INTO problems (note_id, path, code, severity, line, message) VALUES (?, ?, ?, ?, ?, ?)"


class _Member(NamedTuple):
    key: str
    path: str
    note_id: int | None
    name: str = ""
    citekey: str = ""


def settle_paths(connection: sqlite3.Connection, keys: Iterable[str] | None) -> None:
    """`path-case-collision` for the files with these path keys (None: all)."""
    message = "differs from {first} in upper and lower case only: on Windows and macOS they are one file, so rename one"
    doubles = _keys(connection, DOUBLE_PATH_KEYS) if keys is None else keys
    members = _members(connection, PATHS_WITH_KEYS, doubles)
    _settle(connection, "path-case-collision", members, message, everywhere=keys is None)


def settle_citekeys(connection: sqlite3.Connection, keys: Iterable[str] | None) -> None:
    """`citekey-duplicate` for the works with these citekeys (None: all)."""
    message = "has the citekey {key} that {first} has too: citations go to that one"
    doubles = _keys(connection, DOUBLE_CITEKEYS) if keys is None else keys
    members = _members(connection, WORKS_WITH_KEYS, doubles)
    members.sort(key=lambda each: (each.key, Citable(0, each.path, each.name, each.citekey).distance(each.key)))
    _settle(connection, "citekey-duplicate", members, message, everywhere=keys is None)


def _keys(connection: sqlite3.Connection, query: str) -> list[str]:
    return [key for (key,) in connection.execute(query)]


def _members(connection: sqlite3.Connection, query: str, keys: Iterable[str]) -> list[_Member]:
    return [_Member(*row) for row in connection.execute(query, (as_json(keys),))]


def _settle(
    connection: sqlite3.Connection, code: str, members: list[_Member], message: str, *, everywhere: bool
) -> None:
    """`everywhere`: also files that are in no collision any more."""
    wanted = set(_doubles(code, members, message))
    if everywhere:
        rows = connection.execute(PROBLEMS, (code,)).fetchall()
    else:
        rows = connection.execute(PROBLEMS_AT, (code, as_json({member.path for member in members}))).fetchall()
    replace_problems(connection, rows, wanted)


def _doubles(code: str, members: list[_Member], message: str) -> Iterator[ProblemRow]:
    for key, group in groupby(members, key=lambda member: member.key):
        first, *others = group
        for each in others:
            text = message.format(key=key, first=first.path)
            yield each.note_id, each.path, code, "warning", None, f"{each.path} {text}"


def replace_problems(
    connection: sqlite3.Connection, rows: list[tuple[int, *ProblemRow]], wanted: set[ProblemRow]
) -> None:
    """Makes the problem rows (id first) those that are wanted, touching only where they differ."""
    stale = [(row[0],) for row in rows if row[1:] not in wanted]
    connection.executemany(DELETE_PROBLEM, stale)
    missing: list[ProblemRow] = sorted(wanted.difference(row[1:] for row in rows), key=_order)
    connection.executemany(ADD_PROBLEM, missing)


def _order(problem: ProblemRow) -> tuple[str, str, str]:
    return problem[1], problem[2], problem[5]
