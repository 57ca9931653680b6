"""What stands beside a list: how many of its rows are of each type, tag, journal …, each a link that narrows it down."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from litindex.datasette_plugin.pages import tag_tree
from litindex.datasette_plugin.pages.arguments import Arguments
from litindex.datasette_plugin.pages.tag_tree import Tag
from litindex.query.lists import listing
from litindex.query.lists.filters import HAS, Filters
from litindex.query.lists.listing import KINDS
from litindex.query.lists.values import type_label
from litindex.query.named import Value

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
_COLUMNS = {
    "works": ("note_id", "read_status", "item_type", "container", "year"),
    "notes": ("note_id", "folder"),
    "highlights": ("color_name",),
    "tasks": ("note_id",),
}
"""Those that are read to count: of highlights, which are many, no more than is shown."""
_TAGGED = ("works", "notes")


class Tally(NamedTuple):
    """What a list holds: how many rows, how many of them have each value of a column, and its tags."""

    total: int
    columns: Mapping[str, Mapping[Value, int]]
    tags: tuple[Tag, ...]


def tally(connection: sqlite3.Connection, kind: str, filters: Filters, where: str) -> Tally:
    """QueryError: a filter or a condition that cannot be."""
    counted = listing.counts(connection, KINDS[kind], _COLUMNS[kind], filters, where)
    total = next(iter(counted.values())).total()
    notes = [int(str(each)) for each in counted.pop("note_id", ())]
    tags = tag_tree.load(connection, notes) if kind in _TAGGED else ()
    return Tally(total, counted, tags)


def facets(counted: Tally, kind: str, arguments: Arguments) -> list[Facet]:
    """Those that have something to choose."""
    found = [_of_column(each, counted.columns[each.column], arguments) for each in COUNTED[kind]]
    if kind in _TAGGED:
        found.insert(1, _tags(counted.tags, arguments))
    if kind == "works":
        found += [_years(counted.columns["year"], arguments), _having(arguments)]
    return [facet for facet in found if facet.choices]


def _of_column(counted: Counted, totals: Mapping[Value, int], arguments: Arguments) -> Facet:
    """The most frequent values first."""
    values = sorted(((-total, str(value)) for value, total in totals.items() if value not in (None, "")))
    label = type_label if counted.column == "item_type" else str
    chosen = arguments.all(counted.argument)
    choices = tuple(
        Choice(label(value), -total, arguments.toggled(counted.argument, value), value in chosen)
        for total, value in values[:SHOWN]
    )
    return Facet(counted.title, choices, max(0, len(values) - SHOWN))


def _years(totals: Mapping[Value, int], arguments: Arguments) -> Facet:
    values = sorted(((int(str(year)), total) for year, total in totals.items() if year is not None), reverse=True)
    chosen = arguments.one("year")
    choices = tuple(
        Choice(str(year), total, arguments.toggled("year", str(year)), chosen == str(year))
        for year, total in values[:SHOWN]
    )
    return Facet("Year", choices, max(0, len(values) - SHOWN))


def _having(arguments: Arguments) -> Facet:
    labels = dict(zip(HAS, ("has PDF", "has DOI", "has own words", "has highlights"), strict=True))
    choices = [
        Choice(labels[has], 0, arguments.toggled("has", has, several=True), has in arguments.all("has")) for has in HAS
    ]
    for value, label in (("yes", "cited"), ("no", "never cited")):
        choices.append(Choice(label, 0, arguments.toggled("cited", value), arguments.one("cited") == value))
    return Facet("Only", tuple(choices))


def _tags(tags: Sequence[Tag], arguments: Arguments) -> Facet:
    """The tree of tags, opened where one is chosen."""
    chosen = arguments.all("tag")
    shown = _opened({tag: tag.notes for tag in tags}, chosen)
    choices = tuple(
        Choice(tag.leaf, tag.notes, arguments.toggled("tag", tag.name), tag.name in chosen, tag.depth) for tag in shown
    )
    return Facet("Tag", choices, len(tags) - len(shown))


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
