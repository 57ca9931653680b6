"""What an agent can ask, and where each answer comes from: the questions of the command line, a page at a time."""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from sqlite3 import Connection
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from litindex.errors import NothingFound, QueryError
from litindex.index import authorizer, known_files
from litindex.mcp import answers, limits
from litindex.query import named, schema_words
from litindex.query.connection import reading
from litindex.query.lists.filters import Filters, from_options
from litindex.query.lists.listing import KINDS, Wanted, rows
from litindex.query.named import Value
from litindex.query.notes import note_details, note_text
from litindex.query.notes.find_note import find_one
from litindex.query.suggestions import no_such
from litindex.query.words import search as full_text
from litindex.query.words.excerpt import MARKS
from litindex.query.words.search import Hit
from litindex.vault import read_file

Called = Annotated[
    str, Field(description="Citekey (with or without @), path, DOI or another identifier, alias or title.")
]
Cursor = Annotated[str, Field(description="The next_cursor of the answer before, to go on where it ended.")]
Limit = Annotated[int, Field(ge=1, le=limits.MOST_ROWS, description="At most so many; the answer may hold fewer.")]
_Several = list[str] | str | None

_FILE: Final = {True: "as indexed", False: "changed since it was indexed", None: "not found"}
_LISTS: Final = ("creators", "tags")
_WORD = re.compile(f"{MARKS[0]}([^{MARKS[1]}]*){MARKS[1]}")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which notes; what is left out does not matter. Several tags or authors: each of them; several of anything else: one
    of them.
    """

    tag: Annotated[_Several, Field(description="With this tag or one below it.")] = None
    author: Annotated[_Several, Field(description="By (a part of) this name.")] = None
    year: Annotated[str | int | None, Field(description="2020, 2020..2024, 2020.. or ..2024.")] = None
    type: Annotated[_Several, Field(description="book, journal article … (as Zotero says).")] = None
    status: Annotated[_Several, Field(description="Read status: unread, reading, read …")] = None
    container: Annotated[_Several, Field(description="In this journal, book or site.")] = None
    folder: Annotated[_Several, Field(description="In this folder or one below it.")] = None
    color: Annotated[str | None, Field(description="With a highlight of this colour.")] = None
    has: Annotated[_Several, Field(description="Has a pdf, a doi, own (words), highlights.")] = None
    cited: Annotated[bool | None, Field(description="Whether other notes cite it or link to it.")] = None

    def filters(self, *, mine: bool = False) -> Filters:
        given = ((each.name, getattr(self, each.name)) for each in fields(self))
        return from_options({name: value for name, value in given if value is not None}, mine=mine)


ANY: Final = Narrowed()


class Tools:
    """The tools of one index. Each call opens it: the answer is what a build or a running watch left last."""

    def __init__(self, index: Path) -> None:
        self._index = index

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        """One state of the index for all statements of a call."""
        with reading(self._index) as connection, authorizer.snapshot(connection):
            yield connection

    def search(
        self,
        words: Annotated[str, Field(description='Words, "a phrase", beginnings*, AND, OR, NOT, brackets.')],
        where: Literal["notes", "highlights", "all"] = "notes",
        mine: Annotated[bool, Field(description="Only in the user's own words, not in what was imported.")] = False,
        filters: Narrowed = ANY,
        limit: Limit = 10,
        cursor: Cursor = "",
    ) -> answers.SearchAnswer:
        """Full-text search over notes or over highlights of documents, best first, with path, line and surroundings."""
        most = limits.start(cursor) + limit + 1
        with self._asking() as connection:
            found = full_text.search(connection, words, filters.filters(mine=mine), where, most)
            page = limits.page((_place(connection, hit) for hit in found.hits), cursor, limit)
        return answers.SearchAnswer(
            found=page.items,
            next_cursor=page.next_cursor,
            words_only=found.words_only,
            did_you_mean=found.meant or None,
        )

    def list_works(
        self,
        filters: Narrowed = ANY,
        where: Annotated[str, Field(description='A condition in SQL on the columns: "highlights > 3".')] = "",
        sort: Annotated[list[str] | str, Field(description="Columns; -column: the largest first.")] = "",
        limit: Limit = 20,
        cursor: Cursor = "",
    ) -> answers.WorksAnswer:
        """The works (papers, books …) that filters choose, the newest first."""
        names = tuple(each.name for each in fields(answers.ListedWork))
        order = tuple(filter(None, (sort,) if isinstance(sort, str) else sort))
        wanted = Wanted(where, order, names, limits.start(cursor) + limit + 1)
        with self._asking() as connection:
            found = rows(connection, KINDS["works"], filters.filters(), wanted)
            page = limits.page((_work(names, row) for row in found.rows), cursor, limit)
        return answers.WorksAnswer(works=page.items, next_cursor=page.next_cursor)

    def get_work(self, work: Called, limit: Limit = 50, cursor: Cursor = "") -> answers.WorkAnswer:
        """Everything about one work or note: reference, abstract, the user's own words, highlights with their lines, links,
        who cites it, problems, and the provenance of each bibliographic value. The cursor goes on among the highlights.
        """
        with self._asking() as connection:
            found = find_one(connection, work)
            sheet = note_details.load(connection, found.note_id)
            lines = note_text.load(connection, found.path).line_count
        page = limits.page(sheet.highlights, cursor, limit)
        names = ("links", "backlinks", "cited_by", "provenance", "problems")
        lists = {name: getattr(sheet, name) for name in names}
        return answers.WorkAnswer(
            path=sheet.path, title=sheet.title, kind=sheet.kind, lines=lines, obsidian_uri=sheet.obsidian_uri,
            reference=limits.plain(sheet.work) if sheet.work else {}, own=sheet.own, creators=sheet.creators,
            identifiers=sheet.identifiers, aliases=sheet.aliases, tags=sheet.tags, zotero_tags=sheet.zotero_tags,
            collections=sheet.collections, highlights=page.items, next_cursor=page.next_cursor,
            more={name: len(each) - limit for name, each in lists.items() if len(each) > limit} or None,
            **{name: each[:limit] for name, each in lists.items()},
        )  # fmt: skip

    def get_note(
        self,
        note: Called,
        from_line: Annotated[int, Field(ge=1, description="The first line of the file that is wanted.")] = 1,
        to_line: Annotated[int | None, Field(ge=1, description="The last one; none: to the end.")] = None,
        limit: Limit = limits.MOST_ROWS,
        cursor: Cursor = "",
    ) -> answers.NoteAnswer:
        """The text of any note by lines of its file, exactly as the index read it, to quote from; its front matter comes as
        properties. It says when the file has changed since.
        """
        with self._asking() as connection:
            text = note_text.load(connection, find_one(connection, note).path)
            vault = known_files.load_meta(connection).get("vault", "")
        if text.is_excluded:
            raise NothingFound(f"{text.path} is excluded by the settings of Obsidian: its text is not in the index")
        page = limits.page(_lines(text, from_line, to_line), cursor, limit)
        state = read_file.is_unchanged(vault, text.path, text.size, text.mtime_ns)
        return answers.NoteAnswer(
            path=text.path, title=text.title, line_count=text.line_count, first_text_line=text.first, file=_FILE[state],
            properties=text.properties or None, lines=page.items, next_cursor=page.next_cursor,
        )  # fmt: skip

    def cites(
        self,
        note: Called,
        direction: Annotated[
            Literal["cited_by", "cites"], Field(description="cited_by: who cites it; cites: what it cites.")
        ] = "cited_by",
        limit: Limit = 50,
        cursor: Cursor = "",
    ) -> answers.CitesAnswer:
        """Citations and links between notes, with the path and line where each stands."""
        with self._asking() as connection:
            found = find_one(connection, note)
            cited = _cites(connection, found.path) if direction == "cites" else _cited_by(connection, found.note_id)
            page = limits.page(cited, cursor, limit)
        return answers.CitesAnswer(
            path=found.path, title=found.title, citations=page.items, next_cursor=page.next_cursor
        )

    def query_sql(
        self,
        sql: Annotated[str, Field(description="One SELECT, or the name of a question that vault_schema lists.")],
        parameters: Annotated[
            dict[str, str | int | float | None] | None, Field(description="Values of :name in the SQL.")
        ] = None,
        limit: Limit = 50,
        cursor: Cursor = "",
    ) -> answers.RowsAnswer:
        """Ask the index in SQLite's SQL; nothing can be written, and it is stopped after 10 seconds. Select path and line
        where you want to quote. See vault_schema for tables.
        """
        values: dict[str, Value] = dict(parameters or {})
        if named.is_name(sql):
            question = named.find(sql, named.load(self._index.with_name("queries")))
            sql, values = question.sql, question.bind({name: str(each) for name, each in values.items()})
        with reading(self._index) as connection:
            result = named.run(connection, sql, values)
            page = limits.page((tuple(map(_cell, row)) for row in result.rows), cursor, limit)
        return answers.RowsAnswer(columns=result.columns, rows=page.items, next_cursor=page.next_cursor)

    def vault_schema(
        self,
        table: Annotated[str, Field(description="A table or view, for its columns; none: all, without them.")] = "",
    ) -> answers.SchemaAnswer:
        """What the vault's index holds: its tables and what they mean, or the columns of one, and the named questions."""
        known = schema_words.tables()
        if table and table not in known:
            raise QueryError(no_such("table", table, known))
        with self._asking() as connection:
            meta, counts = known_files.load_meta(connection), known_files.totals(connection)
        questions = () if table else tuple(_questions(self._index))
        return answers.SchemaAnswer(
            vault=meta.get("vault", ""), indexed_at=meta.get("indexed_at"), counts=None if table else counts,
            tables=tuple(_described(each, whole=bool(table)) for each in known.values() if table in ("", each.name)),
            questions=questions,
        )  # fmt: skip


