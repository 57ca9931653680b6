"""People from A to Z, and a page for each: works, co-authors, and who of these wrote with one another."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from litindex.datasette_plugin.addresses import Site
from litindex.datasette_plugin.charts import graphs
from litindex.datasette_plugin.charts.graphs import Node, Tie
from litindex.datasette_plugin.html.snippets import forward, initials
from litindex.datasette_plugin.kept import kept
from litindex.datasette_plugin.pages import listing as lists
from litindex.datasette_plugin.pages.arguments import Arguments
from litindex.query.lists.filters import Filters
from litindex.text_keys import person_key, search_key

ALL = """
SELECT a.name, count(DISTINCT na.note_id) FROM authors a JOIN note_authors na ON na.author_id = a.id
GROUP BY a.id ORDER BY a.name_key
"""
PERSON = "SELECT id, name FROM authors WHERE name_key = ? OR name = ? ORDER BY name = ? DESC LIMIT 1"
WORKS = "SELECT DISTINCT note_id FROM note_authors WHERE author_id = ?"
ROLES = """
SELECT na.role, count(DISTINCT na.note_id), min(w.year), max(w.year)
FROM note_authors na JOIN works w ON w.note_id = na.note_id WHERE na.author_id = ? GROUP BY 1 ORDER BY 2 DESC
"""
COAUTHORS = """
SELECT b.id, b.name, count(DISTINCT y.note_id), min(w.year), max(w.year)
FROM note_authors x JOIN note_authors y ON y.note_id = x.note_id AND y.author_id <> x.author_id
JOIN authors b ON b.id = y.author_id JOIN works w ON w.note_id = x.note_id
WHERE x.author_id = ? GROUP BY b.id ORDER BY 3 DESC, b.name_key
"""
TIES = """
SELECT x.author_id, y.author_id, count(DISTINCT x.note_id)
FROM json_each(:people) p JOIN note_authors x ON x.author_id = p.value
JOIN note_authors y ON y.note_id = x.note_id AND y.author_id > x.author_id
WHERE y.author_id IN (SELECT value FROM json_each(:people)) GROUP BY 1, 2
"""
MOST_DRAWN = 18
MOST_LISTED = 30
MOST_NAMES = 600
_MOST_WORKS = 24


class Person(NamedTuple):
    name: str
    works: int


class Coauthor(NamedTuple):
    id: int
    name: str
    works: int
    first_year: int | None
    last_year: int | None


def load_all(connection: sqlite3.Connection, arguments: Arguments) -> dict[str, Any]:
    """Values for the page of all people: those of a letter, or those with a part of a name, or those with most works."""
    people, by_letter = kept(connection, everyone)
    letter, words = arguments.one("letter"), search_key(arguments.one("q"))
    if words:
        shown = [person for person in people if words in search_key(person.name)]
    elif letter:
        shown = by_letter.get(letter, [])
    else:
        shown = sorted(people, key=lambda each: -each.works)[:_MOST_WORKS]
    return {
        "total": len(people),
        "letters": [(name, len(found)) for name, found in sorted(by_letter.items())],
        "letter": letter,
        "words": arguments.one("q"),
        "people": shown[:MOST_NAMES],
        "more": max(0, len(shown) - MOST_NAMES),
    }


def everyone(connection: sqlite3.Connection) -> tuple[list[Person], dict[str, list[Person]]]:
    """All people by name, and the same by letter."""
    people = [Person(*row) for row in connection.execute(ALL)]
    by_letter: dict[str, list[Person]] = {}
    for person in people:
        by_letter.setdefault(letter_of(person.name), []).append(person)
    return people, by_letter


def letter_of(name: str) -> str:
    """Under which letter a name stands: Å under A, what is no letter under #."""
    first = search_key(name.lstrip("'’ "))[:1].upper()
    return first if first.isalpha() else "#"


def load_one(connection: sqlite3.Connection, site: Site, vault: str, name: str) -> dict[str, Any] | None:
    """Values for the page of a person; None where nobody is called so."""
    found = connection.execute(PERSON, (person_key(name), name, name)).fetchone()
    if found is None:
        return None
    author_id, name = found
    ids = frozenset(note_id for (note_id,) in connection.execute(WORKS, (author_id,)))
    coauthors = [Coauthor(*row) for row in connection.execute(COAUTHORS, (author_id,))]
    return {
        "person": name,
        "roles": list(connection.execute(ROLES, (author_id,))),
        "total": len(ids),
        "works": lists.short_table(connection, site, vault, Filters(only=ids)),
        "coauthors": coauthors[:MOST_LISTED],
        "more": max(0, len(coauthors) - MOST_LISTED),
        "graph": _graph(connection, site, name, coauthors[:MOST_DRAWN]) if len(coauthors) > 1 else None,
    }


def _graph(connection: sqlite3.Connection, site: Site, name: str, coauthors: Sequence[Coauthor]) -> object:
    ids = json.dumps([each.id for each in coauthors])
    ties = [Tie(*row) for row in connection.execute(TIES, {"people": ids})]
    nodes = [
        Node(
            each.id,
            initials(each.name),
            f"{forward(each.name)}: {each.works} together",
            site.person(each.name),
            each.works,
        )
        for each in coauthors
    ]
    return graphs.circle(forward(name), nodes, ties)
