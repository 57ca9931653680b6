"""Bytes -> Note, purely: no file, no database, no clock. One module per thing a note holds."""

from litindex.parser.note import excluded_note, parse_note, unread_note

__all__ = ["excluded_note", "parse_note", "unread_note"]
