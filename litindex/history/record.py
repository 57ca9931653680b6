"""The kept tables: written in the transaction of the run that they tell of, pruned there, carried over into an index that
is rebuilt. Nothing here commits.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from litindex.history.changes import Change, State, compare
from litindex.history.lost_words import LostText, Written, lost_texts, may_be_lost
from litindex.index.database import as_json, open_damaged

KEPT_TABLES: Final = {
    "runs": ("id", "at", "built"),
    "changes": ("id", "run_id", "path", "what", "before", "after"),
    "lost_texts": ("id", "run_id", "path", "block", "characters", "text"),
}
"""Not derived from the notes, hence not compared with an index built from scratch. Those before others that refer to them."""

MOST_DAYS: Final = 730
MOST_CHANGES: Final = 100_000
LOST_DAYS: Final = 180
LOST_CHARACTERS: Final = 8_000_000
"""How long and how much is kept: the oldest goes first."""

STATES: Final = """
SELECT n.id, n.path, f.sha256, n.title, iif(w.note_id IS NULL, NULL, coalesce(w.title, w.citekey, n.title)), w.citekey, w.title,
       w.creators, w.year, w.read_status, (SELECT count(*) FROM annotations a WHERE a.note_id = n.id), n.own_word_count
FROM notes n JOIN files f ON f.id = n.id LEFT JOIN works w ON w.note_id = n.id
WHERE n.id IN (SELECT value FROM json_each(?))
"""
OWN_WORDS: Final = "SELECT own FROM note_texts WHERE note_id = ?"
BODY: Final = "SELECT t.body, n.line_count FROM note_texts t JOIN notes n ON n.id = t.note_id WHERE t.note_id = ?"
BLOCKS: Final = """
SELECT name, line_start, line_end FROM persist_blocks WHERE note_id = ? AND is_default = 0 ORDER BY position
"""
ADD_RUN: Final = "INSERT INTO runs (at, built) VALUES (?, ?)"
ADD_CHANGE: Final = "INSERT INTO changes (run_id, path, what, before, after) VALUES (?, ?, ?, ?, ?)"
ADD_LOST: Final = "INSERT INTO lost_texts (run_id, path, block, characters, text) VALUES (?, ?, ?, ?, ?)"
FORGET_SAME: Final = "DELETE FROM lost_texts WHERE path = ? AND text = ?"
FOLLOW: Final = "UPDATE {table} SET path = ? WHERE path = ?"
PRUNE: Final = (
    "DELETE FROM changes WHERE id <= (SELECT max(id) FROM changes) - :changes",
    "DELETE FROM changes WHERE run_id IN (SELECT id FROM runs WHERE at < :oldest)",
    "DELETE FROM lost_texts WHERE (SELECT at FROM runs WHERE runs.id = run_id) < :oldest_lost",
    "DELETE FROM runs WHERE at < :oldest",
)
PRUNE_LOST: Final = """
DELETE FROM lost_texts WHERE id IN (
  SELECT id FROM (SELECT id, sum(length(text)) OVER (ORDER BY id DESC) AS so_far FROM lost_texts) WHERE so_far > ?
)
"""


class History:
    """What one run changes. The states before are told by `will_change`, those after are asked for by `write`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._before: dict[int, State] = {}
        self._lost: dict[int, list[LostText]] = {}
        self._added: set[int] = set()
        self.changes: list[Change] = []
        self.lost: list[tuple[str, LostText]] = []

    def will_add(self, note_ids: Iterable[int]) -> None:
        """Notes that the index did not know."""
        self._added.update(note_ids)

    def will_change(self, note_ids: Iterable[int], new_texts: Mapping[int, tuple[str, str]] | None = None) -> None:
        """To be called before the notes' rows go. `new_texts`: own words and body of those that will have others."""
        unknown = set(note_ids) - self._before.keys()
        self._before |= _states(self._db, unknown)
        for note_id in unknown & (new_texts or {}).keys():
            if lost := self._losses(note_id, *(new_texts or {})[note_id]):
                self._lost[note_id] = lost

    def _losses(self, note_id: int, own: str, body: str) -> list[LostText]:
        for (own_before,) in self._db.execute(OWN_WORDS, (note_id,)):
            if may_be_lost(own_before, own):
                return list(lost_texts(self._written(note_id, own_before), own, body))
        return []

    def _written(self, note_id: int, own: str) -> Written:
        body, line_count = self._db.execute(BODY, (note_id,)).fetchone()
        lines = body.split("\n")
        first = line_count - len(lines) + 1
        blocks = self._db.execute(BLOCKS, (note_id,))
        return Written(
            own, body, tuple((name, _inside(lines, start - first, end - first)) for name, start, end in blocks)
        )

    def write(self, now: datetime) -> None:
        """Adds what the run changed, and a row for the run where there is something."""
        after = _states(self._db, self._before.keys() | self._added)
        ids = self._before.keys() | after.keys()
        changes = (change for each in ids for change in compare(self._before.get(each), after.get(each)))
        self.changes = sorted(changes, key=lambda change: change.path)
        there = {each: after[each].path for each in self._lost if self._is_other(each, after.get(each))}
        self.lost = [(path, text) for each, path in there.items() for text in self._lost[each]]
        if self.changes or self.lost:
            self._follow()
            run = add_run(self._db, now)
            self._db.executemany(ADD_CHANGE, ((run, *change) for change in self.changes))
            self._keep_lost(run)
            prune(self._db, now)

    def _is_other(self, note_id: int, now: State | None) -> bool:
        """Whether the note is there, with other content: what only a newer litindex takes for other words is not lost."""
        return now is not None and now.sha256 not in ("", self._before[note_id].sha256)

    def _keep_lost(self, run: int) -> None:
        if self.lost:
            self._db.executemany(FORGET_SAME, ((path, lost.text) for path, lost in self.lost))
            self._db.executemany(ADD_LOST, ((run, path, *lost) for path, lost in self.lost))
            self._db.execute(PRUNE_LOST, (LOST_CHARACTERS,))

    def _follow(self) -> None:
        """What is known of a note goes with it."""
        moved = [(change.after, change.before) for change in self.changes if change.what == "path"]
        for table in "changes", "lost_texts":
            self._db.executemany(FOLLOW.format(table=table), moved)


