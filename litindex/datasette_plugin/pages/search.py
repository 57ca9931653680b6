"""Ranked search in the browser: the form, hits as they are shown, and beside them what they can be narrowed down by."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from litindex.datasette_plugin.kept import kept
from litindex.datasette_plugin.pages import filter_form
from litindex.datasette_plugin.pages.arguments import Arguments
from litindex.datasette_plugin.pages.facets import Facet, Tally, facets, tally
from litindex.errors import QueryError
from litindex.query.lists.filters import Filters
from litindex.query.words import fts_query
from litindex.query.words.excerpt import MARKS
from litindex.query.words.search import Found, search
from litindex.query.words.word_forms import WordForms

PLACES = {"all": "Notes and highlights", "notes": "Notes", "highlights": "Highlights"}
NAMES = ("q", "in", "mine", *filter_form.NAMES, "limit", "form")
STEP = 20
_MOST = 500
FOUND = "SELECT rowid FROM notes_fts WHERE notes_fts MATCH ?"
_SIGNS = re.compile(
    r"!?\[\[(?:[^\]|]*\|)?|\]\]|\*\*|==|~~|%%|\[\^[^\]\s]{1,50}\]:?|<[^<>]{0,200}>|^\s*(?:>|[-*+] |#+ )+", re.MULTILINE
)


def find(connection: sqlite3.Connection, arguments: Arguments, seconds: float) -> dict[str, Any]:
    """Values for the page: hits of notes and of highlights, and what should be said about them."""
    words, mine = arguments.one("q"), bool(arguments.one("mine"))
    limit = arguments.number("limit", STEP, _MOST)
    where = arguments.one("in", "all") if arguments.one("in") in PLACES else "all"
    filters = filter_form.filters_of(arguments, mine=mine)
    found, said, beside = Found(()), "", []
    if words:
        try:
            found = search(connection, words, filters, where, limit, seconds)
            said = "This is no search expression: its words were searched for." if found.words_only else ""
            beside = _beside(connection, words, filters, arguments) if found.hits else []
        except QueryError as error:
            said = str(error).partition(" (--")[0]
    notes = [hit for hit in found.hits if hit.line is None]
    highlights = [hit for hit in found.hits if hit.line is not None]
    full = max(len(notes), len(highlights)) >= limit < _MOST
    return {
        "words": words,
        "where": where,
        "mine": mine,
        "notes": notes,
        "highlights": highlights,
        "said": said,
        "meant": found.meant,
        "begun": begun(words),
        "more": arguments.but(limit=str(min(_MOST, limit + 2 * STEP))) if full else "",
        "places": PLACES,
        "marked": marked,
        "facets": beside,
        "form": bool(arguments.one("form")),
        "fields": filter_form.fields(connection, arguments) if arguments.one("form") else [],
        "having": filter_form.HAVING,
        "cited": filter_form.CITED,
        "arguments": arguments,
        "carried": arguments.hidden(("q", "form")),
    }


def _beside(connection: sqlite3.Connection, words: str, filters: Filters, arguments: Arguments) -> list[Facet]:
    """Of all works that the words are found in, not only of those shown."""
    expression = _expression(connection, words, filters.mine)
    try:
        return facets(kept(connection, _tally, expression, replace(filters, mine=False)), "works", arguments)
    except sqlite3.OperationalError as error:
        if not re.search("fts5|no such column", str(error)):
            raise
        return []  # no expression: its words were searched for


def _tally(connection: sqlite3.Connection, expression: str, filters: Filters) -> Tally:
    ids = frozenset(note_id for (note_id,) in connection.execute(FOUND, (expression,)))
    return tally(connection, "works", replace(filters, only=ids), "")


def _expression(connection: sqlite3.Connection, words: str, mine: bool) -> str:
    return fts_query.expression(words, "own" if mine else None, WordForms(connection).forms).match


def begun(text: str) -> str:
    """The same words, each taken for the beginning of one; '' where the question is more than words."""
    words = text.split()
    plain = words and all(word.isalnum() and word not in ("AND", "OR", "NOT") for word in words)
    return " ".join(f"{word}*" for word in words) if plain else ""


def marked(text: str | None) -> Markup:
    """An excerpt without Markdown's signs, what was found in <mark>; a word cut at the end stays marked."""
    plain = re.sub(r"\s+", " ", _SIGNS.sub("", text or "")).strip()
    opened, closed = (str(Markup.escape(mark)) for mark in MARKS)
    html = str(Markup.escape(plain)).replace(opened, "<mark>").replace(closed, "</mark>")
    return Markup(html + "</mark>" * (html.count("<mark>") - html.count("</mark>")))
