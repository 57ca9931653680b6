"""What stands where a value should be, in the languages met."""

from __future__ import annotations

from typing import Final

NO_VALUE: Final = frozenset(
    ("", '""', "''", "n/a", "na", "none", "null", "undefined", "[]", "-", "–", "—", "{}", "**", "not found", "unknown")
)
