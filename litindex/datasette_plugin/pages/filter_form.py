"""The form that narrows a list down: the fields of `litindex list`, with lists to choose from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from litindex.datasette_plugin.kept import kept
from litindex.datasette_plugin.pages.arguments import Arguments
from litindex.query.lists.filters import HAS, Filters
from litindex.query.lists.values import type_label

TAGS = """
SELECT t.name, count(DISTINCT nt.note_id) FROM tags t JOIN note_tags nt ON nt.tag_id = t.id
GROUP BY t.tag_key ORDER BY 2 DESC, 1 LIMIT :most
"""
AUTHORS = """
SELECT a.name, count(*) FROM authors a JOIN note_authors na ON na.author_id = a.id
GROUP BY a.id ORDER BY 2 DESC, a.name_key LIMIT :most
"""
TYPES = "SELECT item_type, count(*) FROM works WHERE item_type IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :most"
STATUSES = (
    "SELECT read_status, count(*) FROM works WHERE read_status IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :most"
)
CONTAINERS = (
    "SELECT container, count(*) FROM works WHERE container IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :most"
)
FOLDERS = "SELECT folder, count(*) FROM notes WHERE folder <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :most"
COLORS = "SELECT DISTINCT color_name, 0 FROM annotations WHERE color_name IS NOT NULL ORDER BY 1 LIMIT :most"
MOST = 60
"""Choices of a field; another value can be typed where there may be more."""


class Field(NamedTuple):
    """A field of the form. `sql`: what its choices are; `typed`: another value may be given."""

    name: str
    label: str
    sql: str
    typed: bool = False
    hint: str = ""


FIELDS = (
    Field("author", "Author", AUTHORS, True, "a name or a part of it"),
    Field("tag", "Tag", TAGS, True, "with those below it"),
    Field("year", "Year", "", True, "2020 or 2018..2024"),
    Field("type", "Type", TYPES),
    Field("status", "Read", STATUSES),
    Field("container", "Published in", CONTAINERS, True, "a part of the name"),
    Field("folder", "Folder", FOLDERS, True),
    Field("color", "Highlight colour", COLORS),
)
HAVING = dict(zip(HAS, ("PDF", "DOI", "own words", "highlights"), strict=True))
CITED = {"yes": "cited or linked to", "no": "never cited"}
NAMES = (*(field.name for field in FIELDS), "has", "cited")


class Choice(NamedTuple):
    value: str
    label: str
    total: int


def is_offered(value: str, choices: Iterable[Choice]) -> bool:
    """Whether a value needs no place of its own among the choices: it is one of them, or none is given."""
    return not value or any(choice.value == value for choice in choices)


class Shown(NamedTuple):
    """A field as it stands in the page."""

    field: Field
    value: str
    choices: tuple[Choice, ...]

    @property
    def is_known(self) -> bool:
        return is_offered(self.value, self.choices)


def filters_of(arguments: Arguments, words: str = "", *, mine: bool = False) -> Filters:
    """What the fields say, for the code that `litindex list` asks as well."""
    cited = arguments.one("cited")
    return Filters(
        words=words,
        mine=mine,
        tags=arguments.all("tag"),
        authors=arguments.all("author"),
        year=arguments.one("year"),
        item_type=arguments.all("type"),
        status=arguments.all("status"),
        containers=arguments.all("container"),
        folders=arguments.all("folder"),
        color=arguments.one("color"),
        has=arguments.all("has"),
        cited=cited == "yes" if cited in CITED else None,
    )


def fields(connection: sqlite3.Connection, arguments: Arguments) -> list[Shown]:
    return [Shown(field, arguments.one(field.name), choices(connection, field.sql)) for field in FIELDS]


def choices(connection: sqlite3.Connection, sql: str) -> tuple[Choice, ...]:
    """The values that the index has, the most frequent first."""
    return kept(connection, _choices, sql) if sql else ()


def _choices(connection: sqlite3.Connection, sql: str) -> tuple[Choice, ...]:
    rows = connection.execute(sql, {"most": MOST})
    return tuple(Choice(value, type_label(value) if sql == TYPES else value, total) for value, total in rows)
