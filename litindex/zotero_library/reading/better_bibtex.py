"""Citekeys: Zotero's own field (from Zotero 8 on), a line of `extra`, and what Better BibTeX keeps beside Zotero."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from litindex.errors import ZoteroError
from litindex.zotero_library.reading import database
from litindex.zotero_library.reading.statements import rows

_DATABASE: Final = "better-bibtex.sqlite"
_JSON: Final = ("better-bibtex.json", "better-bibtex/_better-bibtex.json")
_PINNED = re.compile(r"^\s*(?:citation key|bibtex)\s*:\s*(\S+)\s*$", re.I | re.M)
_TABLES = "SELECT name FROM sqlite_master WHERE name IN ('citationkey', 'better-bibtex')"

Citekeys = dict[tuple[int, str], str]
"""(number of the library, key of the item) -> citekey."""


def own_citekey(fields: Mapping[str, str]) -> str | None:
    """The citekey that an item itself holds."""
    if fields.get("citationKey", "").strip():
        return fields["citationKey"].strip()
    found = _PINNED.search(fields.get("extra", ""))
    return found[1] if found else None


def citekeys(folder: Path) -> Citekeys:
    """Those that Better BibTeX keeps in its database or file in Zotero's folder; none where there is nothing to be read:
    most items have theirs in Zotero.
    """
    try:
        if (folder / _DATABASE).is_file():
            return database.read(folder / _DATABASE, _from_database)
        file = next((folder / name for name in _JSON if (folder / name).is_file()), None)
        return dict(_from_loki(json.loads(file.read_text("utf-8")))) if file else {}
    except (ZoteroError, OSError, ValueError, TypeError, AttributeError):
        return {}


def _from_database(connection: sqlite3.Connection) -> Citekeys:
    tables = {name for (name,) in connection.execute(_TABLES)}
    if "citationkey" in tables:
        return {(library, key): citekey for library, key, citekey in rows(connection, "better-bibtex")}
    if "better-bibtex" in tables:
        stored = rows(connection, "better-bibtex-loki")
        return {pair: citekey for (text,) in stored for pair, citekey in _from_loki(json.loads(text))}
    return {}


def _from_loki(stored: Any) -> Iterator[tuple[tuple[int, str], str]]:
    """Of a LokiJS database or one collection of it (retorquere/zotero-better-bibtex: content/db)."""
    collections = stored.get("collections", [stored]) if isinstance(stored, dict) else []
    for collection in collections:
        if collection.get("name") == "citekey":
            for entry in collection.get("data", ()):
                if entry.get("citekey") and entry.get("itemKey"):
                    yield (entry.get("libraryID", 1), entry["itemKey"]), entry["citekey"]
