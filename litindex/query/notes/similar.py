"""Works near a note, by what they share: citations, people, tags, telling words. Without a model.

What few works share weighs much: ln(works / works that share it), a word a third of that. So a tag of every note and a
map of the whole field weigh little, whatever they are called.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import defaultdict
from typing import NamedTuple

from litindex.query.words.telling_words import COLUMNS, telling_words

_CITED = """
WITH cited AS (
  SELECT target_note_id AS id FROM citations WHERE note_id = :note_id AND target_note_id IS NOT NULL
  UNION SELECT target_note_id FROM links WHERE note_id = :note_id AND target_note_id IS NOT NULL)
"""
_CITING = """
WITH citing AS (
  SELECT note_id AS id FROM citations WHERE target_note_id = :note_id
  UNION SELECT note_id FROM links WHERE target_note_id = :note_id)
"""
CITED = f"{_CITED} SELECT '', id FROM cited"
CITING = f"{_CITING} SELECT '', id FROM citing"
BOTH_CITE = f"""
{_CITED}, named AS (SELECT id, coalesce('@' || w.citekey, w.title) AS name FROM cited JOIN works w ON w.note_id = id)
SELECT name, c.note_id FROM named JOIN citations c ON c.target_note_id = id
UNION SELECT name, l.note_id FROM named JOIN links l ON l.target_note_id = id
UNION SELECT '@' || x.citekey, y.note_id FROM citations x JOIN citations y ON y.citekey_key = x.citekey_key
  WHERE x.note_id = :note_id AND x.target_note_id IS NULL
"""
BOTH_LINK_TO = """
SELECT n.title, y.note_id
FROM links x JOIN links y ON y.target_note_id = x.target_note_id JOIN notes n ON n.id = x.target_note_id
WHERE x.note_id = :note_id AND n.kind <> 'literature'
UNION SELECT x.target, y.note_id FROM links x JOIN links y ON y.target_key = x.target_key
  AND y.scheme IS NULL AND (y.target_note_id IS NULL OR y.resolution = 'citation')
  WHERE x.note_id = :note_id AND x.resolution = 'unresolved'
"""
CITED_TOGETHER = f"""
{_CITING}, named AS (SELECT id, title FROM citing JOIN notes USING (id))
SELECT title, c.target_note_id FROM named JOIN citations c ON c.note_id = id
UNION SELECT title, l.target_note_id FROM named JOIN links l ON l.note_id = id
"""
PEOPLE = """
SELECT DISTINCT a.name, y.note_id
FROM note_authors x JOIN note_authors y ON y.author_id = x.author_id JOIN authors a ON a.id = x.author_id
WHERE x.note_id = :note_id
"""
TAGS = """
WITH RECURSIVE up AS (
  SELECT t.* FROM note_tags nt JOIN tags t ON t.id = nt.tag_id WHERE nt.note_id = :note_id
  UNION SELECT t.* FROM up JOIN tags t ON t.id = up.parent_id
), below AS (
  SELECT '#' || up.name AS tag, t.id
  FROM up JOIN tags t ON t.kind = up.kind
    AND (t.tag_key = up.tag_key OR (t.tag_key >= up.tag_key || '/' AND t.tag_key < up.tag_key || '0'))
), telling AS (
  SELECT tag FROM below JOIN note_tags nt ON nt.tag_id = below.id
  GROUP BY tag HAVING count(*) < (SELECT count(*) FROM works) / 6 + 4)
