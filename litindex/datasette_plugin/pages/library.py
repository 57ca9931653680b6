"""The front page: what a library holds, how fresh it is, and its numbers as pictures and words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.charts import columns as charts
from litindex.datasette_plugin.charts.columns import Bar
from litindex.datasette_plugin.html.snippets import LABELLED_STATUSES, color_class
from litindex.query.lists.values import type_label

META = "SELECT key, value FROM meta WHERE key IN ('vault', 'indexed_at', 'litindex_version')"
TOTALS = """
SELECT (SELECT count(*) FROM works), (SELECT count(*) FROM notes), (SELECT count(*) FROM annotations),
       (SELECT count(*) FROM authors), (SELECT count(*) FROM problems)
"""
YEARS = """
SELECT year, count(*), sum(read_status IS 'read' OR date_read IS NOT NULL)
FROM works WHERE year BETWEEN 1000 AND 2999 GROUP BY year ORDER BY year
"""
READING = """
SELECT substr(date_read, 1, 7), count(*) FROM works
WHERE date_read GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]*' GROUP BY 1 ORDER BY 1
"""
STATUSES = "SELECT read_status, count(*) FROM works GROUP BY read_status"
TYPES = "SELECT item_type, count(*) FROM works WHERE item_type IS NOT NULL GROUP BY item_type ORDER BY 2 DESC, 1"
TAGS = """
SELECT tag.value, count(*) FROM works w, json_each(w.tags) tag GROUP BY tag.value ORDER BY 2 DESC, 1 LIMIT ?
"""
COLORS = """
SELECT color_name, count(*) FROM annotations WHERE color_name IS NOT NULL GROUP BY color_name ORDER BY 2 DESC
"""
LATELY = """
SELECT n.title, n.path, n.mtime_ns / 1000000000, w.note_id IS NOT NULL
FROM (SELECT id, title, path, mtime_ns FROM notes JOIN files USING (id) WHERE kind IN ('literature', 'note') AND excluded = 0
      ORDER BY mtime_ns DESC, path LIMIT ?) n
LEFT JOIN works w ON w.note_id = n.id ORDER BY n.mtime_ns DESC, n.path
"""
NEXT = """
SELECT w.title, n.path, w.creators, w.year
FROM (SELECT target_note_id, count(DISTINCT note_id) AS linked FROM links
      WHERE target_note_id IN (SELECT note_id FROM works WHERE read_status = 'unread') AND note_id <> target_note_id
      GROUP BY target_note_id ORDER BY linked DESC, target_note_id LIMIT ?) l
JOIN works w ON w.note_id = l.target_note_id JOIN notes n ON n.id = w.note_id
ORDER BY l.linked DESC, w.year DESC, n.path
"""
NEWEST = """
SELECT w.title, n.path, w.creators, w.year
FROM works w JOIN notes n ON n.id = w.note_id
WHERE w.read_status = 'unread' ORDER BY w.year DESC, n.path LIMIT ?
"""
MOST = 10
MOST_YEARS = 40
MOST_MONTHS = 36
LEAST_MONTHS = 12
SHOWN = 6
_ORDER = ("read", "skimmed", "reading", "unread")


class Year(NamedTuple):
    """`first` to `last` is one year, or all the years before those that are shown."""

    first: int
    last: int
    works: int
    read: int

    @property
    def title(self) -> str:
        """`2019: 12 works, 5 read`"""
        span = str(self.last) if self.first == self.last else f"{self.first} to {self.last}"
        return f"{span}: {self.works:,} work{'' if self.works == 1 else 's'}, {self.read:,} read"


class Month(NamedTuple):
    """`name` is 2024-05; what was read in it."""

    name: str
    read: int


class Count(NamedTuple):
    name: str | None
    total: int


class Changed(NamedTuple):
    title: str
    path: str
    when: int
    is_work: int


class Unread(NamedTuple):
    title: str
    path: str
    creators: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Library:
    """`indexed_at` is ISO 8601, or '' where the index was never finished."""

    vault: str
    indexed_at: str
    version: str
    works: int
    notes: int
    highlights: int
    people: int
    problems: int
    years: tuple[Year, ...]
    reading: tuple[Month, ...]
    statuses: tuple[Count, ...]
    types: tuple[Count, ...]
    tags: tuple[Count, ...]
    colors: tuple[Count, ...]
    lately: tuple[Changed, ...]
    unread: tuple[Unread, ...]

    @property
    def name(self) -> str:
        """The vault's folder, which is what Obsidian calls it."""
        return name_of(self.vault)


