"""Finding the note that a person means by a citekey, path, name, identifier, alias or title."""

from __future__ import annotations

import difflib
import re
import sqlite3
from typing import NamedTuple

from litindex.errors import NothingFound, QueryError
from litindex.text_keys import path_key, person_key, search_key, text_key, title_key

_CANDIDATE = "SELECT n.id, n.path, n.title, w.citekey FROM notes n LEFT JOIN works w ON w.note_id = n.id"
# The first that finds something decides; MOST rows of it are candidates.
FINDERS = (
    f"{_CANDIDATE} WHERE w.citekey_key = :citekey",
    f"{_CANDIDATE} WHERE n.path_key IN (:path, :path || '.md')",
    f"{_CANDIDATE} WHERE n.name_key IN (:name, '@' || :name)",
    f"{_CANDIDATE} WHERE n.id IN (SELECT note_id FROM identifiers WHERE scheme = 'citekey' AND value = :citekey)",
    f"{_CANDIDATE} WHERE n.id IN (SELECT note_id FROM identifiers"
    " WHERE scheme IN ('doi', 'arxiv', 'isbn', 'pmid', 'pmcid') AND value IN (:identifier, :digits))",
    f"{_CANDIDATE} WHERE w.zotero_key = :zotero",
    f"{_CANDIDATE} WHERE n.id IN (SELECT note_id FROM aliases WHERE alias_key = :text)",
    f"{_CANDIDATE} WHERE w.title_key = :title AND :title <> ''",
    f"{_CANDIDATE} WHERE lower(n.title) = :text",
)
BEGINNING = f"""
{_CANDIDATE} WHERE n.id IN (
  SELECT note_id FROM works WHERE citekey_key >= :start AND citekey_key < :end
  UNION SELECT id FROM notes WHERE name_key >= :start AND name_key < :end)
LIMIT :most
"""
CONTAINING = f"{_CANDIDATE} WHERE instr(n.name_key, :text) > 0 OR instr(w.citekey_key, :text) > 0 LIMIT :most"
NAMES = "SELECT name FROM authors"
MOST = 20
MOST_NEAR = 5
_LAST = "\U0010ffff"
_PREFIX = re.compile(
    r"^(?:https?://(?:dx\.)?doi\.org/|https?://arxiv\.org/(?:abs|pdf)/|(?:doi|arxiv|isbn|pmid|pmcid):\s*)"
)
_ZOTERO = re.compile(r"([A-Za-z0-9]{8})$")


class Candidate(NamedTuple):
    """A note that may be meant."""

    note_id: int
    path: str
    title: str
    citekey: str | None


def find(connection: sqlite3.Connection, called: str) -> list[Candidate]:
    """The notes of that citekey (with or without @), path, name, identifier, alias or title, in this order."""
    keys = _keys(called.strip(), _vault(connection))
    for finder in FINDERS:
        found = [Candidate(*row) for row in connection.execute(f"{finder} ORDER BY n.path LIMIT {MOST}", keys)]
        if found:
            return found
    return []


def find_one(connection: sqlite3.Connection, called: str) -> Candidate:
    """The only note that is called so. NothingFound: none, or several, with what may be meant."""
    found = find(connection, called)
    if len(found) == 1:
        return found[0]
    meant = ", ".join(each.path for each in found or near(connection, called))
    if found:
        raise NothingFound(f"{called!r} may be each of these {len(found)}, name one by its path: {meant}")
    raise NothingFound(f"nothing is called {called!r}" + (f", perhaps you mean one of: {meant}" if meant else ""))


def _keys(called: str, vault: str) -> dict[str, str]:
    identifier = _PREFIX.sub("", called.lower())
    zotero = _ZOTERO.search(called)
    inside = called.removeprefix(vault).lstrip("/") if vault and called.startswith(vault) else called.removeprefix("./")
    return {
        "citekey": person_key(called.removeprefix("@")),
        "path": path_key(inside.replace("\\", "/")),
        "name": path_key(called),
        "text": text_key(called),
        "identifier": identifier,
        "digits": identifier.replace("-", "").replace(" ", ""),
        "zotero": zotero[1].upper() if zotero else "",
        "title": title_key(called),
    }


def _vault(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = 'vault'").fetchone()
    return row[0] if row and isinstance(row[0], str) else ""


def person(connection: sqlite3.Connection, called: str) -> str | None:
    """The name of the person who is called so, either way round; case, accents and dots do not matter. None: nobody."""
    words = _words(called)
    return next((name for (name,) in connection.execute(NAMES) if words and _words(name) == words), None)


def _words(name: str) -> list[str]:
    """The words of a name as compared, the given names first."""
    family, _, given = search_key(name).partition(",")
    return re.findall(r"\w+", f"{given} {family}")


def near(connection: sqlite3.Connection, called: str) -> list[Candidate]:
    """What may have been meant where nothing is called so: names and citekeys that hold it, or begin alike."""
    text = path_key(called.strip().removeprefix("@").rsplit("/", 1)[-1].removesuffix(".md"))
    if not text:
        return []
    asked = [(CONTAINING, {"text": text})]
    asked += [(BEGINNING, {"start": text[:size], "end": text[:size] + _LAST}) for size in range(len(text) - 1, 2, -1)]
    for sql, values in asked:
        found = [Candidate(*row) for row in connection.execute(sql, {**values, "most": MOST})]
        if found:
            return sorted(found, key=lambda candidate: -_likeness(text, candidate))[:MOST_NEAR]
    return _by_words(connection, called)


def _by_words(connection: sqlite3.Connection, called: str) -> list[Candidate]:
    from litindex.query.words.search import search  # 25 ms, for those whose note has no such name

    try:
        paths = [hit.path for hit in search(connection, called, limit=MOST_NEAR).hits]
    except QueryError:
        return []
    return [Candidate(*connection.execute(f"{_CANDIDATE} WHERE n.path = ?", (path,)).fetchone()) for path in paths]


def _likeness(text: str, candidate: Candidate) -> float:
    names = (candidate.citekey or "", candidate.path.rsplit("/", 1)[-1].removesuffix(".md"))
    return max(difflib.SequenceMatcher(None, text, path_key(name)).ratio() for name in names)
