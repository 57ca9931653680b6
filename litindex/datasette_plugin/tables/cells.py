"""Cells of Datasette's tables and query results as a person wants to read them: links, chips, colours.

Whatever a note holds goes through `Markup.format`, which escapes it.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from litindex.datasette_plugin import addresses
from litindex.datasette_plugin.access import vault_of
from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.html.snippets import LABELLED_STATUSES, chip, status_mark, swatch
from litindex.query.lists.values import type_label
from litindex.query.notes.note_details import obsidian_uri

_MOST_NAMES = 2
_MOST_ITEMS = 6
_NOTHING = Markup("<span></span>")  # '' would mean: as it stands, [] that is


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and where it stands; `table` is None in the result of a query."""

    value: Any
    column: str
    row: Any
    table: str | None
    site: Site
    datasette: Any

    def get(self, column: str) -> Any:
        """Another value of the row; None where it has no such column."""
        return self.row[column] if column in self.row.keys() else None  # noqa: SIM118 - rows are no dicts


Shown = Markup | Awaitable[Markup | None] | None


def render(row: Any, value: Any, column: str, table: str | None, datasette: Any, database: str | None) -> Shown:
    """None: as Datasette shows it."""
    cell = Cell(value, column, row, table, Site(datasette, str(database)), datasette)
    if isinstance(value, dict):
        return _foreign_key(cell)
    if isinstance(value, str) and value and column in _BY_COLUMN:
        return _BY_COLUMN[column](cell)
    return None


def _foreign_key(cell: Cell) -> Markup | None:
    """A note that a row belongs or points to, by its title."""
    key, label = cell.value.get("value"), cell.value.get("label")
    if not cell.column.endswith("note_id") or not isinstance(key, int):
        return None
    return Markup('<a href="{}">{}</a>').format(cell.site.by_id(key), label or key)


def _title(cell: Cell) -> Markup | None:
    path, note_id = cell.get("path"), cell.get("note_id")
    note_id = note_id.get("value") if isinstance(note_id, dict) else note_id
    if isinstance(path, str):
        address = cell.site.page(path, "work")
    elif cell.table == "works" and isinstance(note_id, int):
        address = cell.site.by_id(note_id)
    else:
        return None
    return Markup('<a href="{}" title="{}">{}</a>').format(address, cell.value, cell.value)


async def _path(cell: Cell) -> Markup | None:
    """The note's page, and the way into Obsidian."""
    if cell.table == "attachments" or (cell.table == "problems" and cell.get("note_id") is None):
        return None
    shown = Markup('<a class="li-path" href="{}" title="{}">{}</a>').format(
        cell.site.page(cell.value), cell.value, cell.value.rpartition("/")[2].removesuffix(".md")
    )
    uri = obsidian_uri(await vault_of(cell.datasette, cell.site.database), cell.value)
    return shown + Markup(' <a class="li-out" href="{}" title="Open in Obsidian">↗</a>').format(uri) if uri else shown


def _names(cell: Cell) -> Markup | None:
    try:
        names = [name for name in json.loads(cell.value) if isinstance(name, str)]
    except (ValueError, TypeError):
        return None
    most = _MOST_NAMES if cell.column == "creators" else _MOST_ITEMS
    most = most if len(names) <= most else most - 1
    shown = [chip(name, cell.site.works_with(cell.column, name), cell.column) for name in names[:most]]
    if len(names) > most:
        rest = Markup('<span class="li-more" title="{}">+{}</span>')
        shown.append(rest.format("; ".join(names[most:]), len(names) - most))
    return Markup(" ").join(shown) or _NOTHING


def _doi(cell: Cell) -> Markup | None:
    address = addresses.doi(cell.value)
    return _out(address, cell.value) if address else None


def _zotero_key(cell: Cell) -> Markup | None:
    library = cell.get("zotero_library") or cell.get("library")
    address = addresses.zotero_item(library if isinstance(library, str) else None, cell.value)
    return _out(address, cell.value) if address else None


def _uri(cell: Cell) -> Markup | None:
    address = addresses.zotero(cell.value)
    return _out(address, "Zotero") if address else None


def _out(address: str, text: str) -> Markup:
    return Markup('<a href="{}" title="{}" rel="noreferrer">{}</a>').format(address, address, text)


def _color(cell: Cell) -> Markup:
    return swatch(cell.get("hex") or cell.get("color"), cell.value)


def _person(cell: Cell) -> Markup:
    return _question(cell, "author", {"author": cell.value})


def _name(cell: Cell) -> Markup | None:
    if cell.table == "authors":
        return _person(cell)
    if cell.table == "tags":
        return _tag(cell)
    return None


def _tag(cell: Cell) -> Markup:
    return _question(cell, "tagged", {"tag": cell.value})


def _citekey(cell: Cell) -> Markup:
    if cell.table is None and cell.get("title") is None:
        return _question(cell, "cited-by", {"citekey": cell.value})
    return Markup('<span class="li-key" title="{}">{}</span>').format(cell.value, cell.value)


def _question(cell: Cell, name: str, arguments: dict[str, str]) -> Markup:
    return Markup('<a href="{}?{}">{}</a>').format(cell.site.table(name), urlencode(arguments), cell.value)


def _status(cell: Cell) -> Markup | None:
    return status_mark(cell.value) if cell.column == "read_status" or cell.value in LABELLED_STATUSES else None


def _clipped(cell: Cell) -> Markup:
    return Markup('<span title="{}">{}</span>').format(cell.value, cell.value)


def _moment(cell: Cell) -> Markup:
    """`2025-07-30 08:10` of what a note says more precisely."""
    short = cell.value[:16].replace("T", " ")
    return Markup('<span title="{}">{}</span>').format(cell.value, short)


_BY_COLUMN: dict[str, Callable[[Cell], Shown]] = {
    "author": _person,
    "citekey": _citekey,
    "coauthor": _person,
    "color": _color,
    "color_name": _color,
    "container": _clipped,
    "created": _moment,
    "creators": _names,
    "doi": _doi,
    "from_path": _path,
    "hex": _color,
    "item_type": lambda cell: Markup("{}").format(type_label(cell.value)),
    "modified": _moment,
    "name": _name,
    "other": _person,
    "path": _path,
    "read_status": _status,
    "status": _status,
    "tag": _tag,
    "tags": _names,
    "target_path": _path,
    "title": _title,
    "uri": _uri,
    "zotero_key": _zotero_key,
    "zotero_uri": _uri,
}
