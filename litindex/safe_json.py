"""JSON that may be shown anywhere."""

from __future__ import annotations

import json
import re

# DEL, C1, direction marks, embeddings, overrides and isolates, line separators, byte order mark; JSON escapes C0 itself.
_DANGEROUS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def to_json(value: object, indent: int | None = None) -> str:
    """JSON in utf-8; what a terminal would obey is written as \\u00XX, which reads back as the same text."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _DANGEROUS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
