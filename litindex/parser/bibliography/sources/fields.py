"""Dataview fields of the metadata region."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litindex.parser.bibliography.metadata_region import Region
from litindex.parser.bibliography.statement import Source, Statement
from litindex.parser.parsed_note import ParsedNote
from litindex.parser.vocabulary.keys import Keys


def field_statements(page: ParsedNote, region: Region, keys: Keys) -> Iterator[Statement]:
    """What the fields of the region say."""
    for inline in page.body.inline_fields:
        if inline.scope != "task" and inline.line in region.lines and (field := keys.field(inline.name)) is not None:
            continued = _CONTINUED.get(field)
            value = continued(page, inline.line, inline.raw) if continued else inline.raw
            yield Statement(field, inline.name, value, inline.line, Source.FIELD)


def _quoted(page: ParsedNote, line: int, raw: str) -> str:
    """Z6: a title whose opening quote does not close on its line goes on to the quote that closes it, or the next field."""
    if raw[:1] != '"' or (len(raw) > 1 and raw.endswith('"')):
        return raw
    parts = [raw]
    for number in range(line + 1, min(line + 6, page.first + len(page.lines))):
        text = page.line(number).strip()
        if not text.startswith(">") or "::" in text or not text.strip("> "):
            break
        parts.append(text.strip("> ").strip())
        if parts[-1].endswith('"'):
            return " ".join(parts)
    return raw


def _paragraph(page: ParsedNote, line: int, raw: str) -> str:
    """Zotero prints a reference with its number before it, and a line break: its text is the next paragraph, out of the callout."""
    if not _NUMBER.fullmatch(raw.strip()):
        return raw
    following = (page.line(n).strip() for n in range(line + 1, min(line + 4, page.first + len(page.lines))))
    text = next((text for text in following if text), "")
    return raw if text.startswith((">", "#", "%", "-")) else text or raw


_NUMBER = re.compile(r"\[?\d{0,3}[.\]]?")
_CONTINUED = {"title": _quoted, "bibliography": _paragraph}
