"""What a person types as a tag, author, type …, looked up in the index. QueryError: there is no such thing; it says which
there are that look like it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Never, TypeVar

from litindex.errors import QueryError
from litindex.query.suggestions import no_such
from litindex.text_keys import search_key, text_key

TAG = "SELECT tag_key FROM tags WHERE tag_key = ? LIMIT 1"
TAGS = "SELECT DISTINCT tag_key, name FROM tags"
AUTHORS = "SELECT id, name FROM authors ORDER BY id"
ITEM_TYPES = "SELECT DISTINCT item_type FROM works WHERE item_type IS NOT NULL"
STATUSES = "SELECT DISTINCT read_status FROM works WHERE read_status IS NOT NULL"
CONTAINERS = "SELECT DISTINCT container FROM works WHERE container IS NOT NULL"
FOLDERS = "SELECT DISTINCT folder FROM notes WHERE folder <> ''"
COLORS = "SELECT DISTINCT color_name FROM annotations WHERE color_name IS NOT NULL"
Key = TypeVar("Key", int, str)
USUAL_STATUSES = ("unread", "reading", "read")
_SEPARATORS = re.compile(r"[\s_-]+")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS = re.compile(r"\w+")


def tag_keys(connection: sqlite3.Connection, typed: str) -> list[str]:
    """The keys of a tag, with or without `#`: its own, else of those that differ in accents only."""
    key = text_key(typed.strip("#/ "))
    if connection.execute(TAG, (key,)).fetchone():
        return [key]
    names: dict[str, str] = dict(connection.execute(TAGS))
    return _matching("tag", typed.strip("#/ "), names, lambda folded, each: each == folded)


def author_ids(connection: sqlite3.Connection, typed: str) -> list[int]:
    """The people of whose names each typed word is a part, an initial the beginning of one: `okafor`, `N. Okafor`."""
    people: dict[int, str] = dict(connection.execute(AUTHORS))
    return _matching("author", typed, people, _is_named)


def item_types(connection: sqlite3.Connection, typed: str) -> list[str]:
    """A type as shown (journal article), as Zotero says (journalArticle), or as CSL and BibTeX do."""
    from litindex.parser.vocabulary.item_types import CSL_TYPES, known_type  # with the parser: 100 ms

    held = _column(connection, ITEM_TYPES)
    squeezed = _squeezed(typed)
    found = [each for each in held if _squeezed(each) == squeezed]
    known = known_type(typed)
    if not found and known:
        found = [known]
    return found or _refuse("type", typed, map(type_label, held or CSL_TYPES))


def statuses(connection: sqlite3.Connection, typed: str) -> list[str]:
    held = dict.fromkeys((*_column(connection, STATUSES), *USUAL_STATUSES))
    return _matching("status", typed, dict(zip(held, held, strict=True)), lambda folded, each: each == folded)


def containers(connection: sqlite3.Connection, typed: str) -> list[str]:
    """The journals, books, sites of whose names the typed text is a part."""
    held = _column(connection, CONTAINERS)
    return _matching("container", typed, dict(zip(held, held, strict=True)), lambda folded, each: folded in each)


def folders(connection: sqlite3.Connection, typed: str) -> list[str]:
    """The folder and those below it; a folder that holds only folders is one too."""
    wanted = typed.strip().replace("\\", "/").removeprefix("./").strip("/")
    held = _column(connection, FOLDERS)
    if not wanted:
        return ["", *held]
    key = text_key(wanted)
    found = [each for each in held if text_key(each) == key or text_key(each).startswith(f"{key}/")]
    parents = {each[:at] for each in held for at in range(len(each)) if each[at] == "/"}
    return found or _refuse("folder", wanted, dict.fromkeys((*held, *sorted(parents))))


def colors(connection: sqlite3.Connection, typed: str) -> list[str]:
    """A colour as the index calls it, in another language, or as #rrggbb."""
    held = _column(connection, COLORS)
    found = [each for each in held if text_key(each) == text_key(typed.strip())]
    if found:
        return found
    from litindex.parser.vocabulary.colors import color_name, find_hex, find_word  # with the parser: 100 ms

    known = list(filter(None, (color_name(find_hex(typed)) or find_word(typed),)))
    return known or _refuse("colour", typed, held)


def type_label(item_type: str) -> str:
    """`journalArticle` as people say it: `journal article`."""
    return _CAPITAL.sub(" ", item_type).lower()


def _is_named(typed: str, name: str) -> bool:
    words = _WORDS.findall(typed)
    if not all(word in name for word in words):  # cheap, and true of few names
        return False
    parts = _WORDS.findall(name)
    return all(
        any(part.startswith(word) if len(word) == 1 and word.isascii() else word in part for part in parts)
        for word in words
    )


def _matching(kind: str, typed: str, names: Mapping[Key, str], holds: Callable[[str, str], bool]) -> list[Key]:
    folded = search_key(typed.strip())
    found = [key for key, name in names.items() if holds(folded, _folded(name))] if _WORDS.search(folded) else []
    return found or _refuse(kind, typed, names.values())


_folded = lru_cache(maxsize=20_000)(search_key)


def _refuse(kind: str, typed: str, known: Iterable[str]) -> Never:
    raise QueryError(no_such(kind, typed, known))


def _column(connection: sqlite3.Connection, sql: str) -> list[str]:
    return [value for (value,) in connection.execute(f"{sql} ORDER BY 1")]


def _squeezed(text: str) -> str:
    return _SEPARATORS.sub("", text).lower()