def load(connection: sqlite3.Connection) -> Library:
    meta = {key: value for key, value in connection.execute(META) if isinstance(value, str)}

    def rows(sql: str, *values: int) -> list[Any]:
        return connection.execute(sql, values).fetchall()

    works, notes, highlights, people, problems = rows(TOTALS)[0]
    return Library(
        vault=meta.get("vault", ""),
        indexed_at=meta.get("indexed_at", ""),
        version=meta.get("litindex_version", ""),
        works=works,
        notes=notes,
        highlights=highlights,
        people=people,
        problems=problems,
        years=years([tuple(row) for row in rows(YEARS)]),
        reading=months([Month(*row) for row in rows(READING)]),
        statuses=_in_order([Count(*row) for row in rows(STATUSES)]),
        types=_most([Count(*row) for row in rows(TYPES)]),
        tags=tuple(Count(*row) for row in rows(TAGS, MOST)),
        colors=tuple(Count(*row) for row in rows(COLORS)),
        lately=tuple(Changed(*row) for row in rows(LATELY, SHOWN)),
        unread=tuple(Unread(*row) for row in (rows(NEXT, SHOWN) or rows(NEWEST, SHOWN))),
    )


def years(found: Sequence[tuple[Any, ...]]) -> tuple[Year, ...]:
    """A bar for each of the last 40 years, empty ones too, and one before them for everything older."""
    if not found:
        return ()
    counts = {year: (works, read) for year, works, read in found}
    last = max(counts)
    first = max(min(counts), last - MOST_YEARS + 1)
    bars = [Year(year, year, *counts.get(year, (0, 0))) for year in range(first, last + 1)]
    older = [(year, *counts[year]) for year in counts if year < first]
    if older:
        works, read = (sum(entry[at] for entry in older) for at in (1, 2))
        bars.insert(0, Year(min(older)[0], first - 1, works, read))
    return tuple(bars)


def months(found: Sequence[Month]) -> tuple[Month, ...]:
    """One to three years by months, empty ones too, up to the last month that something was read in; () for none."""
    if not found:
        return ()
    counts = dict(found)
    last, first = _number(found[-1].name), _number(found[0].name)
    span = range(min(last - LEAST_MONTHS, max(first, last - MOST_MONTHS)) + 1, last + 1)
    return tuple(Month(name, counts.get(name, 0)) for name in map(_month, span))


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def name_of(vault: str) -> str:
    """The vault's folder, which is what Obsidian calls it."""
    return re.split(r"[/\\]", vault.rstrip("/\\"))[-1] or "Library"


def _in_order(statuses: list[Count]) -> tuple[Count, ...]:
    """From read to unread, then what people call it otherwise, then works without any."""
    places = {name: place for place, name in enumerate(_ORDER)}
    return tuple(sorted(statuses, key=lambda each: (each.name is None, places.get(str(each.name), 9), -each.total)))


def _most(counts: list[Count]) -> tuple[Count, ...]:
    rest = sum(each.total for each in counts[MOST:])
    return (*counts[:MOST], Count(None, rest)) if rest else tuple(counts)


