"""Bytes -> Note, purely: no file, no database, no clock. One module per thing a note holds.

In linear time, whatever a line holds. A regular expression that looks for something behind a run of characters begins
only where the run does (`(?:(?<!\\s)\\s+)?`), and gives back nothing that its next part could take as well (`*+`,
`++`). `python -m tests.linear --places` looks for those that do not.
"""

from litindex.parser.note import excluded_note, parse_note, unread_note

__all__ = ["excluded_note", "parse_note", "unread_note"]
