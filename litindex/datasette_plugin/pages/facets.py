"""What stands beside a list: how many of its rows are of each type, tag, journal …, each a link that narrows it down."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from litindex.datasette_plugin.pages import tag_tree
from litindex.datasette_plugin.pages.arguments import Arguments
from litindex.datasette_plugin.pages.tag_tree import Tag
from litindex.query.lists import listing
from litindex.query.lists.filters import HAS, Filters
from litindex.query.lists.listing import Kind
from litindex.query.lists.values import type_label

SHOWN = 8
MOST_TAGS = 12


class Choice(NamedTuple):
    """`depth`: how far below another tag, 0 for everything else."""

    label: str
    total: int
    href: str
    chosen: bool
    depth: int = 0


class Facet(NamedTuple):
    title: str
    choices: tuple[Choice, ...]
    more: int = 0


class Counted(NamedTuple):
    """A column that is counted, and the argument that narrows the list down to one of its values."""

    title: str
    column: str
    argument: str


COUNTED = {
    "works": (
        Counted("Read", "read_status", "status"),
        Counted("Type", "item_type", "type"),
        Counted("Published in", "container", "container"),
    ),
    "notes": (Counted("Folder", "folder", "folder"),),
    "highlights": (Counted("Colour", "color_name", "color"),),
    "tasks": (),
}


def facets(
    connection: sqlite3.Connection, kind: Kind, filters: Filters, where: str, arguments: Arguments
) -> list[Facet]:
    """Those that have something to choose. QueryError: a filter that cannot be."""
    found = [_counted(connection, kind, each, filters, where, arguments) for each in COUNTED[kind.name]]
    if kind.name in ("works", "notes"):
        found.insert(1, _tags(connection, kind, filters, where, arguments))
    if kind.name == "works":
        found += [
            _years(connection, kind, filters, where, arguments),
            _having(connection, kind, filters, where, arguments),
        ]
    return [facet for facet in found if facet.choices]


def _counted(
    connection: sqlite3.Connection, kind: Kind, counted: Counted, filters: Filters, where: str, arguments: Arguments
) -> Facet:
    values = [
        (str(value), total)
        for value, total in listing.counts(connection, kind, counted.column, filters, where, 200)
        if value != ""
    ]
    label = type_label if counted.column == "item_type" else str
    choices = tuple(
        Choice(
            label(value), total, arguments.toggled(counted.argument, value), value in arguments.all(counted.argument)
        )
        for value, total in values[:SHOWN]
    )
    return Facet(counted.title, choices, max(0, len(values) - SHOWN))


def _years(connection: sqlite3.Connection, kind: Kind, filters: Filters, where: str, arguments: Arguments) -> Facet:
    counted = listing.counts(connection, kind, "year", filters, where)
    values = sorted(((int(str(year)), total) for year, total in counted), reverse=True)
    chosen = arguments.one("year")
    choices = tuple(
        Choice(str(year), total, arguments.toggled("year", str(year)), chosen == str(year))
        for year, total in values[:SHOWN]
    )
    return Facet("Year", choices, max(0, len(values) - SHOWN))


def _having(connection: sqlite3.Connection, kind: Kind, filters: Filters, where: str, arguments: Arguments) -> Facet:
    labels = dict(zip(HAS, ("has PDF", "has DOI", "has own words", "has highlights"), strict=True))
    choices = [
        Choice(labels[has], 0, arguments.toggled("has", has, several=True), has in arguments.all("has")) for has in HAS
    ]
    for value, label in (("yes", "cited"), ("no", "never cited")):
        choices.append(Choice(label, 0, arguments.toggled("cited", value), arguments.one("cited") == value))
    return Facet("Only", tuple(choices))


def _tags(connection: sqlite3.Connection, kind: Kind, filters: Filters, where: str, arguments: Arguments) -> Facet:
    """The tree of tags, opened where one is chosen."""
    if where:
        filters = replace(filters, only=frozenset(listing.note_ids(connection, filters, where, kind.name)))
    works = kind.name == "works"
    counted = [(tag, tag.works if works else tag.notes) for tag in tag_tree.load(connection, filters)]
    counts = {tag: total for tag, total in counted if total}
    chosen = arguments.all("tag")
    shown = _opened(counts, chosen)
    choices = tuple(
        Choice(tag.leaf, counts[tag], arguments.toggled("tag", tag.name), tag.name in chosen, tag.depth)
        for tag in shown
    )
    return Facet("Tag", choices, len(counts) - len(shown))


def _opened(counts: Mapping[Tag, int], chosen: Sequence[str]) -> list[Tag]:
    """The most frequent tags of the first level, and what is below those that are chosen, in the order of the tree."""
    tops = sorted((tag for tag in counts if not tag.depth), key=lambda tag: -counts[tag])[:MOST_TAGS]
    opened = {tag[:at].casefold() for tag in chosen for at in (*_slashes(tag), len(tag))}
    shown = {tag for tag in counts if tag in tops or _above(tag) in opened or tag.name.casefold() in opened}
    return [tag for tag in counts if tag in shown]


def _above(tag: Tag) -> str:
    return tag.name.rpartition("/")[0].casefold()


def _slashes(tag: str) -> list[int]:
    return [at for at, sign in enumerate(tag) if sign == "/"]
