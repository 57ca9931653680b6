"""Rows of one kind of thing (works, notes, highlights, tasks, people, tags) that filters choose, with the columns and in
the order that is wanted.

What filters choose are notes: a highlight or task is that of such a note, a person or tag one of such a note, with the
number of them.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from litindex.errors import QueryError
from litindex.query.lists.filters import ANY, Filters, condition
from litindex.query.named import TIMEOUT, Result, TimeLimit, Value, run
from litindex.query.suggestions import no_such

_NOTE_COUNTS = """
  (SELECT count(*) FROM annotations a WHERE a.note_id = n.id) AS highlights,
  (SELECT count(DISTINCT note_id) FROM (
     SELECT c.note_id FROM citations c WHERE c.target_note_id = n.id AND c.note_id <> n.id
     UNION ALL SELECT l.note_id FROM links l WHERE l.target_note_id = n.id AND l.note_id <> n.id)) AS cited_by,
  n.own_word_count AS own_words"""
_NOTE_DATES = """
  (SELECT d.created_on FROM note_dates d WHERE d.note_id = n.id) AS created_on,
  (SELECT d.modified_on FROM note_dates d WHERE d.note_id = n.id) AS modified_on"""
# What is beside notes and works is looked up, not joined: a count, an order or a table then costs what its columns cost.
WORKS = f"""
SELECT w.*, n.path, n.folder, n.line_count AS lines, {_NOTE_COUNTS}, {_NOTE_DATES}
FROM works w JOIN notes n ON n.id = w.note_id
WHERE {{condition}}"""
NOTES = f"""
SELECT n.title, n.kind, n.path, n.folder, n.name, n.id AS note_id, {_NOTE_COUNTS}, n.word_count AS words, n.line_count AS lines,
  (SELECT json_group_array(name) FROM (SELECT DISTINCT nt.name FROM note_tags nt WHERE nt.note_id = n.id ORDER BY nt.position)) AS tags,
  (SELECT count(*) FROM tasks t WHERE t.note_id = n.id AND t.completed = 0) AS open_tasks,
  (SELECT count(*) FROM problems p WHERE p.note_id = n.id) AS problems,
  w.citekey, w.creators, w.year, w.item_type, w.read_status, w.container, w.publisher, w.language, w.doi, w.date_read,
  n.day, n.title_source, {_NOTE_DATES}
FROM notes n LEFT JOIN works w ON w.note_id = n.id
WHERE n.excluded = 0 AND {{condition}}"""
HIGHLIGHTS = """
SELECT a.color_name, a.text, a.comment, a.page_label, w.citekey, n.title, w.year, a.type, a.color, a.heading, a.page,
  (SELECT json_group_array(t.name) FROM annotation_tags x JOIN tags t ON t.id = x.tag_id WHERE x.annotation_id = a.id) AS tags,
  a.uri, n.path, a.line, a.imported_at, a.note_id
FROM annotations a JOIN notes n ON n.id = a.note_id LEFT JOIN works w ON w.note_id = n.id
WHERE {condition}"""
TASKS = """
SELECT t.status, t.text, t.due, t.scheduled, t.start, t.created, t.completion, t.completed,
  (SELECT h.text FROM headings h WHERE h.note_id = t.note_id AND h.position = t.heading) AS heading, n.title, n.kind, n.path,
  t.line, t.note_id
FROM tasks t JOIN notes n ON n.id = t.note_id LEFT JOIN works w ON w.note_id = n.id
WHERE {condition}"""
PEOPLE = """
SELECT a.name, count(DISTINCT na.note_id) AS works, sum(na.role = 'author' AND na.role_position = 1) AS first_author,
  min(w.year) AS first_year, max(w.year) AS last_year, a.kind, a.family, a.given, group_concat(DISTINCT na.role) AS roles,
  a.name_key, a.id AS author_id
FROM authors a JOIN note_authors na ON na.author_id = a.id JOIN works w ON w.note_id = na.note_id
  JOIN notes n ON n.id = na.note_id
WHERE {condition}
GROUP BY a.id"""
TAGS = """
SELECT e.tag, count(DISTINCT e.note_id) AS notes, count(DISTINCT w.note_id) AS works,
  count(DISTINCT iif(e.written_tag = e.tag, e.note_id, NULL)) AS itself, e.kind, e.tag_id
