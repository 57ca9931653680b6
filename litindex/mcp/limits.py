"""How much one answer holds, and where the next one goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from itertools import islice
from typing import Any, Final, Generic, TypeVar

from litindex.errors import QueryError

MOST_ROWS: Final = 100
MOST_CHARACTERS: Final = 40_000
"""Of the rows of one answer; its first row comes whatever its size."""
MOST_TEXT: Final = 4_000
"""Characters of one text; a longer one is cut, and `cut` says so."""
_FURTHEST: Final = 1_000_000

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Cut:
    """A text that was cut: where it stands in the answer (works.3.abstract), and how many characters it has."""

    at: str
    characters: int


@dataclass(frozen=True, slots=True)
class Page(Generic[_Item]):
    items: tuple[_Item, ...]
    next_cursor: str | None
    """What the next call gives as `cursor`; None at the end."""


def start(cursor: str) -> int:
    """How many rows come before those that are asked for. QueryError: no answer gave such a cursor."""
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 8 and int(cursor) <= _FURTHEST):
        raise QueryError(f"cursor {cursor[:20]!r}: give the next_cursor of the answer before, or none")
    return int(cursor)


def page(rows: Iterable[_Item], cursor: str, limit: int) -> Page[_Item]:
    """The rows from the cursor on, as many as are asked for and fit."""
    first, most = start(cursor), max(1, min(limit, MOST_ROWS))
    found: list[_Item] = []
    room = MOST_CHARACTERS
    for item in islice(rows, first, None):
        room -= len(json.dumps(shorten(plain(item))[0], ensure_ascii=False))
        if len(found) == most or (found and room < 0):
            return Page(tuple(found), str(first + len(found)))
        found.append(item)
    return Page(tuple(found), None)


def plain(value: Any) -> Any:
    """Dataclasses as objects, without those of their values that are None unless something is known."""
    if is_dataclass(value):
        known = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: plain(of) for each, of in known if not (of is None and each.default is None)}
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


def shorten(value: Any) -> tuple[Any, tuple[Cut, ...]]:
    """The value with its longest texts cut, and which."""
    cuts: list[Cut] = []
    return _shortened(value, "", cuts), tuple(cuts)


def _shortened(value: Any, at: str, cuts: list[Cut]) -> Any:
    if isinstance(value, str) and len(value) > MOST_TEXT:
        cuts.append(Cut(at, len(value)))
        return value[:MOST_TEXT]
    if isinstance(value, dict):
        return {key: _shortened(each, _below(at, key), cuts) for key, each in value.items()}
    if isinstance(value, list):
        return [_shortened(each, _below(at, number), cuts) for number, each in enumerate(value)]
    return value


def _below(at: str, name: object) -> str:
    return f"{at}.{name}" if at else str(name)


def pieces(line: str) -> Iterator[tuple[int, str]]:
    """A line in parts that no limit cuts, each with its column from 1."""
    for begin in range(0, max(1, len(line)), MOST_TEXT):
        yield begin + 1, line[begin : begin + MOST_TEXT]
