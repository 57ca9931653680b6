"""Works, notes, highlights and tasks as lists that can be narrowed down, sorted and given other columns.

What is asked goes through the code of `litindex list`.
"""

from __future__ import annotations

import shlex
import sqlite3
from typing import Any, NamedTuple

from markupsafe import Markup

from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.html import cells
from litindex.datasette_plugin.html.cells import Cell
from litindex.datasette_plugin.html.headings import heading
from litindex.datasette_plugin.kept import kept
from litindex.datasette_plugin.pages import filter_form
from litindex.datasette_plugin.pages.arguments import Arguments
from litindex.datasette_plugin.pages.facets import facets, tally
from litindex.errors import QueryError
from litindex.query.lists import listing
from litindex.query.lists.filters import Filters
from litindex.query.lists.listing import KINDS, Kind, Wanted

PER_PAGE = 50
_MOST_PER_PAGE = 200
_MOST_ELSEWHERE = 30
_LAST_PAGE = 100_000


class Look(NamedTuple):
    """How a kind of thing is shown: its columns, those that can be chosen besides, and what its cells need unseen."""

    title: str
    one: str
    columns: tuple[str, ...]
    more: tuple[str, ...]
    unseen: tuple[str, ...] = ("path",)


LOOKS = {
    "works": Look(
        "Works", "work", ("title", "creators", "year", "read_status", "tags", "citekey"),
        (
            "item_type", "container", "doi", "pdf", "highlights", "own_words", "cited_by", "date_read", "publisher", "volume", "issue",
            "pages", "language", "folder", "created_on", "modified_on", "path",
        ),
    ),
    "notes": Look(
        "Notes", "note", ("title", "tags", "words", "own_words", "modified_on", "folder"),
        ("kind", "highlights", "open_tasks", "cited_by", "problems", "created_on", "day", "path"),
        ("path", "kind"),
    ),
    "highlights": Look(
        "Highlights", "highlight", ("color_name", "text", "comment", "page_label", "title"),
        ("citekey", "year", "tags", "type", "heading", "uri", "line"),
        ("path", "uri", "color"),
    ),
    "tasks": Look(
        "Tasks", "task", ("completed", "text", "due", "title"),
        ("scheduled", "start", "created", "completion", "heading", "status", "kind", "line"),
        ("path", "kind"),
    ),
}  # fmt: skip
NAMES = ("q", *filter_form.NAMES, "where", "sort", "columns", "limit", "page", "form")


class Head(NamedTuple):
    """Over a column: its name, the address of the list sorted by it, and how it is sorted now."""

    column: str
    label: str
    href: str
    sorted: str


class Table(NamedTuple):
    heads: tuple[Head, ...]
    rows: tuple[tuple[tuple[str, Markup], ...], ...]
    """Of each row (column, what stands in the cell)."""


class Pages(NamedTuple):
    """Where in a list one is."""

    first: int
    last: int
    total: int
    previous: str | None
    next: str | None


def load(
    connection: sqlite3.Connection, site: Site, vault: str, kind: str, arguments: Arguments, *, may_run_sql: bool
) -> dict[str, Any]:
    """Values for the page. What cannot be asked is said; then nothing is listed."""
    filters = filter_form.filters_of(arguments, arguments.one("q"))
    where = arguments.one("where") if may_run_sql else ""
    said, table, pages, beside = "", None, None, []
    try:
        counted = kept(connection, tally, kind, filters, where)
        pages = pages_of(counted.total, arguments.number("limit", PER_PAGE, _MOST_PER_PAGE), arguments)
        table = _table(connection, site, vault, KINDS[kind], filters, where, arguments, pages)
        beside = facets(counted, kind, arguments)
    except QueryError as error:
        said = str(error).partition(" (--")[0]
    return {
        "kind": kind,
        "look": LOOKS[kind],
        "said": said,
        "table": table,
        "pages": pages,
        "facets": beside,
        "form": bool(arguments.one("form")) or bool(said),
        "fields": filter_form.fields(connection, arguments) if arguments.one("form") or said else [],
        "having": filter_form.HAVING,
        "cited": filter_form.CITED,
        "offered": [(name, heading(name), name in _columns(kind, arguments)) for name in _offered(kind)],
        "sorts": [(name, heading(name)) for name in _offered(kind)],
        "arguments": arguments,
        "active": _active(arguments),
        "carried": arguments.hidden(("q", "form")),
        "may_run_sql": may_run_sql,
        "command": command(kind, arguments),
        "sql_table": {"highlights": "annotations"}.get(kind, kind),
    }


