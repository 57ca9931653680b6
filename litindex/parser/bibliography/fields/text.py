"""What a statement says as text."""

from __future__ import annotations

import html

from litindex.parser.bibliography.statement import Statement, no_value
from litindex.parser.values.names import clean


def plain(statement: Statement) -> str | None:
    """Text without quotes around it, markup and double spaces."""
    text = statement.value.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].replace('\\"', '"')
    text = clean(html.unescape(text) if "&" in text else text).rstrip(",;").rstrip()
    return None if no_value(text) else text
