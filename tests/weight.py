"""How much the rows of a note weigh: what one note may cost in an index is a multiple of its size."""

from __future__ import annotations

from litindex.index.rows import Row, make_rows
from litindex.models import Note
from litindex.parser import parse_note

LEAST = 100_000


def weight(note: Note) -> dict[str, int]:
    """Bytes of the rows that a note gives, by table."""
    rows = make_rows(1, note, (0, 0, 0, 0, "", note.path.encode()))
    return {table: sum(map(_bytes, more)) for table, more in rows.items()}


def multiple_of(note: Note, data: bytes) -> float:
    """How many times as much as the note its rows weigh, beyond what each note may cost."""
    return (sum(weight(note).values()) - LEAST) / max(1, len(data))


def multiple(data: bytes) -> float:
    """The multiple of a note that is read for it."""
    return multiple_of(parse_note("Note.md", data), data)


def _bytes(row: Row) -> int:
    """What a value takes as text; numbers are small in SQLite, and no value costs less than a byte."""
    return sum(len(value.encode()) if isinstance(value, str) else 4 for value in row)
