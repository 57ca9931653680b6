"""What can be copied of a work: its citekey, BibTeX entry and reference; each is a page of plain text as well."""

from __future__ import annotations

import sqlite3
from typing import Any, Final, NamedTuple

from litindex.bibliography import bibtex, csl_json, ris
from litindex.bibliography.item import Item
from litindex.bibliography.markup import plain, rich
from litindex.bibliography.plain_reference import plain_reference
from litindex.datasette_plugin.access import read
from litindex.datasette_plugin.addresses import Site
from litindex.query.references import bibliography

REFERENCE = "SELECT w.bibliography FROM works w WHERE w.note_id = ?"
FOUND = "SELECT n.id FROM notes n JOIN works w ON w.note_id = n.id WHERE n.path = ?"

_ON_THE_PAGE: Final = {"citekey": "Copy citekey", "bibtex": "Copy BibTeX", "reference": "Copy reference"}


class Copy(NamedTuple):
    """A link of a work's page: where its text stands alone, and the text."""

    label: str
    href: str
    text: str


def copies(connection: sqlite3.Connection, site: Site, note_id: int, path: str) -> list[Copy]:
    """What the page of a work offers."""
    texts = _texts(connection, note_id)
    return [Copy(label, site.page(path, view), texts[view]) for view, label in _ON_THE_PAGE.items() if texts.get(view)]


async def show_text(datasette: Any, site: Site, view: str, path: str) -> Any:
    """One of the texts as a page of plain text."""
    from datasette import NotFound, Response

    def ask(connection: sqlite3.Connection) -> str | None:
        row = connection.execute(FOUND, (path,)).fetchone()
        return _texts(connection, row[0]).get(view) if row else None

    text = await read(datasette, site.database, ask)
    if not text:
        raise NotFound("no such work, or it has no citekey")
    return Response.text(text if text.endswith("\n") else f"{text}\n", headers={"cache-control": "no-cache"})


def _texts(connection: sqlite3.Connection, note_id: int) -> dict[str, str]:
    key = bibliography.key_of(connection, note_id)
    if key is None:
        return {}
    item = bibliography.items(connection, {note_id: key})[0]
    return {
        "citekey": key.stated or "",
        "bibtex": bibtex.write([item], bibtex.BIBTEX),
        "biblatex": bibtex.write([item], bibtex.BIBLATEX),
        "csljson": csl_json.write([item]),
        "ris": ris.write([item]),
        "reference": _reference(connection, note_id, item),
    }


def _reference(connection: sqlite3.Connection, note_id: int, item: Item) -> str:
    """The reference that the note gives, else one in plain words."""
    given = connection.execute(REFERENCE, (note_id,)).fetchone()[0]
    return plain(rich(given)) if given else plain_reference(item)