def _states(connection: sqlite3.Connection, note_ids: Iterable[int]) -> dict[int, State]:
    return {row[0]: State(*row[1:]) for row in connection.execute(STATES, (as_json(note_ids),))}


def _inside(lines: list[str], start: int, end: int) -> str:
    """The lines between two markers, or that of both."""
    return "\n".join(lines[start + 1 : end] if end > start else lines[start : start + 1])


def add_run(connection: sqlite3.Connection, now: datetime, built: int | None = None) -> int:
    """A run, and its number. `built`: how many notes it read into an empty index: these are no changes."""
    return int(connection.execute(ADD_RUN, (_text(now), built)).lastrowid or 0)


def prune(connection: sqlite3.Connection, now: datetime) -> None:
    """Keeps to the limits above."""
    oldest, oldest_lost = (_text(now - timedelta(days=days)) for days in (MOST_DAYS, LOST_DAYS))
    limits = {"changes": MOST_CHANGES, "oldest": oldest, "oldest_lost": oldest_lost}
    for statement in PRUNE:
        connection.execute(statement, limits)


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds")


def forget(connection: sqlite3.Connection) -> None:
    """Deletes all history, for those who want none."""
    for table in reversed(KEPT_TABLES):
        connection.execute(f"DELETE FROM {table}")


def carry_over(damaged: Path, connection: sqlite3.Connection) -> None:
    """Copies what can be read of the kept tables of a damaged index into a new one."""
    with suppress(sqlite3.Error), closing(open_damaged(damaged)) as source:
        for table, columns in KEPT_TABLES.items():
            _copy(source, connection, table, columns)


def _copy(source: sqlite3.Connection, connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> None:
    marks = ", ".join("?" * len(columns))
    for row in _readable_rows(source, table, columns):
        with suppress(sqlite3.IntegrityError):
            connection.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", row)


def _readable_rows(source: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """From the beginning until a page that is damaged, then from the end until one."""
    if source.execute("SELECT type FROM sqlite_master WHERE name = ?", (table,)).fetchone() != ("table",):
        return
    for order in "id", "id DESC":
        query = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order} LIMIT ?"
        with suppress(sqlite3.Error):
            yield from source.execute(query, (2 * MOST_CHANGES,))
            return
