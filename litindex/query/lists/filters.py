"""Which notes are meant: the one set of filters of `list`, `search`, `export` and the browser.

A filter is looked up in the index first (`values`), so that a value that nothing has is an error and no empty answer.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from litindex.errors import QueryError
from litindex.query.lists import values
from litindex.query.named import Value
from litindex.query.words import fts_query
from litindex.query.words.word_forms import WordForms

HAS = {
    "pdf": "w.pdf IS NOT NULL",
    "doi": "w.doi IS NOT NULL",
    "own": "n.own_word_count > 0",
    "highlights": "EXISTS (SELECT 1 FROM annotations x WHERE x.note_id = n.id)",
}
"""What a work can have, and how one sees it."""
CITED = """(
  EXISTS (SELECT 1 FROM citations c WHERE c.target_note_id = n.id AND c.note_id <> n.id)
  OR EXISTS (SELECT 1 FROM links l WHERE l.target_note_id = n.id AND l.note_id <> n.id))"""
TAGGED = """n.id IN (
  SELECT nt.note_id FROM tags t JOIN note_tags nt ON nt.tag_id = t.id JOIN json_each(:{0}) k
  WHERE t.tag_key = k.value OR (t.tag_key >= k.value || '/' AND t.tag_key < k.value || '0'))"""
WRITTEN_BY = "n.id IN (SELECT note_id FROM note_authors WHERE author_id IN (SELECT value FROM json_each(:{0})))"
AMONG = "{column} IN (SELECT value FROM json_each(:{name}))"
COLORED = f"EXISTS (SELECT 1 FROM annotations x WHERE x.note_id = n.id AND {AMONG.format(column='x.color_name', name='colors')})"
COLORED_ITSELF = AMONG.format(column="a.color_name", name="colors")
FOUND = "n.id IN (SELECT rowid FROM notes_fts WHERE notes_fts MATCH :words)"
FOUND_ITSELF = "a.id IN (SELECT rowid FROM annotations_fts WHERE annotations_fts MATCH :words)"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a note must be; what is empty does not matter. Several tags or authors: each of them. Several of anything
    else: one of them. `words` is a search; `mine`: only among the user's own words.
    """

    words: str = ""
    mine: bool = False
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    year: str = ""
    item_type: str | tuple[str, ...] = ()
    status: str | tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    color: str = ""
    has: tuple[str, ...] = ()
    cited: bool | None = None
    only: frozenset[int] | None = None
    """These notes (their ids) and no others."""


ANY: Final = Filters()
_OPTIONS: Final = {
    "tag": "tags", "author": "authors", "year": "year", "type": "item_type", "status": "status",
    "container": "containers", "folder": "folders", "color": "color", "has": "has", "cited": "cited",
}  # fmt: skip


def from_options(options: Mapping[str, Any], *, mine: bool = False) -> Filters:
    """What options of that name ask for: texts or several of them, `cited` True or False. TypeError: there is no such
    option.
    """
    if unknown := [name for name in options if name not in _OPTIONS]:
        raise TypeError(f"there is no filter {unknown[0]!r}; there are {', '.join(_OPTIONS)}")
    values: dict[str, Any] = {_OPTIONS[name]: _as_filter(name, value) for name, value in options.items()}
    return Filters(**values, mine=mine)


def _as_filter(name: str, value: Any) -> Any:
    if name in ("cited", "color"):
        return value
    if name == "year":
        return str(value)
    return (value,) if isinstance(value, str) else tuple(value)


class Condition(NamedTuple):
    """SQL over `n`, a row of notes, and `w`, its row of works or NULLs; always true where nothing is asked."""

    sql: str
    values: dict[str, Value]


def condition(connection: sqlite3.Connection, filters: Filters, *, of_highlights: bool = False) -> Condition:
    """`of_highlights`: colour and words are those of `a`, a row of annotations, not of any highlight of the note.

    QueryError: a value that nothing in the index has, a year that is none, words that cannot be searched for.
    """
    parts = ["1"]
    bound: dict[str, Value] = {}
    _add_values(connection, filters, parts, bound)
    parts += [_has(each) for each in filters.has]
    if filters.cited is not None:
        parts.append(CITED if filters.cited else f"NOT {CITED}")
    if filters.color:
        parts.append(COLORED_ITSELF if of_highlights else COLORED)
        bound["colors"] = _array(values.colors(connection, filters.color))
    if filters.year:
        parts.append("w.year BETWEEN :from_year AND :to_year")
        bound["from_year"], bound["to_year"] = years(filters.year)
    if filters.only is not None:
        parts.append(AMONG.format(column="n.id", name="only"))
        bound["only"] = _array(sorted(filters.only))
    if filters.words:
        parts.append(FOUND_ITSELF if of_highlights else FOUND)
        own = "comment" if of_highlights else "own"
        bound["words"] = _match(connection, filters.words, own if filters.mine else None)
    return Condition("\n  AND ".join(parts), bound)


def _add_values(connection: sqlite3.Connection, filters: Filters, parts: list[str], bound: dict[str, Value]) -> None:
    """Conditions whose values are looked up in the index."""
    for at, tag in enumerate(filters.tags):
        parts.append(TAGGED.format(f"tag{at}"))
        bound[f"tag{at}"] = _array(values.tag_keys(connection, tag))
    for at, author in enumerate(filters.authors):
        parts.append(WRITTEN_BY.format(f"author{at}"))
        bound[f"author{at}"] = _array(values.author_ids(connection, author))
    for name, (column, find, typed) in _alternatives(filters).items():
        if typed:
            parts.append(AMONG.format(column=column, name=name))
            bound[name] = _array(each for text in typed for each in find(connection, text))


def _match(connection: sqlite3.Connection, words: str, column: str | None) -> str:
    """What FTS5 is asked for where only that counts, not the place. QueryError: no word."""
    expression = fts_query.words_only(words, column, WordForms(connection).forms).match
    if not expression:
        raise QueryError(f"nothing to search for in {words!r}: give a word")
    return expression


def years(text: str) -> tuple[int, int]:
    """`2020`, `2020..2024`, `2020..`, `..2024` as the first and the last year. QueryError: anything else."""
    match = re.fullmatch(r"(\d{1,4})?(\.\.)?(\d{1,4})?", text.strip())
    if not match or not (match[1] or match[3]) or (match[3] and not match[2]):
        raise QueryError(f"{text!r} is no year: write 2020, 2020..2024, 2020.. or ..2024")
    first = int(match[1] or 0)
    return first, int(match[3]) if match[3] else 9999 if match[2] else first


_Find = Callable[[sqlite3.Connection, str], list[str]]


def _alternatives(filters: Filters) -> dict[str, tuple[str, _Find, tuple[str, ...]]]:
    """Name of the parameter -> column, what finds its values, what was typed: any of these."""
    return {
        "types": ("w.item_type", values.item_types, _several(filters.item_type)),
        "statuses": ("w.read_status", values.statuses, _several(filters.status)),
        "containers": ("w.container", values.containers, filters.containers),
        "folders": ("n.folder", values.folders, filters.folders),
    }


def _several(typed: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, (typed,))) if isinstance(typed, str) else typed


def _has(what: str) -> str:
    if what not in HAS:
        raise QueryError(f"a work cannot have {what!r}; there are {', '.join(HAS)}")
    return HAS[what]


def _array(found: Iterable[str] | Iterable[int]) -> str:
    return json.dumps(list(found), ensure_ascii=False)
