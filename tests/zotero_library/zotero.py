"""A Zotero data folder for tests: `zotero.sqlite` filled through a few verbs, with what Better BibTeX keeps beside it."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Final

from tests.zotero_library import schema

OLD = "2020-01-01 10:00:00"
"""When items were changed last, where a test says nothing: before any note was imported."""
_KINDS: Final = {"highlight": 1, "note": 2, "image": 3, "ink": 4, "underline": 5, "text": 6}
_ALPHABET = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ"
BETTER_BIBTEX = """
CREATE TABLE citationkey (
  itemID NOT NULL PRIMARY KEY, itemKey NOT NULL, libraryID NOT NULL, citationKey NOT NULL CHECK (citationKey <> ''),
  pinned CHECK (pinned IN (0, 1)), lastPinned, UNIQUE (libraryID, itemKey)
)
"""
BETTER_BIBTEX_LOKI = 'CREATE TABLE "better-bibtex" (name TEXT PRIMARY KEY NOT NULL, data TEXT NOT NULL)'


@cache
def _empty(version: int) -> bytes:
    """A database without items."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.executescript(schema.schema(version))
        versions = {"globalSchema": 28, "system": 32, "userdata": version, "triggers": 18, "compatibility": 7}
        db.executemany("INSERT INTO version VALUES (?, ?)", versions.items())
        types, fields, roles = (
            _numbered(schema.ITEM_TYPES),
            _numbered(schema.fields(version)),
            _numbered(schema.CREATOR_TYPES),
        )
        db.executemany("INSERT INTO itemTypes (typeName, itemTypeID) VALUES (?, ?)", types.items())
        db.executemany("INSERT INTO fields (fieldName, fieldID) VALUES (?, ?)", fields.items())
        db.execute("INSERT INTO fieldsCombined SELECT fieldID, fieldName, NULL, NULL, 0 FROM fields")
        db.executemany("INSERT INTO creatorTypes (creatorType, creatorTypeID) VALUES (?, ?)", roles.items())
        mapped = [(types[kind], fields[base], fields[own]) for base, kind, own in schema.type_fields()]
        db.executemany("INSERT INTO baseFieldMappings VALUES (?, ?, ?)", mapped)
        primary = {(kind, schema.PRIMARY.get(kind, "author")) for kind in types}
        pairs = [(types[kind], number, (kind, role) in primary) for kind in types for role, number in roles.items()]
        db.executemany("INSERT INTO itemTypeCreatorTypes VALUES (?, ?, ?)", pairs)
        return db.serialize()


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names, 1)}


