"""Full-text search, best first: title, names and own words count before abstract and body.

Scripts without spaces are found by pairs of characters (`terms`), which only notes have, not highlights: there a
highlight must hold the words itself, and its note must be found.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from litindex.errors import QueryError
from litindex.query.lists.filters import ANY, Condition, Filters, condition
from litindex.query.named import TIMEOUT, Row, TimeLimit, Value, run
from litindex.query.words import fts_query
from litindex.query.words.excerpt import MARKS, readable
from litindex.query.words.fts_query import Expression
from litindex.query.words.word_forms import WordForms
from litindex.text_keys import WORD, search_key

_HIT = "n.id, n.path, n.title, w.citekey, w.creators, w.year, w.item_type, w.read_status"
_ANNOTATION = f"{_HIT}, a.line, a.color_name, a.page_label, a.uri"
_WORK = "LEFT JOIN works w ON w.note_id = n.id"
# Weights of title, aliases, authors, abstract, own, imported, grams, own_grams. FTS5 sorts by itself, so that excerpts are made only
# of what is shown.
NOTES = f"""
SELECT {_HIT}
FROM notes_fts f JOIN notes n ON n.id = f.rowid {_WORK}
WHERE notes_fts MATCH :match AND f.rank MATCH 'bm25(10.0, 6.0, 6.0, 2.0, 4.0, 1.0, 1.0, 2.0)'
"""
# Own words, abstract, imported text. snippet() compares each place with each other: 4,000 of them in a note take seconds, in one
# step that no clock interrupts. Of a long note the first places are shown.
_COLUMNS = (4, 3, 5)
BEST_PLACES = f"""
SELECT {", ".join(f"snippet(notes_fts, {column}, :open, :close, '…', 24)" for column in _COLUMNS)}
FROM notes_fts WHERE notes_fts MATCH :match AND rowid = :note_id
"""
FIRST_PLACES = f"""
SELECT {", ".join(f"highlight(notes_fts, {column}, :open, :close)" for column in _COLUMNS)}
FROM notes_fts WHERE notes_fts MATCH :match AND rowid = :note_id
"""
LENGTH = """
SELECT max(length(own), coalesce(length(abstract), 0), coalesce(length(imported), 0)) FROM note_search WHERE note_id = :note_id
"""
_LONG = 10_000
HIGHLIGHTS = f"""
SELECT {_ANNOTATION}, highlight(annotations_fts, 0, :open, :close), highlight(annotations_fts, 1, :open, :close)
FROM annotations_fts f JOIN annotations a ON a.id = f.rowid JOIN notes n ON n.id = a.note_id {_WORK}
WHERE annotations_fts MATCH :match AND f.rank MATCH 'bm25(1.0, 2.0, 1.0)'
"""
UNSPACED_NOTES = f"""
SELECT {_HIT}
FROM notes_fts f JOIN notes n ON n.id = f.rowid {_WORK}
WHERE notes_fts MATCH :match
"""
UNSPACED_HIGHLIGHTS = f"""
SELECT {_ANNOTATION}, a.text, a.comment
FROM notes_fts f JOIN annotations a ON a.note_id = f.rowid JOIN notes n ON n.id = a.note_id {_WORK}
WHERE notes_fts MATCH :match
"""
TEXTS = "SELECT own, coalesce(abstract, ''), coalesce(imported, '') FROM note_search WHERE note_id = :note_id"
_BEFORE, _AFTER = 30, 90
MOST_WORDS = 32
MOST_CHARACTERS = 1000


@dataclass(frozen=True, slots=True)
class Hit:
    """A note, or a highlight in one (`line` set). `excerpt` and `comment` carry MARKS around what was found."""

    path: str
    title: str
    citekey: str | None
    creators: tuple[str, ...]
    year: int | None
    item_type: str | None
    status: str | None
    excerpt: str
    line: int | None = None
    color: str | None = None
    page: str | None = None
    uri: str | None = None
    comment: str | None = None

    def unmarked(self) -> Hit:
        """The same for programs: its texts without MARKS."""
        return replace(self, excerpt=_unmarked(self.excerpt), comment=self.comment and _unmarked(self.comment))


def _unmarked(text: str) -> str:
    return text.replace(MARKS[0], "").replace(MARKS[1], "")


@dataclass(frozen=True, slots=True)
class Found:
    """Hits of notes before those of highlights; `words_only`: the query was no expression, its words were searched;
    `meant`: where there are none, the query with the words of the index that look like its own, '' for no idea.
    """

    hits: tuple[Hit, ...]
    words_only: bool = False
    meant: str = ""


def search(
    connection: sqlite3.Connection,
    text: str,
    filters: Filters = ANY,
    where: str = "notes",
    limit: int = 20,
    timeout: float = TIMEOUT,
) -> Found:
    """The best `limit` notes, highlights, or both (`where`: notes, highlights, all).

    QueryError: nothing to search for, more words than can be looked for at once, more than `timeout` seconds, or a filter
    that cannot be. A query that FTS5 refuses is no error: its words are searched for.
    """
    kinds = [
        (find, condition(connection, filters, of_highlights=find is _highlights))
        for kind, find in (("notes", _notes), ("highlights", _highlights))
        if where in (kind, "all")
    ]
    time_limit = TimeLimit(timeout)

    def find_all(make: Callable[[str, str | None], Expression]) -> tuple[Hit, ...]:
        return tuple(
            hit
            for find, chosen in kinds
            for hit in find(_Asked(connection, make, text, filters.mine, chosen, limit, time_limit))
        )

    _refuse(text)
    words = WordForms(connection)
    words_only = False
    try:
        hits = find_all(partial(fts_query.expression, forms=words.forms))
    except QueryError as error:
        if not re.search("fts5|no such column", str(error)):
            raise
        words_only = True
        hits = find_all(partial(fts_query.words_only, forms=words.forms))
    return Found(hits, words_only, "" if hits else _meant(words, text))


def _meant(words: WordForms, text: str) -> str:
    """The query with every word that the index has not replaced by the one that looks most like it."""

    def better(match: re.Match[str]) -> str:
        found = words.meant(search_key(match[0]))
        return found[0] if found else match[0]

    meant = re.sub(r"[^\W\d_]{4,}", better, text)
    return "" if meant == text else meant


def _refuse(text: str) -> None:
    """Each word costs its time, in steps that no clock can interrupt."""
    if len(text) > MOST_CHARACTERS or fts_query.count_words(text) > MOST_WORDS:
        raise QueryError(f"too much to search for at once: at most {MOST_WORDS} words, {MOST_CHARACTERS} characters")
    if not fts_query.words_only(text).match:
        raise QueryError(f"nothing to search for in {text!r}: give a word")


@dataclass(frozen=True, slots=True)
class _Asked:
    connection: sqlite3.Connection
    make: Callable[[str, str | None], Expression]
    text: str
    mine: bool
    chosen: Condition
    limit: int
    time_limit: TimeLimit

    def rows(self, sql: str, expression: Expression, order: str, **more: Value) -> list[Row]:
        values = {**self.chosen.values, **more, "match": expression.match, "open": MARKS[0], "close": MARKS[1]}
        values["limit"] = self.limit
        statement = f"{sql} AND {self.chosen.sql} ORDER BY {order} LIMIT :limit"
        return list(run(self.connection, statement, values, self.time_limit).rows)

    def first(self, sql: str, note_id: Value, expression: Expression | None = None) -> Row:
        """The only row about a note; () where there is none."""
        self.time_limit.refuse_more()
        more = {"match": expression.match, "open": MARKS[0], "close": MARKS[1]} if expression else {}
        return next(run(self.connection, sql, {"note_id": note_id, **more}, self.time_limit).rows, ())


def _notes(asked: _Asked) -> list[Hit]:
    expression = asked.make(asked.text, "own" if asked.mine else None)
    words = expression.unspaced
    if not words:
        return [_hit(row[1:8], _places(asked, expression, row[0])) for row in asked.rows(NOTES, expression, "f.rank")]
    mine = f"AND {_holds('t.own', words)}" if asked.mine else ""
    sql = UNSPACED_NOTES.replace("WHERE", "JOIN note_texts t ON t.note_id = n.id WHERE") + mine
    order = "instr(n.title, :word0) = 0, instr(t.own, :word0) = 0, f.rank"
    rows = asked.rows(sql, expression, order, **_named(words))
    return [_hit(row[1:8], _excerpt(_texts(asked, row[0]), words)) for row in rows]


def _places(asked: _Asked, expression: Expression, note_id: Value) -> str:
    (length,) = asked.first(LENGTH, note_id)
    is_long = isinstance(length, int) and length > _LONG
    excerpts = asked.first(FIRST_PLACES if is_long else BEST_PLACES, note_id, expression)
    excerpt = str(_first_marked(excerpts) or "")
    if excerpt:
        return _around_the_first(excerpt) if is_long else excerpt
    spelled = _marked_in_one(_texts(asked, note_id), expression.words)
    return _around_the_first(str(_first_marked(spelled) or ""))


def _highlights(asked: _Asked) -> list[Hit]:
    expression = asked.make(asked.text, "comment" if asked.mine else None)
    words = expression.words
    if not expression.unspaced:
        rows = asked.rows(HIGHLIGHTS, expression, "f.rank")
        return [_highlight((*row[:12], *_marked_in_one(row[12:14], words))) for row in rows]
    expression = asked.make(asked.text, None)
    text = "coalesce(a.comment, '')" + ("" if asked.mine else " || ' ' || coalesce(a.text, '')")
    rows = asked.rows(f"{UNSPACED_HIGHLIGHTS} AND {_holds(text, words)}", expression, "f.rank, a.id", **_named(words))
    return [_highlight((*row[:12], _marked(row[12], words), _marked(row[13], words))) for row in rows]


def _marked_in_one(texts: Sequence[Value], words: tuple[str, ...]) -> Row:
    """The texts, and where full text marked nothing in them: with those words marked that are spelled otherwise."""
    if _first_marked(texts):
        return tuple(texts)
    keys = {search_key(word) for word in words}

    def mark(match: re.Match[str]) -> str:
        return f"{MARKS[0]}{match[0]}{MARKS[1]}" if search_key(match[0]) in keys else match[0]

    return tuple(WORD.sub(mark, str(text)) if text else text for text in texts)


def _holds(text: str, words: tuple[str, ...]) -> str:
    return " AND ".join(f"instr(lower({text}), :word{at}) > 0" for at in range(len(words)))


def _named(words: tuple[str, ...]) -> dict[str, Value]:
    return {f"word{at}": word.lower() for at, word in enumerate(words)}


# ------------------------------------------------------------------------ hits


def _hit(row: Row, excerpt: Value) -> Hit:
    path, title, citekey, creators, year, item_type, status = row
    names = tuple(json.loads(str(creators))) if creators else ()
    return Hit(path, title, citekey, names, year, item_type, status, readable(str(excerpt or "")))  # type: ignore[arg-type]


def _highlight(row: Row) -> Hit:
    line, color, page, uri, text, comment = row[8:]
    hit = _hit(row[1:8], "")
    return replace(hit, excerpt=str(text or ""), line=line, color=color, page=page, uri=uri, comment=comment)  # type: ignore[arg-type]


def _first_marked(excerpts: Sequence[Value]) -> Value:
    """Of own words, abstract and imported text the first that has what was found; none where only the title or a name has it."""
    return next((each for each in excerpts if MARKS[0] in str(each)), None)


def _texts(asked: _Asked, note_id: Value) -> list[str]:
    return [str(text) for text in asked.first(TEXTS, note_id)]


def _excerpt(texts: list[str], words: tuple[str, ...]) -> str:
    """The surroundings of the first of the words in the first text that has one."""
    for text in texts:
        at = min((place for word in words if (place := text.find(word)) >= 0), default=-1)
        if at >= 0:
            start, end = max(0, at - _BEFORE), at + _AFTER
            return ("… " if start else "") + _marked(text[start:end], words) + (" …" if end < len(text) else "")
    return ""


def _around_the_first(text: str) -> str:
    at = text.find(MARKS[0])
    if at < 0:
        return ""
    start, end = max(0, at - _BEFORE), at + _AFTER
    shown = text[start:end]
    closed = MARKS[1] * (shown.count(MARKS[0]) - shown.count(MARKS[1]))
    return ("… " if start else "") + shown + closed + (" …" if end < len(text) else "")


def _marked(text: Value, words: tuple[str, ...]) -> str:
    pattern = "|".join(map(re.escape, words))
    return re.sub(pattern, rf"{MARKS[0]}\g<0>{MARKS[1]}", str(text or ""), flags=re.IGNORECASE)
