"""The named questions in their groups, and a page for each: its parameters as lists to choose from, what it finds as links."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.html import cells
from litindex.datasette_plugin.html.cells import Cell
from litindex.datasette_plugin.html.headings import heading
from litindex.datasette_plugin.pages import filter_form
from litindex.datasette_plugin.pages.arguments import Arguments
from litindex.datasette_plugin.pages.filter_form import Choice, choices
from litindex.datasette_plugin.pages.listing import PER_PAGE, pages_of
from litindex.errors import QueryError
from litindex.query import named
from litindex.query.named import NamedQuery, Parameter, Row, TimeLimit

GROUPS = {
    "Reading": ("reading-queue", "highlights", "colors", "tagged", "works-per-year", "changed-lately"),
    "Writing": ("cited-by", "cites", "never-cited", "cited-missing", "without-own-words", "open-tasks", "backlinks-of"),
    "People": ("author-list", "author", "coauthors-of", "same-person"),
    "Upkeep": (
        "problem-list", "duplicates", "orphans", "unresolved-links", "field-census", "template-generations", "what-changed", "lost-words",
    ),
}  # fmt: skip
OTHERS = "Yours"
MOST_ROWS = 1000

CITEKEYS = "SELECT citekey, 0 FROM works WHERE citekey IS NOT NULL ORDER BY imported_at DESC, note_id DESC LIMIT :most"
NOTES = "SELECT path, 0 FROM note_dates WHERE excluded = 0 ORDER BY mtime_ns DESC LIMIT :most"
CODES = "SELECT code, count(*) FROM problems GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :most"
SEVERITIES = "SELECT severity, count(*) FROM problems GROUP BY 1 ORDER BY 2 DESC LIMIT :most"
KINDS = "SELECT kind, count(*) FROM notes WHERE kind IN ('literature', 'note') GROUP BY 1 ORDER BY 1 LIMIT :most"
BY_NAME = {
    "code": CODES,
    "color": filter_form.COLORS,
    "kind": KINDS,
    "severity": SEVERITIES,
    "status": filter_form.STATUSES,
}
BY_TYPE = {"author": filter_form.AUTHORS, "citekey": CITEKEYS, "note": NOTES, "tag": filter_form.TAGS}


class Asked(NamedTuple):
    """A parameter as it stands in the form. `typed`: another value than the choices may be given."""

    parameter: Parameter
    value: str
    choices: tuple[Choice, ...]
    typed: bool

    @property
    def label(self) -> str:
        return "At most" if self.parameter.name == "limit" else heading(self.parameter.name)

    @property
    def is_known(self) -> bool:
        return filter_form.is_offered(self.value, self.choices)


def known(index: str) -> dict[str, NamedQuery]:
    """Those of the program and those that stand beside the index."""
    return named.load(Path(index).absolute().parent / "queries")


def grouped(questions: Mapping[str, NamedQuery]) -> dict[str, list[NamedQuery]]:
    """Every question in its group; those of the user last."""
    groups = {title: [questions[name] for name in names if name in questions] for title, names in GROUPS.items()}
    placed = {name for names in GROUPS.values() for name in names}
    groups[OTHERS] = [question for name, question in questions.items() if name not in placed]
    return {title: found for title, found in groups.items() if found}


def answer(
    connection: sqlite3.Connection, site: Site, vault: str, question: NamedQuery, arguments: Arguments, seconds: float
) -> dict[str, Any]:
    """Values for the page. A question that lacks what it needs is only a form; what goes wrong is said."""
    given = {parameter.name: arguments.one(parameter.name) for parameter in question.parameters}
    asked = [_asked(connection, parameter, given[parameter.name]) for parameter in question.parameters]
    lacks = any(each.parameter.default is None and not each.value for each in asked)
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    said = ""
    if not lacks:
        try:
            values = question.bind({name: value for name, value in given.items() if value})
            found = named.run(connection, question.sql, values, TimeLimit(seconds))
            columns = found.columns
            rows = list(islice(found.rows, MOST_ROWS + 1))
        except QueryError as error:
            said = str(error).partition(" (--")[0]
    pages = pages_of(min(len(rows), MOST_ROWS), PER_PAGE, arguments)
    return {
        "question": question,
        "asked": asked,
        "lacks": lacks,
        "said": said,
        "heads": [(column, heading(column)) for column in _shown(columns)],
        "rows": [_cells(site, vault, columns, row) for row in rows[max(0, pages.first - 1) : pages.last]],
        "pages": pages,
        "cut": len(rows) > MOST_ROWS,
        "sql_href": site.sql(question.sql, **given),
    }


def _asked(connection: sqlite3.Connection, parameter: Parameter, value: str) -> Asked:
    sql = BY_NAME.get(parameter.name) or BY_TYPE.get(parameter.type) or ""
    is_typed = parameter.name not in BY_NAME
    return Asked(parameter, value or parameter.default or "", choices(connection, sql), is_typed)


def _shown(columns: tuple[str, ...]) -> tuple[str, ...]:
    """A note is named by its title, which leads to it, or else by its path."""
    return tuple(column for column in columns if column != "path" or "title" not in columns)


def _cells(site: Site, vault: str, columns: tuple[str, ...], values: tuple[Any, ...]) -> list[tuple[str, Markup]]:
    row = dict(zip(columns, values, strict=True))
    return [(column, cells.text(Cell(row[column], column, row, None, site, vault))) for column in _shown(columns)]
