"""A field has one colon where the other notes write two.
severity: warning
why: Dataview reads no field there, and the value is found by its words only.
mend: Write two colons.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from litindex.doctor.check import Found

FIELDS = """
SELECT lower(f.name), count(DISTINCT f.note_id) AS notes FROM fields f
WHERE f.source = 'inline' AND f.form = 'line' AND f.scope = 'page' GROUP BY f.key_id HAVING notes >= 5
"""
OWN = "SELECT DISTINCT lower(name) FROM fields WHERE note_id = ? AND source = 'inline' AND form = 'line'"
BODIES = """
SELECT n.id, n.path, coalesce(n.frontmatter_end, 0), t.body FROM notes n JOIN note_texts t ON t.note_id = n.id
WHERE n.kind IN ('literature', 'note')
  AND EXISTS (SELECT 1 FROM fields f WHERE f.note_id = n.id AND f.source = 'inline' AND f.form = 'line')
"""
_LINE = re.compile(
    r"(?P<before>[ \t]*(?:[>*+-][ \t]+)*)(?P<mark>\*\*|__|)(?P<name>[^\W_][^:*\n]{0,59})(?P<after>(?:\*\*|__|):(?!:)(?:\*\*|__|))[ \t]+\S"
)
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")


def find(connection: sqlite3.Connection) -> Iterator[Found]:
    """Lines `name: value` of notes that have inline fields, but not this one, which five other notes have."""
    fields = dict(connection.execute(FIELDS))
    if not fields:
        return
    for note_id, path, above, body in connection.execute(BODIES).fetchall():
        own = {name for (name,) in connection.execute(OWN, (note_id,))}
        for number, name, written in _single_colons(body):
            if name in fields and name not in own:
                yield Found(
                    path, above + number, f"`{name}` has one colon; {fields[name]} notes write `{name}::`", written
                )


def _is_location(name: str, line: str) -> bool:
    """What Kindle writes below a highlight: LOCATION: 578."""
    return name.isupper() and len(name) > 4 and line.rstrip()[-1:].isdigit()


def _single_colons(body: str) -> Iterator[tuple[int, str, str]]:
    """(number, lower-case name, the line with two colons) of the lines outside of code."""
    in_code = False
    for number, line in enumerate(body.splitlines(), 1):
        if _FENCE.match(line):
            in_code = not in_code
        match = None if in_code else _LINE.match(line)
        if match and not _is_location(match["name"], line):
            colon = match.start("after") + match["after"].index(":")
            yield number, match["name"].strip().lower(), f"{line[:colon]}:{line[colon:]}"