# ------------------------------------------------------------------------------------------------ rows as answers


def _place(connection: Connection, hit: Hit) -> answers.FoundPlace:
    plain = hit.unmarked()
    return answers.FoundPlace(
        kind="note" if hit.line is None else "highlight", path=hit.path, title=hit.title, text=plain.excerpt or None,
        line=_line_of(note_text.load(connection, hit.path), hit.excerpt) if hit.line is None else hit.line,
        comment=plain.comment, citekey=hit.citekey, creators=hit.creators, year=hit.year, item_type=hit.item_type,
        status=hit.status, page=hit.page, color=hit.color, uri=hit.uri,
    )  # fmt: skip


def _line_of(text: note_text.NoteText, excerpt: str) -> int | None:
    """Where an excerpt stands: its line with the first word that was found, else that word."""
    found = _WORD.search(excerpt)
    if not found:
        return None
    begin, end = excerpt.rfind("\n", 0, found.start()) + 1, excerpt.find("\n", found.end())
    around = _WORD.sub(r"\1", excerpt[begin : end if end >= 0 else None]).strip("… ")
    return text.line_of(around) or text.line_of(found[1])


def _work(names: Sequence[str], row: Sequence[Value]) -> answers.ListedWork:
    values: dict[str, Any] = dict(zip(names, row, strict=True))
    return answers.ListedWork(**{**values, **{name: tuple(json.loads(values[name] or "[]")) for name in _LISTS}})


