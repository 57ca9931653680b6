"""Notes made in Zotero that a callout holds (Z29)."""

from __future__ import annotations

import re

from litindex.models import ZoteroNote
from litindex.parser.zotero.uris import parse_uri

_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}$")
_NOTE_TITLE = re.compile(r"(?:&nbsp;|\s|:)*(?:📝\ufe0f?\s*)?Zotero Notes?\s*+(?:\(\d+\)\s*+)?$", re.I)
_ADDRESS = re.compile(r"zotero://select/[^\s)>\]]+")
_MODIFIED = re.compile(r"modified:[ \t]*+([^)<]++)\)")


def is_zotero_note_title(title: str | None) -> bool:
    """Whether a callout of this title holds notes made in Zotero (Z29)."""
    return title is not None and "zotero note" in title.lower() and _NOTE_TITLE.match(title) is not None


def split_zotero_notes(lines: list[tuple[int, str]]) -> list[ZoteroNote]:
    """The notes in a callout's (line, text) pairs: `---` separates them, a `<small>` line ends each (Z29)."""
    notes: list[ZoteroNote] = []
    part: list[tuple[int, str]] = []
    for number, text in [*lines, (0, "---")]:
        if _RULE.match(text.strip()):
            if note := _zotero_note(part):
                notes.append(note)
            part = []
        else:
            part.append((number, text))
    return notes


def _zotero_note(part: list[tuple[int, str]]) -> ZoteroNote | None:
    part = _trimmed(part)
    if not part:
        return None
    trailer = part[-1][1]
    uri = modified = None
    last = part[-1][0]
    if "<small>" in trailer:
        uri = parse_uri(trailer)
        found = _MODIFIED.search(trailer)
        modified = found[1].rstrip(" \t") if found else None
        text_part = _trimmed(part[:-1])
    else:
        text_part = part
    text = "\n".join(text.rstrip() for _, text in text_part)
    written = _ADDRESS.search(trailer)
    key, library = (uri.key, uri.library) if uri else (None, None)
    return ZoteroNote(key, library, written[0] if uri and written else None, modified, text, part[0][0], last)


def _trimmed(part: list[tuple[int, str]]) -> list[tuple[int, str]]:
    while part and not part[0][1].strip():
        part = part[1:]
    while part and not part[-1][1].strip():
        part = part[:-1]
    return part