SELECT tag, nt.note_id FROM telling CROSS JOIN below USING (tag) CROSS JOIN note_tags nt ON nt.tag_id = below.id
"""
WORDS = f"""
SELECT k.key, f.rowid
FROM json_each(:asked) k CROSS JOIN notes_fts f WHERE f.notes_fts MATCH '{COLUMNS} : (' || k.value || ')'
UNION SELECT k.key, a.note_id
FROM json_each(:asked) k CROSS JOIN annotations_fts f JOIN annotations a ON a.id = f.rowid
WHERE f.annotations_fts MATCH k.value
"""
WORKS = """
SELECT w.note_id, n.path, n.title, w.citekey, w.creators, w.year, w.read_status
FROM works w JOIN notes n ON n.id = w.note_id WHERE w.note_id IN (SELECT value FROM json_each(:ids))
"""
OTHER_WORKS = "SELECT note_id FROM works WHERE note_id <> :note_id"

SAY = "both say"
SHARED = {
    "cites this": CITING,
    "cited by this": CITED,
    "both cite": BOTH_CITE,
    "both link to": BOTH_LINK_TO,
    "both cited in": CITED_TOGETHER,
    "both by": PEOPLE,
    "both tagged": TAGS,
}
"""What two notes may share -> what of it a note has with which notes; words are `SAY`."""
_OF_A_WORD = 1 / 3
_NAMED = 3


class Reason(NamedTuple):
    """Why two works are near: `how` is one of `SHARED` or `SAY`; `things` is empty where one cites the other."""

    how: str
    things: tuple[str, ...]

    def __str__(self) -> str:
        """`both by Okafor, Ngozi; Ito, Kenji`"""
        more = f" and {len(self.things) - _NAMED} more" if len(self.things) > _NAMED else ""
        return f"{self.how} {'; '.join(self.things[:_NAMED])}{more}".strip()


class Similar(NamedTuple):
    """A work, how near it is (to compare within one answer), and why, what weighs most first."""

    path: str
    title: str
    citekey: str | None
    creators: tuple[str, ...]
    year: int | None
    status: str | None
    nearness: float
    why: tuple[Reason, ...]


_Weights = dict[tuple[str, str], float]
"""(how, thing) -> what it weighs."""


def similar(connection: sqlite3.Connection, note_id: int, most: int = 10) -> list[Similar]:
    """The works nearest to a note, itself a work or not, the nearest first; none where nothing is shared."""
    shared = _weighed(connection, note_id)
    nearness = {each: round(sum(weights.values()), 3) for each, weights in shared.items()}
    least = sorted(nearness.values(), reverse=True)[:most][-1:]
    ids = [each for each, near in nearness.items() if [near] >= least]
    found = [
        Similar(
            path, title, citekey, tuple(json.loads(creators or "[]")), year, status, nearness[each], _why(shared[each])
        )
        for each, path, title, citekey, creators, year, status in connection.execute(WORKS, {"ids": json.dumps(ids)})
    ]
    return sorted(found, key=lambda work: (-work.nearness, work.path))[:most]


def _weighed(connection: sqlite3.Connection, note_id: int) -> dict[int, _Weights]:
    """What each other work shares with the note, each thing with its weight."""
    works = {each for (each,) in connection.execute(OTHER_WORKS, {"note_id": note_id})}
    shared: defaultdict[int, _Weights] = defaultdict(dict)
    for (how, thing), having in _shared(connection, note_id).items():
        near = having & works
        weight = math.log((len(works) + 1) / (len(near) + 1)) * (_OF_A_WORD if how == SAY else 1)
        for each in near if weight else ():
            shared[each][how, thing] = weight
    return shared


def _shared(connection: sqlite3.Connection, note_id: int) -> dict[tuple[str, str], set[int]]:
    """(how, thing) -> the notes that have it."""
    found: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for how, sql in SHARED.items():
        for thing, other in connection.execute(sql, {"note_id": note_id}):
            found[how, thing].add(other)
    words = {each.word: each.match for each in telling_words(connection, note_id)}
    for word, other in connection.execute(WORDS, {"asked": json.dumps(words, ensure_ascii=False)}):
        found[SAY, word].add(other)
    return found


def _why(weights: _Weights) -> tuple[Reason, ...]:
    things: defaultdict[str, list[str]] = defaultdict(list)
    totals: defaultdict[str, float] = defaultdict(float)
    for (how, thing), weight in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0])):
        totals[how] += weight
        if thing and not any(each.startswith(f"{thing}/") for each in things[how]):
            things[how].append(thing)
    return tuple(Reason(how, tuple(things[how])) for how in sorted(totals, key=lambda how: (-totals[how], how)))
