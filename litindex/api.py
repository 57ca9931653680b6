"""What `import litindex` offers to programs and notebooks; `litindex/__init__.py` names it.

One index, open for reading, answers the questions of the command line with the same code; rows come as named tuples, of
which `pandas.DataFrame` makes a table by itself.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypedDict, TypeVar, Unpack

from litindex.errors import LitindexError
from litindex.index import authorizer
from litindex.models import Note
from litindex.parser import parse_note
from litindex.parser.frontmatter.handler import ObsidianHandler
from litindex.query import named
from litindex.query.connection import opened
from litindex.query.lists import filters as of_lists
from litindex.query.lists.listing import KINDS, Wanted, rows
from litindex.query.named import TIMEOUT, TimeLimit, Value
from litindex.query.notes import note_details
from litindex.query.notes.find_note import find_one
from litindex.query.notes.note_details import Sheet
from litindex.query.words import search as full_text
from litindex.query.words.search import Hit
from litindex.sync import indexer
from litindex.sync.report import Report

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = [
    "Filters", "HighlightRow", "Hit", "Index", "LitindexError", "Note", "NoteRow", "ObsidianHandler", "Report", "Sheet",
    "WorkRow", "build", "open", "parse",
]  # fmt: skip

_Row = TypeVar("_Row", bound="WorkRow | NoteRow | HighlightRow")
_OneOrMore = str | Sequence[str]


class Filters(TypedDict, total=False):
    """What a note must be, in the words of the options of `litindex list`. Several tags or authors: each of them;
    several of anything else: one of them. A value that nothing in the index has is an error.
    """

    tag: _OneOrMore
    """With this tag or one below it."""
    author: _OneOrMore
    """By (a part of) this name."""
    year: int | str
    """2020, or as text "2020..2024", "2020..", "..2024"."""
    type: _OneOrMore
    """book, journal article … (as shown or as Zotero says)."""
    status: _OneOrMore
    """Read status: unread, reading, read …"""
    container: _OneOrMore
    """In this journal, book or site (a part of its name)."""
    folder: _OneOrMore
    """In this folder or one below it."""
    color: str
    """With a highlight of this colour; of highlights: of this colour themselves."""
    has: _OneOrMore
    """pdf, doi, own (words of your own), highlights."""
    cited: bool
    """Whether other notes cite it or link to it."""


_LISTS: Final = ("creators", "tags")


class WorkRow(NamedTuple):
    """A work, which is what a literature note is about. Dates are ISO 8601, as far as they are known."""

    path: str
    """Of its note, from the vault's root."""
    citekey: str | None
    title: str | None
    creators: tuple[str, ...]
    """Family, Given."""
    year: int | None
    date: str | None
    item_type: str | None
    """As Zotero says: journalArticle."""
    container: str | None
    """Journal, book, site, proceedings …"""
    publisher: str | None
    place: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    edition: str | None
    series: str | None
    language: str | None
    doi: str | None
    abstract: str | None
    read_status: str | None
    """unread, reading, read, or as written."""
    date_read: str | None
    tags: tuple[str, ...]
    pdf: str | None
    zotero_library: str | None
    zotero_key: str | None
    highlights: int
    own_words: int
    cited_by: int
    """How many other notes cite it or link to it."""
    created_on: str | None
    modified_on: str | None
    note_id: int
    """Its key in the tables of the index, until the note goes."""


class NoteRow(NamedTuple):
    """Any note, whether it is about a work or not."""

    path: str
    title: str
    kind: str
    """literature, note, template, excalidraw."""
    folder: str
    tags: tuple[str, ...]
    citekey: str | None
    words: int
    own_words: int
    lines: int
    highlights: int
    cited_by: int
    open_tasks: int
    problems: int
    day: str | None
    """YYYY-MM-DD, where the file's name has one."""
    created_on: str | None
    modified_on: str | None
    note_id: int


class HighlightRow(NamedTuple):
    """What was marked in a document, and what was written about it there."""

    path: str
    line: int
    citekey: str | None
    title: str
    type: str | None
    color: str | None
    """#rrggbb."""
    color_name: str | None
    page_label: str | None
    text: str | None
    comment: str | None
    tags: tuple[str, ...]
    heading: str | None
    uri: str | None
    """Opens it in Zotero."""
    note_id: int


