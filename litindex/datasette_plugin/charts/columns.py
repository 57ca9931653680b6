"""Pictures of a library as plain inline SVG: no script, no style attribute, nothing loaded. Pure.

Shapes are stretched to the width of the page; words stand beside them as ordinary text and keep their size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

_HEIGHT = 100
_STEP = 10
_GAP = 2

_COLUMNS = Markup(
    '<svg class="li-columns" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
)
_COLUMN = Markup('<a href="{}"><title>{}</title>{}</a>')
_RECT = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>')
_BAR = Markup('<svg class="li-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">{}</svg>')


class Year(NamedTuple):
    """A bar: `first` to `last` is one year, or all the years before those that are shown."""

    first: int
    last: int
    works: int
    read: int


def columns(years: Sequence[Year], address: Iterable[str], label: str) -> Markup:
    """One column a year, what was read of it darker; each is a link to its `address`."""
    tallest = max((year.works for year in years), default=1) or 1
    drawn = [_column(at, year, tallest, href) for at, (year, href) in enumerate(zip(years, address, strict=True))]
    return _COLUMNS.format(len(years) * _STEP, _HEIGHT, label, Markup("").join(drawn))


def _column(at: int, year: Year, tallest: int, href: str) -> Markup:
    x, width = at * _STEP + _GAP / 2, _STEP - _GAP
    whole, read = _height(year.works, tallest), _height(year.read, tallest)
    shapes = [_RECT.format("li-ground", at * _STEP, 0, _STEP, _HEIGHT)]
    shapes.append(_RECT.format("li-all", x, _HEIGHT - whole, width, whole))
    shapes.append(_RECT.format("li-read", x, _HEIGHT - read, width, read))
    return _COLUMN.format(href, title(year), Markup("").join(shapes))


def _height(count: int, tallest: int) -> float:
    """In proportion, but never so small that a single work is not seen."""
    return max(2.0, round(count / tallest * _HEIGHT, 1)) if count else 0.0


def title(year: Year) -> str:
    """`2019: 12 works, 5 read`"""
    span = str(year.last) if year.first == year.last else f"{year.first} to {year.last}"
    return f"{span}: {year.works:,} work{'' if year.works == 1 else 's'}, {year.read:,} read"


def bar(share: float) -> Markup:
    """A horizontal bar; `share` is 0 to 1 of the width."""
    return _BAR.format(_RECT.format("li-all", 0, 0, max(0.5, round(share * 100, 2)), 1))


def parts(shares: Iterable[tuple[str, float]]) -> Markup:
    """One bar made of parts: (class, share of the width), left to right."""
    drawn, x = [], 0.0
    for name, share in shares:
        drawn.append(_RECT.format(name, round(x, 2), 0, round(share * 100, 2), 1))
        x += share * 100
    return _BAR.format(Markup("").join(drawn))