def _offered(kind: str) -> tuple[str, ...]:
    return (*LOOKS[kind].columns, *LOOKS[kind].more)


def _columns(kind: str, arguments: Arguments) -> tuple[str, ...]:
    """Those that are asked for, in our order; the usual ones where none of them is."""
    asked = {name for value in arguments.all("columns") for name in value.split(",")}
    return tuple(name for name in _offered(kind) if name in asked) or LOOKS[kind].columns


def pages_of(total: int, size: int, arguments: Arguments) -> Pages:
    """Where the argument `page` leads to in a list of `total` rows."""
    last_page = max(1, -(-total // size))
    page = min(arguments.number("page", 1, _LAST_PAGE), last_page)

    def to(number: int) -> str | None:
        return arguments.but(page=str(number), limit=arguments.one("limit")) if 1 <= number <= last_page else None

    first = (page - 1) * size
    return Pages(first + 1 if total else 0, min(first + size, total), total, to(page - 1), to(page + 1))


def _table(
    connection: sqlite3.Connection,
    site: Site,
    vault: str,
    kind: Kind,
    filters: Filters,
    where: str,
    arguments: Arguments,
    pages: Pages,
) -> Table:
    columns = _columns(kind.name, arguments)
    unseen = tuple(name for name in LOOKS[kind.name].unseen if name not in columns)
    sort = arguments.one("sort")
    wanted = Wanted(
        where=where,
        sort=(sort,) if sort else (),
        columns=(*columns, *unseen),
        limit=arguments.number("limit", PER_PAGE, _MOST_PER_PAGE),
        offset=max(0, pages.first - 1),
    )
    found = listing.rows(connection, kind, filters, wanted)
    heads = tuple(_head(column, arguments) for column in columns)
    return Table(heads, tuple(_row(site, vault, kind.name, found.columns, row, len(columns)) for row in found.rows))


def short_table(connection: sqlite3.Connection, site: Site, vault: str, filters: Filters) -> Table:
    """The works that filters choose, newest first, on a page about something else."""
    columns = ("title", "creators", "year", "container", "read_status", "citekey")
    wanted = Wanted(columns=(*columns, "path"), sort=("-year",), limit=_MOST_ELSEWHERE)
    found = listing.rows(connection, KINDS["works"], filters, wanted)
    heads = tuple(Head(column, heading(column), "", "") for column in columns)
    return Table(heads, tuple(_row(site, vault, "works", found.columns, row, len(columns)) for row in found.rows))


def _head(column: str, arguments: Arguments) -> Head:
    sort = arguments.one("sort")
    now = "ascending" if sort == column else "descending" if sort == f"-{column}" else ""
    return Head(column, heading(column), arguments.but(sort=f"-{column}" if now == "ascending" else column), now)


def _row(
    site: Site, vault: str, kind: str, columns: tuple[str, ...], values: tuple[Any, ...], shown: int
) -> tuple[tuple[str, Markup], ...]:
    row = dict(zip(columns, values, strict=True))
    return tuple((column, cells.text(Cell(row[column], column, row, kind, site, vault))) for column in columns[:shown])


def _active(arguments: Arguments) -> list[tuple[str, str, str]]:
    """The filters that are set: (label, value, the address without it)."""
    labels = {field.name: field.label for field in filter_form.FIELDS}
    labels |= {"q": "Words", "has": "Has", "cited": "Cited", "where": "Condition"}
    return [
        (
            labels[name],
            filter_form.HAVING.get(value, value) if name == "has" else value,
            arguments.toggled(name, value, several=True),
        )
        for name, value in arguments.pairs
        if name in labels
    ]


def command(kind: str, arguments: Arguments) -> str:
    """The same list at the command line; '' where words are searched for, which has an order of its own there."""
    if arguments.one("q"):
        return ""
    options = [_option(name, value) for name, value in arguments.pairs if name not in ("page", "form")]
    return " ".join(["litindex list", kind, *options])


def _option(name: str, value: str) -> str:
    if name == "cited":
        return "--cited" if value == "yes" else "--uncited"
    return f"--{name} {shlex.quote(value)}"
