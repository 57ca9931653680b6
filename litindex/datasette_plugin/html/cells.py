"""Cells of tables and query results as a person wants to read them: links, chips, colours. Pure.

Whatever a note holds goes through `Markup.format`, which escapes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from litindex.datasette_plugin import addresses
from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.html.snippets import LABELLED_STATUSES, chip, status_mark, swatch
from litindex.query.lists.values import type_label
from litindex.query.notes.note_details import obsidian_uri

_MOST_NAMES = 2
_MOST_ITEMS = 6
_NOTHING = Markup("<span></span>")  # '' would mean: as it stands, [] that is
PATHS = ("path", "from_path", "target_path")
"""Columns whose cells need the vault."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and where it stands; `table` is None in the result of a query, `vault` the folder of the vault."""

    value: Any
    column: str
    row: Any
    table: str | None
    site: Site
    vault: str = ""

    def get(self, column: str) -> Any:
        """Another value of the row; None where it has no such column."""
        return self.row[column] if column in self.row.keys() else None  # noqa: SIM118 - rows are no dicts


def render(cell: Cell) -> Markup | None:
    """None: as it stands."""
    if isinstance(cell.value, dict):
        return _foreign_key(cell)
    if isinstance(cell.value, str) and cell.value and cell.column in _BY_COLUMN:
        return _BY_COLUMN[cell.column](cell)
    return None


def text(cell: Cell) -> Markup:
    """The same for a page of ours, where nothing is shown for no value and numbers have separators."""
    shown = render(cell)
    if shown is not None or cell.value is None:
        return shown or Markup()
    if cell.column == "completed":
        return Markup("done" if cell.value else "open")
    if isinstance(cell.value, int) and "year" not in cell.column and cell.column != "line":
        return Markup("{:,}").format(cell.value)
    return Markup("{}").format(cell.value)


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
        address = cell.site.page(path, "note" if cell.get("kind") == "note" else "work")
    elif cell.table == "works" and isinstance(note_id, int):
        address = cell.site.by_id(note_id)
    else:
        return None
    return _link(address, cell.value) + (_out_of(cell, path) if cell.table is None else "")


def _out_of(cell: Cell, path: object) -> Markup:
    """The way into Obsidian, where the vault is known."""
    uri = obsidian_uri(cell.vault, path) if isinstance(path, str) else None
    out = Markup('\u00a0<a class="li-out" href="{}" title="Open in Obsidian" aria-label="Open in Obsidian">↗</a>')
    return out.format(uri) if uri else Markup()


def _path(cell: Cell) -> Markup | None:
    """The note's page, and the way into Obsidian."""
    if cell.table == "attachments" or (cell.table == "problems" and cell.get("note_id") is None):
        return None
    shown = Markup('<a class="li-path" href="{}" title="{}">{}</a>').format(
        cell.site.page(cell.value), cell.value, cell.value.rpartition("/")[2].removesuffix(".md")
    )
    return shown + _out_of(cell, cell.value)


def _names(cell: Cell) -> Markup | None:
    try:
        names = [name for name in json.loads(cell.value) if isinstance(name, str)]
    except (ValueError, TypeError):
        return None
    people = cell.column == "creators"
    most = _MOST_NAMES if people else _MOST_ITEMS
    most = most if len(names) <= most else most - 1
    lead = cell.site.person if people else cell.site.tag
    shown = [chip(name, lead(name), cell.column) for name in names[:most]]
    if len(names) > most:
        rest = Markup('<span class="li-more" title="{}">and {:,} more</span>')
        shown.append(rest.format("; ".join(names[most:][:40]), len(names) - most))
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
    return Markup('<a class="li-whole" href="{}" rel="noreferrer">{}</a>').format(address, text)


def _color(cell: Cell) -> Markup:
    return swatch(cell.get("hex") or cell.get("color"), cell.value)


def _person(cell: Cell) -> Markup:
    return _link(cell.site.person(cell.value), cell.value)


def _name(cell: Cell) -> Markup | None:
    if cell.table in ("authors", "people"):
        return _person(cell)
    return _tag(cell) if cell.table == "tags" else None


def _tag(cell: Cell) -> Markup:
    return _link(cell.site.tag(cell.value), cell.value)


def _citekey(cell: Cell) -> Markup:
    if cell.table is None and cell.get("title") is None:
        return _link(cell.site.question("cited-by", citekey=cell.value), cell.value)
    return Markup('<span class="li-key">{}</span>').format(cell.value)


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)


def _page(cell: Cell) -> Markup | None:
    """Of a highlight: the way to its place in the document."""
    address = addresses.zotero(cell.get("uri") or "")
    return _link(address, f"p. {cell.value}") if address else None


def _pdf(cell: Cell) -> Markup | None:
    address = addresses.pdf(cell.value, cell.vault)
    return _link(address, "PDF") if address else None


def _status(cell: Cell) -> Markup | None:
    return status_mark(cell.value) if cell.column == "read_status" or cell.value in LABELLED_STATUSES else None


def _moment(cell: Cell) -> Markup:
    """`2025-07-30 08:10` of what a note says more precisely."""
    short = cell.value[:16].replace("T", " ")
    return Markup('<span title="{}">{}</span>').format(cell.value, short)


_BY_COLUMN: dict[str, Callable[[Cell], Markup | None]] = {
    "author": _person,
    "citekey": _citekey,
    "coauthor": _person,
    "color": _color,
    "color_name": _color,
    "container": lambda cell: _link(cell.site.works(container=cell.value), cell.value),
    "created": _moment,
    "created_on": _moment,
    "creators": _names,
    "doi": _doi,
    "from_path": _path,
    "hex": _color,
    "item_type": lambda cell: Markup("{}").format(type_label(cell.value)),
    "modified": _moment,
    "modified_on": _moment,
    "name": _name,
    "other": _person,
    "page_label": _page,
    "path": _path,
    "pdf": _pdf,
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