def _lines(text: note_text.NoteText, first: int, last: int | None) -> Iterator[answers.Line]:
    for number, line in enumerate(text.lines, text.first):
        if number >= first and (last is None or number <= last):
            for column, piece in limits.pieces(line):
                yield answers.Line(number, piece, column if column > 1 else None)


def _cites(connection: Connection, path: str) -> Iterator[answers.CitedWork]:
    question = named.load()["cites"]
    result = named.run(connection, question.sql, question.bind({"note": path}))
    for row in result.rows:
        values: dict[str, Any] = dict(zip(result.columns, row, strict=True))
        yield answers.CitedWork(**values)


def _cited_by(connection: Connection, note_id: int) -> Iterator[answers.CitedWork]:
    sheet = note_details.load(connection, note_id)
    citekey = sheet.work.citekey if sheet.work else None
    for how, found in (("link", sheet.backlinks), ("citation", sheet.cited_by)):
        for each in found:
            yield answers.CitedWork(each.path, how, each.line, citekey, sheet.title, sheet.path, each.words)


def _cell(value: Value) -> str | int | float | None:
    """JSON has neither bytes nor infinity."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _described(table: schema_words.Table, *, whole: bool) -> answers.DescribedTable:
    columns = tuple(answers.DescribedColumn(*each) for each in table.columns) if whole else ()
    return answers.DescribedTable(table.name, table.kind, table.meaning, columns, table.sql if whole else None)


def _questions(index: Path) -> Iterator[answers.DescribedQuestion]:
    for each in named.load(index.with_name("queries")).values():
        meanings = {parameter.name: parameter.meaning or parameter.type for parameter in each.parameters}
        yield answers.DescribedQuestion(each.name, each.description or each.title, meanings)