def build(
    vault: str | os.PathLike[str],
    index: str | os.PathLike[str],
    *,
    full: bool = False,
    jobs: int | None = None,
    wait: float = 0.0,
    follow_links: bool = False,
    allow_empty: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Makes the index of a vault, or brings it up to date, as `litindex build` does: only what changed is read, the vault
    is never written. The report says what was done.

    `full`: every note is read again. `jobs`: processes that parse (None: what is fastest here). `wait`: seconds to wait
    for another writer. `progress` is called with (notes done, of how many). All or nothing: on any error the index is as
    it was. LitindexError: no such vault, not our file, another process writes it.
    """
    return indexer.sync(
        Path(vault), _one_name(index), full=full, jobs=jobs, wait=wait, follow_links=follow_links,
        allow_empty=allow_empty, progress=progress,
    )  # fmt: skip


def parse(data: bytes, path: str = "Note.md") -> Note:
    """Everything that a note with these bytes says, without an index. Never raises: `problems` say what could not be read.

    `path` is that from the vault's root: names and folder come from it.
    """
    return parse_note(unicodedata.normalize("NFC", path), data)


def open(index: str | os.PathLike[str], *, timeout: float = TIMEOUT) -> Index:
    """An index, open for reading. `timeout`: seconds after which a question is stopped.

    LitindexError: there is none, it is not ours, or another version made it.
    """
    return Index(_one_name(index), timeout)


def _one_name(index: str | os.PathLike[str]) -> Path:
    """By which the lock and the journal of an index are found."""
    return Path(os.path.realpath(index))


class Index:
    """An index, open for reading, a context manager. It is the live one: each question is answered by what a build or a
    running `litindex watch` left last. To be used in the thread that opened it.

    LitindexError: a question that cannot be asked, or takes too long.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        self.path: Final = path
        self.timeout: Final = timeout
        self._connection: Final = opened(path)

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Also `db`. Questions are errors from then on."""
        self._connection.close()
        if "db" in self.__dict__:
            self.db.close()

    def works(
        self, *, where: str = "", sort: _OneOrMore = (), limit: int | None = None, **filters: Unpack[Filters]
    ) -> list[WorkRow]:
        """The works that the filters choose, the newest first. `where`: a condition in SQL on the columns; `sort`: columns,
        one with `-` before it downwards.
        """
        return self._rows(WorkRow, "works", Wanted(where, _several(sort), limit=limit), filters)

    def notes(
        self, *, where: str = "", sort: _OneOrMore = (), limit: int | None = None, **filters: Unpack[Filters]
    ) -> list[NoteRow]:
        """The notes that the filters choose, works among them, by path; otherwise as `works`."""
        return self._rows(NoteRow, "notes", Wanted(where, _several(sort), limit=limit), filters)

    def highlights(
        self, *, where: str = "", sort: _OneOrMore = (), limit: int | None = None, **filters: Unpack[Filters]
    ) -> list[HighlightRow]:
        """The highlights of the notes that the filters choose, by path and line; otherwise as `works`."""
        return self._rows(HighlightRow, "highlights", Wanted(where, _several(sort), limit=limit), filters)

    def search(
        self,
        text: str,
        *,
        within: Literal["notes", "highlights", "all"] = "notes",
        mine: bool = False,
        limit: int = 20,
        **filters: Unpack[Filters],
    ) -> list[Hit]:
        """The best hits of full-text search, with what was found in its surroundings. Words, "a phrase", beginnings*,
        AND, OR, NOT, brackets. `mine`: only among the user's own words.
        """
        chosen = of_lists.from_options(filters, mine=mine)
        found = full_text.search(self._connection, text, chosen, within, limit, self.timeout)
        return [hit.unmarked() for hit in found.hits]

    def show(self, called: str) -> Sheet:
        """Everything known about one work or note: by citekey, path, name, DOI or another identifier, alias or title.

        LitindexError: nothing is called so, or several are; it names what may be meant.
        """
        return note_details.load(self._connection, find_one(self._connection, called).note_id)

    def query(self, question: str, parameters: Mapping[str, Value] | None = None) -> list[dict[str, Value]]:
        """The rows that answer SQL, or a named query (`litindex query --list`), by column. `:name` in SQL is a parameter."""
        values = dict(parameters or {})
        if named.is_name(question):
            asked = named.find(question, named.load(self.path.with_name("queries")))
            question, values = asked.sql, asked.bind({name: str(value) for name, value in values.items()})
        result = named.run(self._connection, question, values, TimeLimit(self.timeout))
        return [dict(zip(result.columns, row, strict=True)) for row in result.rows]

    @cached_property
    def db(self) -> Database:
        """The index for sqlite-utils, on a connection of its own that can only read; no time limit."""
        from sqlite_utils import Database

        connection = opened(self.path)
        authorizer.allow_transactions(connection)
        return Database(connection, recursive_triggers=False, execute_plugins=False)

    def _rows(self, make: type[_Row], kind: str, wanted: Wanted, filters: Filters) -> list[_Row]:
        names = make._fields
        wanted = Wanted(wanted.where, wanted.sort, names, wanted.limit)
        result = rows(self._connection, KINDS[kind], of_lists.from_options(filters), wanted, self.timeout)
        return [make(*map(_value, names, row)) for row in result.rows]


def _value(name: str, value: Value) -> Any:
    return tuple(json.loads(str(value or "[]"))) if name in _LISTS else value


def _several(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