FROM note_tags_expanded e JOIN notes n ON n.id = e.note_id LEFT JOIN works w ON w.note_id = n.id
WHERE {condition}
GROUP BY e.tag_id"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: where its rows come from, which columns are shown and in which order where nobody says.

    `is_of_notes`: a row is a note, known by its note_id. Then the rows of a page are chosen before their columns are read.
    """

    name: str
    sql: str
    columns: tuple[str, ...]
    order: str
    is_of_notes: bool = False


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "works", WORKS, ("citekey", "title", "creators", "year", "item_type", "read_status"), "year DESC, title, path", True
        ),
        Kind("notes", NOTES, ("title", "tags", "words", "own_words", "modified_on", "path"), "path", True),
        Kind(
            "highlights", HIGHLIGHTS, ("color_name", "text", "comment", "page_label", "citekey", "path", "line"), "path, line"
        ),
        Kind("tasks", TASKS, ("status", "text", "due", "path", "line"), "completed, due IS NULL, due, path, line"),
        Kind("people", PEOPLE, ("name", "works", "first_author", "first_year", "last_year"), "works DESC, name_key"),
        Kind("tags", TAGS, ("tag", "notes", "works", "itself"), "tag COLLATE NOCASE, kind"),
    )
}  # fmt: skip
_OTHER_NAMES = {
    "author": "creators", "authors": "creators", "type": "item_type", "status": "read_status", "journal": "container",
    "color": "color_name", "colour": "color_name", "page": "page_label", "key": "citekey", "modified": "modified_on",
    "created": "created_on", "cited": "cited_by", "own": "own_words", "tag": "tags",
}  # fmt: skip
"""What columns are called in the options."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`where`: a condition in SQL on the columns of the kind; `sort`: columns, one with `-` before it downwards;
    `columns`: those to show, none for the usual ones, `all` for all; `limit`: at most so many rows, behind `offset` others.
    """

    where: str = ""
    sort: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    limit: int | None = None
    offset: int = 0


USUAL: Final = Wanted()


def rows(
    connection: sqlite3.Connection,
    kind: Kind,
    filters: Filters = ANY,
    wanted: Wanted = USUAL,
    timeout: float = TIMEOUT,
) -> Result:
    """The rows as they come. QueryError: a filter, column or condition that cannot be, or more than `timeout` seconds."""
    source, values = _source(connection, kind, filters, wanted.where)
    columns = columns_of(connection, kind)
    shown = ", ".join(_shown_columns(kind, columns, wanted.columns))
    order = ", ".join((*(_order(kind, columns, each) for each in wanted.sort), kind.order))
    part = f"{source}\nORDER BY {order}\nLIMIT :most OFFSET :skipped"
    if kind.is_of_notes and wanted.limit is not None:
        part = f"({kind.sql.format(condition=f'n.id IN (SELECT note_id FROM {part})')})\nORDER BY {order}"
    values |= {"most": -1 if wanted.limit is None else wanted.limit, "skipped": wanted.offset}
    return run(connection, f"SELECT {shown} FROM {part}", values, TimeLimit(timeout))


def counts(
    connection: sqlite3.Connection,
    kind: Kind,
    columns: Sequence[str],
    filters: Filters = ANY,
    where: str = "",
    timeout: float = TIMEOUT,
) -> dict[str, Counter[Value]]:
    """How many rows have each value of each of the columns, from one reading of them. QueryError as `rows`."""
    source, values = _source(connection, kind, filters, where)
    known = columns_of(connection, kind)
    names = ", ".join(_quoted(_column(kind, known, column)) for column in columns)
    if len(columns) == 1:  # of which SQLite hands out less than a value a row
        sql = f"SELECT {names}, count(*) FROM {source}\nGROUP BY 1"
        found = run(connection, sql, values, TimeLimit(timeout)).rows
        return {columns[0]: Counter({value: int(str(total)) for value, total in found})}
    read = run(connection, f"SELECT {names} FROM {source}", values, TimeLimit(timeout)).rows
    counted = zip(*read, strict=True)
    return {column: Counter(next(counted, ())) for column in columns}


def _source(connection: sqlite3.Connection, kind: Kind, filters: Filters, where: str) -> tuple[str, dict[str, Value]]:
    """What stands behind FROM, and the values that it names."""
    chosen = condition(connection, filters, of_highlights=kind.name == "highlights")
    sql = kind.sql.format(condition=chosen.sql if kind.name != "people" else _themselves(chosen.sql, filters))
    return f"({sql})" + (f"\nWHERE ({where}\n)" if where else ""), dict(chosen.values)


def _themselves(sql: str, filters: Filters) -> str:
    """People by a name are those who have it, not also those who wrote with them."""
    named = " OR ".join(f"a.id IN (SELECT value FROM json_each(:author{at}))" for at in range(len(filters.authors)))
    return f"{sql}\n  AND ({named})" if named else sql


def note_ids(connection: sqlite3.Connection, filters: Filters, where: str = "", kind: str = "works") -> set[int]:
    """The works (or notes) that filters and a condition on their columns choose. QueryError as `rows`."""
    found = rows(connection, KINDS[kind], filters, Wanted(where=where, columns=("note_id",)))
    return {int(str(note_id)) for (note_id,) in found.rows}


def columns_of(connection: sqlite3.Connection, kind: Kind) -> list[str]:
    """All columns that a kind has: those that conditions, orders and tables may name."""
    return list(run(connection, f"SELECT * FROM ({kind.sql.format(condition='0')}) LIMIT 0").columns)


def _shown_columns(kind: Kind, columns: Sequence[str], wanted: Sequence[str]) -> list[str]:
    names = [name.strip() for each in wanted for name in each.split(",") if name.strip()]
    if names == ["all"]:
        return [_quoted(name) for name in columns]
    return [_quoted(_column(kind, columns, name)) for name in names or kind.columns]


def _order(kind: Kind, columns: Sequence[str], wanted: str) -> str:
    """Empty values come last, whatever the direction."""
    down = wanted.startswith("-")
    name = _quoted(_column(kind, columns, wanted.removeprefix("-").removeprefix("+")))
    return f"{name} IS NULL, {name}{' DESC' if down else ''}"


def _column(kind: Kind, columns: Sequence[str], typed: str) -> str:
    name = re.sub(r"[\s-]+", "_", typed.strip().lower())
    for each in (name, _OTHER_NAMES.get(name, "")):
        if each in columns:
            return each
    raise QueryError(f"{kind.name} have {no_such('column', typed, columns)}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
