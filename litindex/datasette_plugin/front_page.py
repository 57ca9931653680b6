"""The front page: a library's numbers as pictures and words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from litindex.datasette_plugin import charts
from litindex.datasette_plugin.library import Count, Library, Year, ago
from litindex.datasette_plugin.links import Site
from litindex.datasette_plugin.snippets import LABELLED_STATUSES, color_class, type_label


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
        "progress": _progress(library, site),
        "types": _bars(library.types, lambda name: (type_label(name), site.table("works", item_type=name))),
        "tags": _bars(library.tags, lambda name: (name, site.works_with("tags", name))),
        "colors": _colors(library, site),
        "lately": [(each, ago(each.when, local)) for each in library.lately],
    }


def _columns(years: Sequence[Year], site: Site) -> Markup | None:
    if not years:
        return None
    addresses = [
        site.table("works", year=year.last) if year.first == year.last else site.table("works", year__lte=year.last)
        for year in years
    ]
    return charts.columns(years, addresses, f"Works per year, {years[0].first} to {years[-1].last}")


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
    if status.name is None:
        return site.table("works", read_status__isnull=1)
    return site.table("works", read_status=status.name)


def _bars(counts: Sequence[Count], about: Any) -> list[Row]:
    largest = max((each.total for each in counts), default=1) or 1
    named = [(each, *(about(each.name) if each.name else ("others", None))) for each in counts]
    return [Row(name, href, each.total, charts.bar(each.total / largest)) for each, name, href in named]


def _colors(library: Library, site: Site) -> list[tuple[str, str, int, str]]:
    return [
        (color_class(each.name), str(each.name), each.total, site.table("annotations", color_name=each.name))
        for each in library.colors
    ]
