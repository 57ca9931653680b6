"""Ranked search in the browser: the form, and hits as they are shown."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from litindex.errors import QueryError
from litindex.query.lists.filters import Filters
from litindex.query.words.search import MARKS, Hit, search

PLACES = {"notes": "Notes", "highlights": "Highlights", "all": "Both"}
_STEP = 20
_MOST = 500
_SIGNS = re.compile(
    r"!?\[\[(?:[^\]|]*\|)?|\]\]|\*\*|==|~~|%%|\[\^[^\]\s]{1,50}\]:?|<[^<>]{0,200}>|^\s*(?:>|[-*+] |#+ )+", re.MULTILINE
)


class Form(NamedTuple):
    """What was asked, as it was typed."""

    q: str
    where: str
    tag: str
    author: str
    year: str
    type: str
    status: str
    mine: bool
    limit: int

    @property
    def narrowed(self) -> bool:
        return bool(self.tag or self.author or self.year or self.type or self.status or self.mine)

    @property
    def begun(self) -> str:
        """The same words, each taken for the beginning of one; '' where the question is more than words."""
        words = self.q.split()
        plain = words and all(word.isalnum() and word not in ("AND", "OR", "NOT") for word in words)
        return " ".join(f"{word}*" for word in words) if plain else ""

    def more(self) -> dict[str, str]:
        """The arguments of the same question with more hits."""
        return {**self.arguments(), "limit": str(min(_MOST, self.limit + 2 * _STEP))}

    def arguments(self) -> dict[str, str]:
        """What the address of the same question holds."""
        texts = {name: value for name, value in self._asdict().items() if isinstance(value, str) and value}
        return {**texts, **({"mine": "1"} if self.mine else {})}


def asked(args: Mapping[str, str]) -> Form:
    """Anything that may stand in an address: what makes no sense counts as not asked."""
    texts = {name: (args.get(name) or "").strip() for name in ("q", "tag", "author", "year", "type", "status")}
    where, limit = args.get("where") or "all", args.get("limit") or ""
    return Form(
        **texts,
        where=where if where in PLACES else "all",
        mine=bool(args.get("mine")),
        limit=min(_MOST, int(limit)) if limit.isascii() and limit.isdigit() and len(limit) < 6 else _STEP,
    )


def find(connection: sqlite3.Connection, form: Form, seconds: float) -> dict[str, Any]:
    """Values for the page: hits of notes and of highlights, and what should be said about them."""
    hits: tuple[Hit, ...] = ()
    said = ""
    if form.q:
        try:
            found = search(connection, form.q, _filters(form), form.where, form.limit, seconds)
            hits = found.hits
            said = "This is no search expression: its words were searched for." if found.words_only else ""
        except QueryError as error:
            said = str(error).partition(" (--")[0]
    notes = [hit for hit in hits if hit.line is None]
    highlights = [hit for hit in hits if hit.line is not None]
    full = max(len(notes), len(highlights)) >= form.limit < _MOST
    return {"notes": notes, "highlights": highlights, "said": said, "full": full, "places": PLACES, "marked": marked}


def _filters(form: Form) -> Filters:
    return Filters(
        mine=form.mine,
        tags=(form.tag,) if form.tag else (),
        authors=(form.author,) if form.author else (),
        year=form.year,
        item_type=form.type,
        status=form.status,
    )


def marked(text: str | None) -> Markup:
    """An excerpt without Markdown's signs, what was found in <mark>; a word cut at the end stays marked."""
    plain = re.sub(r"\s+", " ", _SIGNS.sub("", text or "")).strip()
    opened, closed = (str(Markup.escape(mark)) for mark in MARKS)
    html = str(Markup.escape(plain)).replace(opened, "<mark>").replace(closed, "</mark>")
    return Markup(html + "</mark>" * (html.count("<mark>") - html.count("</mark>")))
