"""Small pieces of HTML that many pages share: chips, colour swatches, marks of a reading status. Pure."""

from __future__ import annotations

import re

from markupsafe import Markup

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
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


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


def type_label(item_type: str) -> str:
    """`journalArticle` as people say it: `journal article`."""
    return _CAPITAL.sub(" ", item_type).lower()
