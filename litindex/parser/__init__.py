"""Bytes -> Note, purely: no file, no database, no clock. One module per thing a note holds.

In linear time, whatever a line holds. A regular expression that looks for something behind a run of characters begins
only where the run does (`(?:(?<!\\s)\\s+)?`), and gives back nothing that its next part could take as well (`*+`,
`++`). `python -m tests.linear --places` looks for those that do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from litindex.parser.note import excluded_note, parse_note, unread_note

__all__ = ["excluded_note", "parse_note", "unread_note"]


def __getattr__(name: str) -> Any:
    """Whoever needs a name's parts or a colour needs not all of the parser: 100 ms and 10 MB."""
    if name not in __all__:
        raise AttributeError(f"module 'litindex.parser' has no attribute {name!r}")
    from litindex.parser import note

    return getattr(note, name)