def ago(then: str | int, now: datetime) -> str:
    """`3 minutes ago`, as people say it; '' where `then` (ISO 8601 or seconds) is no time."""
    try:
        moment = datetime.fromisoformat(then) if isinstance(then, str) else datetime.fromtimestamp(then, now.tzinfo)
        seconds = (now - (moment if moment.tzinfo else moment.astimezone(now.tzinfo))).total_seconds()
    except (ValueError, OverflowError, OSError):
        return ""
    if seconds < 60:
        return "just now"
    units = ((60, "minute"), (3600, "hour"), (86400, "day"), (604800, "week"), (2629800, "month"), (31557600, "year"))
    size, unit = [each for each in units if seconds >= each[0]][-1]
    many = int(seconds // size)
    return f"{many} {unit}{'s' if many > 1 else ''} ago"


# ---------------------------------------------------------------------- as pictures


class Row(NamedTuple):
    """A line of a chart: a name that leads somewhere, a count, and a picture of it."""

    name: str
    href: str | None
    total: int
    shape: Markup


def picture(library: Library, site: Site, now: datetime) -> dict[str, Any]:
    """Values for the page's template."""
    local = now.astimezone()
    return {
        "library": library,
        "fresh": ago(library.indexed_at, local),
        "columns": _columns(library.years, site),
        "axis": _axis(library.years),
        "peak": _peak(library.years),
        "reading": _reading(library.reading, site),
        "reading_axis": [library.reading[0].name, library.reading[-1].name] if library.reading else [],
        "progress": _progress(library, site),
        "types": _bars(library.types, lambda name: (type_label(name), site.works(type=name))),
        "tags": _bars(library.tags, lambda name: (name, site.tag(name))),
        "colors": _colors(library, site),
        "lately": [(each, ago(each.when, local)) for each in library.lately],
    }


def _columns(years: Sequence[Year], site: Site) -> Markup | None:
    if not years:
        return None
    bars = [Bar(year.title, year.works, year.read, site.works(year=_span(year))) for year in years]
    return charts.columns(bars, f"Works per year, {years[0].first} to {years[-1].last}")


def _span(year: Year) -> str:
    return str(year.last) if year.first == year.last else f"..{year.last}"


def _reading(months: Sequence[Month], site: Site) -> Markup | None:
    if not months:
        return None
    bars = [
        Bar(f"{month.name}: {month.read:,} read", month.read, month.read, _read_in(month.name, site))
        for month in months
    ]
    return charts.columns(bars, f"Works read each month, {months[0].name} to {months[-1].name}")


def _read_in(month: str, site: Site) -> str:
    return site.works(where=f"date_read LIKE '{month}%'")


def _peak(years: Sequence[Year]) -> str:
    """The height of the tallest column, which is the scale of the picture."""
    tallest = max(years, key=lambda year: year.works, default=None)
    return f"up to {tallest.works:,} a year ({tallest.last})" if tallest else ""


def _axis(years: Sequence[Year]) -> list[str]:
    """What stands under the columns: the first, a middle and the last year."""
    if not years:
        return []
    first = f"to {years[0].last}" if years[0].first < years[0].last else str(years[0].first)
    middle = [str(years[len(years) // 2].last)] if len(years) > 8 else []
    return [first, *middle, *([str(years[-1].last)] if len(years) > 1 else [])]


def _progress(library: Library, site: Site) -> dict[str, Any]:
    """One bar of all works by reading status, and its legend."""
    total = library.works or 1
    kinds = [
        (status, f"s-{status.name}" if status.name in LABELLED_STATUSES else _kind(status))
        for status in library.statuses
    ]
    legend = [(kind, status.name or "no status", status.total, _by_status(status, site)) for status, kind in kinds]
    return {
        "bar": charts.parts((kind, status.total / total) for status, kind in kinds),
        "legend": legend[:8],
    }


def _kind(status: Count) -> str:
    return "s-none" if status.name is None else "s-other"


def _by_status(status: Count, site: Site) -> str:
    return site.works(where="read_status IS NULL") if status.name is None else site.works(status=status.name)


def _bars(counts: Sequence[Count], about: Any) -> list[Row]:
    largest = max((each.total for each in counts), default=1) or 1
    named = [(each, *(about(each.name) if each.name else ("others", None))) for each in counts]
    return [Row(name, href, each.total, charts.share_bar(each.total / largest)) for each, name, href in named]


def _colors(library: Library, site: Site) -> list[tuple[str, str, int, str]]:
    return [
        (color_class(each.name), str(each.name), each.total, site.of("highlights", color=each.name))
        for each in library.colors
    ]