class Zotero:
    """The folder and an open connection; `close` before the folder is compared with anything."""

    def __init__(self, folder: Path, version: int = schema.ZOTERO_7) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.path, self.version = folder, folder / "zotero.sqlite", version
        self.path.write_bytes(_empty(version))
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.execute("BEGIN")
        self._dice = random.Random(20)
        self._libraries: dict[str, int] = {}
        self.library("library")

    def save(self) -> None:
        """What was filled in so far is there; from now on each change is saved by itself."""
        if self.db.in_transaction:
            self.db.execute("COMMIT")

    def close(self) -> Path:
        self.save()
        self.db.close()
        return self.folder

    # ------------------------------------------------------------- look-ups

    def _id(self, table: str, column: str, value: object) -> int:
        found = self.db.execute(f"SELECT rowid FROM {table} WHERE {column} = ?", (value,)).fetchone()
        assert found, f"no {value} in {table}"
        return int(found[0])

    def _made(self, table: str, column: str, value: object) -> int:
        self.db.execute(f"INSERT OR IGNORE INTO {table} ({column}) VALUES (?)", (value,))
        return self._id(table, column, value)

    def _type(self, name: str) -> int:
        return self._id("itemTypes", "typeName", name)

    def _field(self, name: str) -> int:
        return self._id("fields", "fieldName", name)

    def new_key(self) -> str:
        return "".join(self._dice.choices(_ALPHABET, k=8))

    def id_of(self, key: str) -> int:
        """The number of an item."""
        return self._id("items", "key", key)

    # ---------------------------------------------------------------- verbs

    def library(self, name: str) -> int:
        """`library`, `groups/N`, or `feed`."""
        if name not in self._libraries:
            kind = {"library": "user", "feed": "feed"}.get(name, "group")
            number = self.db.execute("INSERT INTO libraries VALUES (NULL, ?, 1, 1, 0, 0, 0, 0)", (kind,)).lastrowid
            assert number
            self._libraries[name] = number
            if kind == "group":
                group = int(name.removeprefix("groups/"))
                self.db.execute("INSERT INTO groups VALUES (?, ?, 'Tide group', '', 1)", (group, number))
            if kind == "feed":
                self.db.execute(
                    "INSERT INTO feeds (libraryID, name, url) VALUES (?, 'News', 'https://f.example')", (number,)
                )
        return self._libraries[name]

    def _row(self, kind: str, key: str, library: str, added: str, modified: str) -> int:
        number = self.db.execute(
            "INSERT INTO items (itemTypeID, dateAdded, dateModified, clientDateModified, libraryID, key) VALUES (?, ?, ?, ?, ?, ?)",
            (self._type(kind), added, modified, modified, self.library(library), key),
        ).lastrowid
        assert number
        return number

    def item(
        self,
        kind: str,
        key: str,
        fields: Mapping[str, object],
        creators: Iterable[tuple[str, str]] = (),
        *,
        tags: Iterable[str] = (),
        collections: Iterable[str] = (),
        library: str = "library",
        modified: str = OLD,
    ) -> int:
        """An item. `fields` are called by their base fields and stored as the type calls them; creators are pairs of role
        and `Family, Given`, or one name.
        """
        number = self._row(kind, key, library, OLD, modified)
        for name, value in fields.items():
            self.set_field(key, name, value)
        self.set_creators(key, creators)
        for tag in tags:
            self.tag(key, tag)
        for path in collections:
            self.file(key, path, library)
        return number

    def set_field(self, key: str, name: str, value: object) -> None:
        number = self.id_of(key)
        (kind,) = self.db.execute(
            "SELECT typeName FROM items JOIN itemTypes USING (itemTypeID) WHERE itemID = ?", (number,)
        ).fetchone()
        pair = number, self._field(schema.type_field(kind, name))
        self.db.execute("DELETE FROM itemData WHERE itemID = ? AND fieldID = ?", pair)
        if value is not None:
            self.db.execute(
                "INSERT INTO itemData VALUES (?, ?, ?)", (*pair, self._made("itemDataValues", "value", value))
            )

    def set_creators(self, key: str, creators: Iterable[tuple[str, str]]) -> None:
        number = self.id_of(key)
        self.db.execute("DELETE FROM itemCreators WHERE itemID = ?", (number,))
        for at, (role, name) in enumerate(creators):
            last, comma, first = name.partition(", ")
            row = (first, last, 0) if comma else ("", last, 1)
            self.db.execute("INSERT OR IGNORE INTO creators (firstName, lastName, fieldMode) VALUES (?, ?, ?)", row)
            (creator,) = self.db.execute(
                "SELECT creatorID FROM creators WHERE firstName = ? AND lastName = ? AND fieldMode = ?", row
            ).fetchone()
            role_id = self._id("creatorTypes", "creatorType", role)
            self.db.execute("INSERT INTO itemCreators VALUES (?, ?, ?, ?)", (number, creator, role_id, at))

    def touch(self, key: str, modified: str) -> None:
        self.db.execute("UPDATE items SET dateModified = ? WHERE key = ?", (modified, key))

    def tag(self, key: str, name: str, color: str | None = None) -> None:
        self.db.execute("INSERT INTO itemTags VALUES (?, ?, 0)", (self.id_of(key), self._made("tags", "name", name)))
        if color:
            colors = json.dumps([{"name": name, "color": color}])
            self.db.execute("INSERT OR REPLACE INTO syncedSettings VALUES ('tagColors', 1, ?, 1, 1)", (colors,))

    def untag(self, key: str, name: str) -> None:
        tag = self._id("tags", "name", name)
        self.db.execute("DELETE FROM itemTags WHERE itemID = ? AND tagID = ?", (self.id_of(key), tag))

    def file(self, key: str, path: str, library: str = "library") -> None:
        """Files an item in a collection, which is made with those above it."""
        parent = None
        for name in path.split("/"):
            known = self.db.execute(
                "SELECT collectionID FROM collections WHERE collectionName = ? AND parentCollectionID IS ? AND libraryID = ?",
                (name, parent, self.library(library)),
            ).fetchone()
            parent = known[0] if known else self._collection(name, parent, library)
        self.db.execute("INSERT INTO collectionItems VALUES (?, ?, 0)", (parent, self.id_of(key)))

    def _collection(self, name: str, parent: int | None, library: str) -> int | None:
        return self.db.execute(
            "INSERT INTO collections (collectionName, parentCollectionID, libraryID, key) VALUES (?, ?, ?, ?)",
            (name, parent, self.library(library), self.new_key()),
        ).lastrowid

    def trash(self, key: str) -> None:
        self.db.execute("INSERT INTO deletedItems (itemID) VALUES (?)", (self.id_of(key),))

    def delete(self, key: str) -> None:
        """As emptying the trash does."""
        self.db.execute("DELETE FROM items WHERE key = ?", (key,))

    def merge(self, old: str, into: str, library: str = "library") -> None:
        """As Zotero merges duplicates: the one that is left says what it replaces, the other goes to the trash."""
        owner = library if library.startswith("groups/") else "users/101010"
        predicate = self._made("relationPredicates", "predicate", "dc:replaces")
        uri = f"http://zotero.org/{owner}/items/{old}"
        self.db.execute("INSERT INTO itemRelations VALUES (?, ?, ?)", (self.id_of(into), predicate, uri))
        self.trash(old)

    def document(self, key: str, document: str, library: str = "library") -> int:
        """A PDF of an item."""
        number = self._row("attachment", document, library, OLD, OLD)
        parent = self.id_of(key) if key else None
        self.db.execute(
            "INSERT INTO itemAttachments (itemID, parentItemID, linkMode, contentType, path) VALUES (?, ?, 1, ?, ?)",
            (number, parent, "application/pdf", f"storage:{document}.pdf"),
        )
        return number

    def annotation(
        self,
        document: str,
        key: str,
        kind: str = "highlight",
        *,
        text: str | None = None,
        comment: str | None = None,
        color: str = "#ffd400",
        added: str = OLD,
        modified: str | None = None,
        library: str = "library",
    ) -> None:
        number = self._row("annotation", key, library, added, modified or added)
        self.db.execute(
            "INSERT INTO itemAnnotations (itemID, parentItemID, type, text, comment, color, pageLabel, sortIndex, position, isExternal)"
            " VALUES (?, ?, ?, ?, ?, ?, '3', ?, '{\"pageIndex\":2,\"rects\":[[1,2,3,4]]}', 0)",
            (number, self.id_of(document), _KINDS[kind], text, comment, color, f"00002|{number:06}|00000"),
        )

    # --------------------------------------------------------- Better BibTeX

    def better_bibtex(self, citekeys: Mapping[str, str]) -> None:
        """`better-bibtex.sqlite` as it is from version 6.7 on: key of an item -> citekey."""
        with sqlite3.connect(self.folder / "better-bibtex.sqlite") as db:
            db.execute(BETTER_BIBTEX)
            for key, citekey in citekeys.items():
                row = self.id_of(key), key, self._library_of(key), citekey
                db.execute("INSERT INTO citationkey VALUES (?, ?, ?, ?, 0, NULL)", row)
        db.close()

    def better_bibtex_loki(self, citekeys: Mapping[str, str]) -> None:
        """The same as earlier versions keep it: collections of LokiJS in rows."""
        with sqlite3.connect(self.folder / "better-bibtex.sqlite") as db:
            db.execute(BETTER_BIBTEX_LOKI)
            collection = json.dumps(self._loki(citekeys))
            rows = [("better-bibtex", '{"filename":"better-bibtex"}'), ("better-bibtex.citekey", collection)]
            db.executemany('INSERT INTO "better-bibtex" VALUES (?, ?)', rows)
        db.close()

    def better_bibtex_json(self, citekeys: Mapping[str, str]) -> None:
        """The same as a file."""
        stored = {
            "filename": "better-bibtex.json",
            "collections": [self._loki(citekeys), {"name": "autoexport", "data": []}],
        }
        (self.folder / "better-bibtex.json").write_text(json.dumps(stored), "utf-8")

    def _loki(self, citekeys: Mapping[str, str]) -> dict[str, object]:
        data = [
            {
                "itemID": self.id_of(key),
                "itemKey": key,
                "libraryID": self._library_of(key),
                "citekey": name,
                "pinned": False,
            }
            for key, name in citekeys.items()
        ]
        return {"name": "citekey", "data": data}

    def _library_of(self, key: str) -> int:
        (number,) = self.db.execute("SELECT libraryID FROM items WHERE key = ?", (key,)).fetchone()
        return int(number)
