"""Reading a Zotero library: the tables of Zotero's schema (zotero/zotero: resource/schema/userdata.sql) into values."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from litindex.errors import ZoteroError
from litindex.zotero_library.items import Item, ItemAnnotation, ItemCreator, ItemId, Library, replaced_item
from litindex.zotero_library.reading import better_bibtex, database
from litindex.zotero_library.reading.statements import grouped, rows

KNOWN_VERSIONS: Final = range(100, 130)
"""Versions of the schema `userdata`, from Zotero 5 to Zotero 10."""
_VERSION = "SELECT version FROM version WHERE schema = 'userdata'"
_LATER_TABLES: Final = {
    "deletedCollections": "collectionID INTEGER PRIMARY KEY",
    "itemAnnotations": "itemID, parentItemID, type, text, comment, color, sortIndex",
}
"""Tables that earlier known versions do not have: for them these are empty."""
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
_ANNOTATION_TYPES: Final = {1: "highlight", 2: "note", 3: "image", 4: "ink", 5: "underline", 6: "text"}
"""zotero/zotero: chrome/content/zotero/xpcom/annotations.js"""


def read_library(path: Path) -> Library:
    """The library in `zotero.sqlite`, with the citekeys of the Better BibTeX beside it. ZoteroError: there is none, it
    cannot be read, or its schema is of a version that is not known.
    """
    if not path.is_file():
        raise ZoteroError(f"no Zotero database: {path} (name it: litindex zotero PATH/zotero.sqlite)")
    citekeys = better_bibtex.citekeys(path.parent)
    return database.read(path, lambda connection: _library(connection, path, citekeys))


def _library(connection: sqlite3.Connection, path: Path, citekeys: Mapping[tuple[int, str], str]) -> Library:
    _refuse_unknown(connection, path)
    libraries: dict[int, str] = dict(rows(connection, "libraries"))
    found = [row for row in rows(connection, "items") if row[1] in libraries]
    ids = {number: ItemId(libraries[library], key) for number, library, key, *_ in found}
    items = _items(connection, found, ids, citekeys)
    replaced = {
        old: ids[number]
        for number, uri in rows(connection, "merged")
        if number in ids and (old := replaced_item(uri, ids[number].library))
    }
    local = {f"library/{number}": name for number, name in libraries.items()}
    return Library({item.id: item for item in items}, replaced, local)


def _refuse_unknown(connection: sqlite3.Connection, path: Path) -> None:
    tables = {name for (name,) in connection.execute(_TABLES)}
    found = connection.execute(_VERSION).fetchone() if "version" in tables else None
    if found is None:
        raise ZoteroError(f"{path} is no database of Zotero")
    if found[0] not in KNOWN_VERSIONS:
        raise ZoteroError(
            f"{path} has Zotero's schema {found[0]}, and this litindex knows {KNOWN_VERSIONS[0]} to {KNOWN_VERSIONS[-1]}:"
            " nothing was compared"
        )
    for table in _LATER_TABLES.keys() - tables:
        connection.execute(f"CREATE TEMP TABLE {table} ({_LATER_TABLES[table]})")


def _items(
    connection: sqlite3.Connection,
    found: Iterable[tuple[Any, ...]],
    ids: Mapping[int, ItemId],
    citekeys: Mapping[tuple[int, str], str],
) -> Iterable[Item]:
    fields, creators, tags, collections, annotations = (
        grouped(connection, name) for name in ("fields", "creators", "tags", "collections", "annotations")
    )
    for number, library, key, kind, modified, is_trashed in found:
        texts = {name: str(value) for name, value in fields[number]}
        yield Item(
            ids[number],
            kind,
            modified,
            bool(is_trashed),
            texts,
            tuple(_creator(*row) for row in creators[number]),
            tuple(name for (name,) in tags[number]),
            tuple(path for (path,) in collections[number]),
            tuple(_annotation(*row) for row in annotations[number]),
            better_bibtex.own_citekey(texts) or citekeys.get((library, key)),
        )


def _creator(role: str, last: str | None, first: str | None, is_primary: int) -> ItemCreator:
    return ItemCreator(role, last or "", first or "", bool(is_primary))


def _annotation(key: str, kind: int, text: Any, comment: Any, color: Any, added: str, modified: str) -> ItemAnnotation:
    name = _ANNOTATION_TYPES.get(kind, str(kind))
    return ItemAnnotation(key, name, text or "", comment or "", color or "", added, modified)
