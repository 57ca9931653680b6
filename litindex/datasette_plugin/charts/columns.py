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
    '<svg class="li-columns" viewBox="0 0 {} {}" preserveAspectRatio="none" role="group" aria-label="{}">{}</svg>'
)
_COLUMN = Markup('<a href="{}" tabindex="-1" aria-label="{}"><title>{}</title>{}</a>')
_RECT = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>')
_BAR = Markup('<svg class="li-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">{}</svg>')


class Bar(NamedTuple):
    """A column of the height `total`, of which `part` is darker; it says its `title` and leads to `href`."""

    title: str
    total: int
    part: int
    href: str


def columns(bars: Sequence[Bar], label: str) -> Markup:
    tallest = max((bar.total for bar in bars), default=1) or 1
    drawn = [_column(at, bar, tallest) for at, bar in enumerate(bars)]
    return _COLUMNS.format(len(bars) * _STEP, _HEIGHT, label, Markup("").join(drawn))


def _column(at: int, bar: Bar, tallest: int) -> Markup:
    x, width = at * _STEP + _GAP / 2, _STEP - _GAP
    whole, part = _height(bar.total, tallest), _height(bar.part, tallest)
    shapes = [_RECT.format("li-ground", at * _STEP, 0, _STEP, _HEIGHT)]
    shapes.append(_RECT.format("li-all", x, round(_HEIGHT - whole, 1), width, whole))
    shapes += [_RECT.format("li-read", x, round(_HEIGHT - part, 1), width, part)] if part else []
    return _COLUMN.format(bar.href, bar.title, bar.title, Markup("").join(shapes)) if bar.total else shapes[0]


def _height(count: int, tallest: int) -> float:
    """In proportion, but never so small that a single work is not seen."""
    return max(2.0, round(count / tallest * _HEIGHT, 1)) if count else 0.0


def share_bar(share: float) -> Markup:
    """A horizontal bar; `share` is 0 to 1 of the width."""
    return _BAR.format(_RECT.format("li-all", 0, 0, max(0.5, round(share * 100, 2)), 1))


def parts(shares: Iterable[tuple[str, float]]) -> Markup:
    """One bar made of parts: (class, share of the width), left to right."""
    drawn, x = [], 0.0
    for name, share in shares:
        drawn.append(_RECT.format(name, round(x, 2), 0, round(share * 100, 2), 1))
        x += share * 100
    return _BAR.format(Markup("").join(drawn))
