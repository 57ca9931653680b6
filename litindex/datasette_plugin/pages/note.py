"""The pages of one note: its text, and for a work everything that is known of it."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from litindex.datasette_plugin import addresses
from litindex.datasette_plugin.access import read, vault_of
from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.charts import graphs
from litindex.datasette_plugin.charts.graphs import Node
from litindex.datasette_plugin.html.links import Places, Target
from litindex.datasette_plugin.html.note import Rendered, render
from litindex.datasette_plugin.html.snippets import color_class, creators, swatch
from litindex.datasette_plugin.pages.copying import copies
from litindex.errors import NothingFound
from litindex.query.lists.values import type_label
from litindex.query.notes import note_details
from litindex.query.notes.note_details import Bibliography, Sheet
from litindex.query.notes.similar import similar
from litindex.text_keys import title_key

BY_PATH = "SELECT n.id, n.path, w.note_id FROM notes n LEFT JOIN works w ON w.note_id = n.id WHERE n.path = ?"
BY_ID = "SELECT n.id, n.path, w.note_id FROM notes n LEFT JOIN works w ON w.note_id = n.id WHERE n.id = ?"
BODY = "SELECT body FROM note_texts WHERE note_id = ?"
TARGETS = """
SELECT DISTINCT l.target, l.resolution, n.path, w.note_id
FROM links l LEFT JOIN notes n ON n.id = l.target_note_id LEFT JOIN works w ON w.note_id = l.target_note_id
WHERE l.note_id = ? AND l.resolution <> 'external'
"""
# Works before notes, newest first.
_NEIGHBOURS = """
SELECT n.id, n.path, n.title, w.creators, w.year, w.note_id IS NOT NULL
FROM notes n LEFT JOIN works w ON w.note_id = n.id
WHERE n.id <> :id AND n.excluded = 0 AND n.id IN (
  SELECT {there} FROM citations WHERE {here} = :id AND {there} IS NOT NULL
  UNION SELECT {there} FROM links WHERE {here} = :id AND {there} IS NOT NULL)
ORDER BY w.note_id IS NULL, w.year DESC, n.path LIMIT :most
"""
LEADS_HERE = _NEIGHBOURS.format(there="note_id", here="target_note_id")
LEADS_THERE = _NEIGHBOURS.format(there="target_note_id", here="note_id")
MOST_NEIGHBOURS = 9
MOST_SIMILAR = 6
_MOST_LISTED = 50
_MOST_CREATORS = 20


@dataclass(frozen=True, slots=True)
class Opened:
    """A note as it was found: what it is called now, and whether it describes a work."""

    note_id: int
    path: str
    is_work: bool


async def present(datasette: Any, site: Site, view: str, called: str) -> Any:
    """The page of the note with that vault path, or id. Ids and wrong views lead to the lasting address."""
    from datasette import NotFound, Response

    from litindex.datasette_plugin.html.templating import respond

    opened = await read(datasette, site.database, lambda db: _open(db, called))
    if opened is None:
        return respond(datasette, "missing.html", site, status=404, what="note", called=called)
    right = "work" if opened.is_work and view == "work" else "note"
    if called != opened.path or view != right:
        return Response.redirect(site.page(opened.path, right))
    try:
        values = await read(datasette, site.database, lambda db: _load(db, site, opened, right))
    except NothingFound as error:
        raise NotFound(str(error)) from error
    values |= await asyncio.to_thread(_written, values["sheet"], values.pop("body"), values.pop("places"))
    vault = await vault_of(datasette, site.database)
    pdf = addresses.pdf(values["sheet"].work.pdf, vault) if right == "work" and values["sheet"].work.pdf else None
    return respond(datasette, f"{right}.html", site, pdf=pdf, **values)


def _open(connection: sqlite3.Connection, called: str) -> Opened | None:
    row = connection.execute(BY_PATH, (called,)).fetchone()
    if row is None and called.isascii() and called.isdigit() and len(called) < 19:
        row = connection.execute(BY_ID, (int(called),)).fetchone()
    return Opened(row[0], row[1], row[2] is not None) if row else None


def _load(connection: sqlite3.Connection, site: Site, opened: Opened, view: str) -> dict[str, Any]:
    sheet = note_details.load(connection, opened.note_id)
    body = connection.execute(BODY, (opened.note_id,)).fetchone() if view == "note" else None
    targets = {
        target: Target(site.page(path, "work" if work else "note") if path else None, resolution)
        for target, resolution, path, work in connection.execute(TARGETS, (opened.note_id,))
    }
    return {
        "sheet": sheet,
        "view": view,
        "body": body[0] if body else "",
        "places": Places(targets, site.works() + "?tag="),
        "copies": copies(connection, site, opened.note_id, opened.path) if view == "work" else [],
        "similar": similar(connection, opened.note_id, MOST_SIMILAR) if view == "work" else [],
        "graph": _graph(connection, site, opened.note_id, sheet) if view == "work" else None,
        "aliases": [alias for alias in sheet.aliases if title_key(alias) != title_key(sheet.title)],
        "identifiers": _identifiers(sheet),
        "published": _published(sheet.work) if sheet.work else [],
        "kind": type_label(sheet.work.item_type or "work") if sheet.work else sheet.kind,
        "color_class": color_class,
        "swatch": swatch,
        "outward": addresses.outward,
        "most": _MOST_LISTED,
        "most_creators": _MOST_CREATORS,
    }


def _graph(connection: sqlite3.Connection, site: Site, note_id: int, sheet: Sheet) -> Markup | None:
    """What cites the work or links to it, and where its note leads; None where it stands alone."""
    here, there = (_neighbours(connection, site, sql, note_id) for sql in (LEADS_HERE, LEADS_THERE))
    return graphs.sides(sheet.title, here, there) if here or there else None


def _neighbours(connection: sqlite3.Connection, site: Site, sql: str, note_id: int) -> list[Node]:
    rows = connection.execute(sql, {"id": note_id, "most": MOST_NEIGHBOURS})
    return [
        Node(other, _label(title, names, year), title, site.page(path, "work" if is_work else "note"))
        for other, path, title, names, year, is_work in rows
    ]


def _label(title: str, names: str | None, year: int | None) -> str:
    """`Okafor and Ito 2021`, or the title of what nobody is named for."""
    return f"{creators(names)} {year or ''}".strip() if names and names != "[]" else title


def _written(sheet: Sheet, body: str, places: Places) -> dict[str, Rendered]:
    """Rendered in a thread of its own: other pages do not wait for a long note."""
    return {"body": render(body, places, title=sheet.title), "own": render(sheet.own, places)}


def _identifiers(sheet: Sheet) -> list[tuple[str, str, str | None]]:
    """(scheme, value, where it leads); one web address is enough."""
    found, seen_url = [], False
    for each in sheet.identifiers:
        if each.scheme == "url" and seen_url:
            continue
        seen_url |= each.scheme == "url"
        found.append((each.scheme, each.value, addresses.identifier(each.scheme, each.value)))
    return found


def _published(work: Bibliography) -> list[Markup]:
    """`Nature` · `12(3)` · `pp. 4-9` · `Springer, Berlin` · `2nd ed.`"""
    volume = f"{work.volume or ''}{f'({work.issue})' if work.issue else ''}"
    publisher = ", ".join(filter(None, (work.publisher, work.place)))
    plain = (
        volume,
        f"pp. {work.pages}" if work.pages else "",
        publisher,
        work.edition and f"ed. {work.edition}",
        work.series,
    )
    first = [Markup("<em>{}</em>").format(work.container)] if work.container else []
    return first + [Markup("{}").format(part) for part in plain if part]
