"""What a note is found by, each word of it once: as the view `note_search` gives it, whose full text is `notes_fts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from litindex.models import Note
from litindex.text_keys import search_forms

MOST_PLACES = 100
"""Pieces of a body: SQLite counts its characters anew for each of them."""
_AHEAD = 4
"""Own lines among which the next one is looked for: some are not in the body as they were taken from it."""


Place = tuple[int, int]
"""Start in the body, from 1, and length of a piece of imported text."""


class SearchTexts(NamedTuple):
    """Columns of `note_search`, in their order, and where in the body `imported` is."""

    title: str
    aliases: str | None
    authors: str | None
    abstract: str | None
    own: str
    imported: str
    grams: str
    own_grams: str
    places: list[Place]

    @property
    def terms(self) -> tuple[Any, ...]:
        """The columns of `notes_fts`."""
        return self[:-1]


def search_texts(note: Note) -> SearchTexts:
    """The names of a note and its work, and its text, that of the user apart from what was imported."""
    abstract = note.work.abstract if note.work else None
    places = imported_places(note.body, note.own_text, abstract)
    imported = "\n".join(note.body[start - 1 : start - 1 + length] for start, length in places)
    authors = "\n".join(creator.name for creator in note.work.creators) if note.work else None
    names = note.title, "\n".join(_other_names(note)) or None, authors or None, abstract
    grams = search_forms("\n".join((*(name or "" for name in names), imported)))
    return SearchTexts(*names, note.own_text, imported, grams, search_forms(note.own_text), places)


def _other_names(note: Note) -> Iterator[str]:
    """What the note is called besides its title: people search for file names and citekeys too."""
    yield from (alias.alias for alias in note.aliases)
    citekey = note.work.citekey if note.work else None
    if note.name not in (note.title, citekey):
        yield note.name
    if citekey:
        yield citekey


# ---------------------------------------------------------------------- the body without own words and abstract


def imported_places(body: str, own: str, abstract: str | None) -> list[Place]:
    """The pieces of the body that hold all words which stand neither in the own words nor in the abstract. Of a body in
    very many pieces the last one holds more.
    """
    start = body.find(abstract) if abstract else -1
    pieces = list(_imported_lines(body, list(filter(None, own.split("\n")))))
    if abstract and start >= 0 and _is_whole(body, start, start + len(abstract)):
        pieces = list(_without(pieces, start, start + len(abstract)))
    if len(pieces) > MOST_PLACES:
        pieces[MOST_PLACES - 1 :] = [(pieces[MOST_PLACES - 1][0], pieces[-1][1])]
    return [(start + 1, end - start) for start, end in pieces]


def _imported_lines(body: str, own: list[str]) -> Iterator[tuple[int, int]]:
    """Start and end of lines that follow each other and are not the user's; blank ones count to neither."""
    start, end, at, ahead = -1, 0, 0, tuple(own[:_AHEAD])
    for line in body.split("\n"):
        text = line.rstrip()
        if text and text.endswith(ahead) and (found := _own_line(text, ahead)):
            del own[:found]
            ahead = tuple(own[:_AHEAD])
            if start >= 0:
                yield start, end
            start = -1
        elif text:
            start, end = at if start < 0 else start, at + len(text)
        at += len(line) + 1
    if start >= 0:
        yield start, end


def _own_line(text: str, ahead: tuple[str, ...]) -> int | None:
    """How many own lines are behind us with the next one that has all words of this line."""
    return next((at for at, line in enumerate(ahead, 1) if _ends_with(text, line)), None)


def _ends_with(text: str, line: str) -> bool:
    return text.endswith(line) and not any(map(str.isalnum, text[: len(text) - len(line)]))


def _is_whole(body: str, start: int, end: int) -> bool:
    """Whether no word is cut there."""
    return not body[max(start - 1, 0) : start].isalnum() and not body[end : end + 1].isalnum()


def _without(pieces: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    for first, last in pieces:
        if first < start:
            yield first, min(last, start)
        if last > end:
            yield max(first, end), last
