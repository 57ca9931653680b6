"""Where a note and its work are opened: in Obsidian, Zotero, a reader of PDFs, a browser. Only what a strict pattern allows:
anyone may have written the note.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from urllib.parse import quote

from litindex.query.notes.note_details import Sheet

PDF = """
SELECT a.path
FROM attachments a LEFT JOIN links l ON l.target_attachment_id = a.id AND l.note_id = :note_id
WHERE a.kind = 'pdf' AND (l.note_id IS NOT NULL OR :pdf IN (a.path, a.name))
ORDER BY a.path = :pdf DESC, a.name = :pdf DESC, l.position
LIMIT 1
"""
_ZOTERO = re.compile(r"zotero://[\w.:/?&=@%+~-]+", re.ASCII)
_FILE = re.compile(r"file:///[^\0]+\.pdf", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"'\\^`{|}]+", re.IGNORECASE)


def obsidian(sheet: Sheet) -> str | None:
    return sheet.obsidian_uri


def zotero(sheet: Sheet) -> str | None:
    return _only(_ZOTERO, sheet.work.zotero_uri if sheet.work else None)


def web(sheet: Sheet) -> str | None:
    """By its DOI, else its address."""
    found = {each.scheme: each.value for each in reversed(sheet.identifiers)}
    return _only(_WEB, f"https://doi.org/{quote(found['doi'])}" if "doi" in found else found.get("url"))


def pdf(connection: sqlite3.Connection, note_id: int, sheet: Sheet, vault: Path) -> str | None:
    """The path of a PDF of the vault that the note links to or names as its work's; else one that Zotero or the disk has."""
    named = sheet.work.pdf if sheet.work else None
    row = connection.execute(PDF, {"note_id": note_id, "pdf": named}).fetchone()
    return str(vault / row[0]) if row else _only(_ZOTERO, named) or _only(_FILE, named)


def _only(pattern: re.Pattern[str], address: str | None) -> str | None:
    return address if address and pattern.fullmatch(address) else None
