"""How much the rows of a note weigh: what one note may cost in an index is a multiple of its size."""

from __future__ import annotations

from litindex.index.rows import Row, make_rows
from litindex.parser import parse_note

LEAST = 100_000


def weight(data: bytes, path: str = "Note.md") -> dict[str, int]:
    """Bytes of the rows that a note gives, by table."""
    rows = make_rows(1, parse_note(path, data), (0, 0, 0, 0, "", path.encode()))
    return {table: sum(map(_bytes, more)) for table, more in rows.items()}


def multiple(data: bytes) -> float:
    """How many times as much as the note its rows weigh, beyond what each note may cost."""
    return (sum(weight(data).values()) - LEAST) / max(1, len(data))


def _bytes(row: Row) -> int:
    """What a value takes as text; numbers are small in SQLite, and no value costs less than a byte."""
    return sum(len(value.encode()) if isinstance(value, str) else 4 for value in row)
