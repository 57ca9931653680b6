"""Small pieces that many pages share: chips, colour swatches, marks of a reading status, and values as people say them. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from litindex.datasette_plugin import addresses
from litindex.datasette_plugin.html.headings import heading
from litindex.query.lists.values import type_label

LABELLED_STATUSES = ("read", "reading", "unread", "skimmed")
COLORS = {
    "yellow": "#ffd400", "red": "#ff6666", "green": "#5fb236", "blue": "#2ea8e5", "purple": "#a28ae5",
    "magenta": "#e56eee", "orange": "#f19837", "gray": "#aaaaaa", "cyan": "#3bc2c9", "black": "#333333",
    "white": "#ffffff",
}  # fmt: skip
"""Zotero's colours by name; the style sheets know the same names."""

_SWATCH = Markup(
    '<span class="li-color"><svg class="li-swatch" viewBox="0 0 10 10" aria-hidden="true">'
    '<rect width="10" height="10" rx="2" fill="{}"/></svg> {}</span>'
)
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def chip(text: str, address: str, kind: str) -> Markup:
    return Markup('<a class="li-chip li-{}" href="{}">{}</a>').format(kind, address, text)


def swatch(color: object, name: object) -> Markup:
    """A square in that colour, and its name. SVG attributes, because a strict policy forbids inline styles."""
    known = COLORS.get(str(name))
    fill = color if isinstance(color, str) and _HEX.fullmatch(color) else known
    if fill is None:
        return Markup("{}").format(name or "")
    return _SWATCH.format(fill, name or fill)


def color_class(name: str | None) -> str:
    """The class that gives a highlight its colour."""
    return f"c-{name}" if name in COLORS else "c-none"


def status_mark(status: str) -> Markup:
    known = status if status in LABELLED_STATUSES else "other"
    return Markup('<span class="li-status s-{}">{}</span>').format(known, status)


# ---------------------------------------------------------------------- filters of the templates

_SCHEMES = {
    "doi": "DOI",
    "arxiv": "arXiv",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PubMed",
    "pmcid": "PMC",
    "url": "Web",
}


def forward(name: str) -> str:
    """`Family, Given` as one says it: `Given Family`."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and ", " not in given else name


def initials(name: str) -> str:
    """`Okafor, N.`"""
    family, comma, given = name.partition(", ")
    return f"{family}, {'. '.join(part[0] for part in given.split() if part)}." if comma and given else family


def short(names: Sequence[str]) -> str:
    """`Chen`, `Chen and Okafor`, `Chen et al.`"""
    families = [name.partition(", ")[0] for name in names]
    if len(families) > 2:
        return f"{families[0]} et al."
    return " and ".join(families)


def creators(array: str | None) -> str:
    """The JSON array of `works.creators`, short."""
    return short(json.loads(array)) if array else ""


def address(value: str) -> str:
    """A web address without what every one begins with."""
    return value.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


FILTERS: dict[str, Callable[..., Any]] = {
    "address": address,
    "colorclass": color_class,
    "creators": creators,
    "forward": forward,
    "scheme": lambda scheme: _SCHEMES.get(scheme, scheme),
    "short": short,
    "status": status_mark,
    "stem": lambda path: path.rpartition("/")[2].removesuffix(".md"),
    "heading": heading,
    "type": type_label,
    "zotero": lambda uri: addresses.zotero(uri) if uri else None,
}
