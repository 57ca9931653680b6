"""One run in its transaction: carries out a plan and settles all that hangs on it. Nothing here commits."""

from __future__ import annotations

import hashlib
import posixpath
import sqlite3
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from litindex import collisions, crawler, dimensions, resolver, upserter
from litindex.models import Problem, Settings, SourceFile
from litindex.parser.links import path_key
from litindex.plan import FilePlan, Known, Plan, pair_moves
from litindex.reading import Job, Reading, parse, perform
from litindex.report import Report
from litindex.rows import Rows

Progress = Callable[[int, int], None]

NEXT_NOTE = "SELECT coalesce(max(id), 0) + 1 FROM notes"
NEXT_ATTACHMENT = "SELECT coalesce(max(id), 0) + 1 FROM attachments"
HASHES = "SELECT id, sha256 FROM notes WHERE id IN (SELECT value FROM json_each(?))"
NAMES_OF = "SELECT name_key, path_key FROM notes WHERE id = ?"
CITEKEY_OF = "SELECT citekey_key FROM works WHERE note_id = ? AND citekey_key IS NOT NULL"
MARKS_OF = """
SELECT note_id, zotero_library, zotero_key, citekey_key FROM works
WHERE note_id IN (SELECT value FROM json_each(?))
"""
FORGET_ATTACHMENT_PROBLEM = "DELETE FROM problems WHERE note_id IS NULL AND code = 'path-case-collision' AND path = ?"
FILE_PROBLEMS = """
SELECT id, note_id, path, code, severity, line, message FROM problems
WHERE code <> 'path-case-collision' AND (note_id IS NULL OR code = 'unreadable')
"""

_ATTACHMENT_KINDS = {
    **dict.fromkeys("avif bmp gif jpeg jpg png svg webp".split(), "image"),
    **dict.fromkeys("flac m4a mp3 ogg wav 3gp".split(), "audio"),
    **dict.fromkeys("mkv mov mp4 ogv webm".split(), "video"),
    "pdf": "pdf",
    "canvas": "canvas",
    "base": "base",
}


class Run:
    """Carries out one plan. `racy`: notes that were read too soon after a change -> whether their content was new."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        root: crawler.Root,
        settings: Settings,
        report: Report,
        progress: Progress | None,
    ) -> None:
        self._db = connection
        self._root = root
        self._settings = settings
        self._report = report
        self._progress = progress
        self._changes = resolver.Changes()
        self._used = dimensions.Used()
        self._path_keys: set[str] = set()
        self._problems: list[tuple[int | None, str, Problem]] = []
        self.racy: dict[int, bool] = {}

    def carry_out(self, plan: Plan, found: crawler.Crawl, *, full: bool) -> None:
        """Everything, in the order that references need."""
        self._problems += [(None, path, problem) for path, problem in found.problems]
        self._report.unreadable += [path for path in found.unreadable]
        with self._timed("attachments"):
            self._sync_attachments(plan.attachments)
        with self._timed("notes"):
            self._sync_notes(plan.notes, full)
        with self._timed("resolve"):
            self._settle()

    @contextmanager
    def _timed(self, phase: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self._report.seconds[phase] = time.perf_counter() - start

    # ------------------------------------------------------------------------------------------------ notes

    def _sync_notes(self, plan: FilePlan, full: bool) -> None:
        moves = self._find_moves(plan)
        self._moved = {old.id for old in moves.values()}
        for old in plan.gone:
            if old.id not in self._moved:
                self._remove(old)
        jobs = [*self._changed_jobs(plan, full), *self._new_jobs(plan, moves)]
        jobs.sort(key=lambda job: job.file.path)
        for done, job in enumerate(jobs, 1):
            self._take(job, perform(self._root, job, self._settings))
            if self._progress:
                self._progress(done, len(jobs))
        self._report.unchanged += plan.unchanged

    def _changed_jobs(self, plan: FilePlan, full: bool) -> list[Job]:
        hashes = self._hashes(old.id for _, old in plan.changed)
        return [Job(old.id, file, hashes[old.id], True, full, file[3:7] == old[2:6]) for file, old in plan.changed]

    def _new_jobs(self, plan: FilePlan, moves: dict[str, Known]) -> list[Job]:
        (next_id,) = self._db.execute(NEXT_NOTE).fetchone()
        jobs = []
        for file in plan.new:
            old = moves.get(file.path)
            if old is None:
                jobs.append(Job(next_id, file))
                next_id += 1
            elif not self._move(old, file):
                jobs.append(Job(old.id, file, None, True, True))
        return jobs

    def _hashes(self, ids: Iterable[int]) -> dict[int, str]:
        return dict(self._db.execute(HASHES, (dimensions.as_json(ids),)).fetchall())

    def _remove(self, old: Known) -> None:
        self._remember(old.id, names=True)
        upserter.delete_note(self._db, old.id)
        self._report.removed += 1

    def _take(self, job: Job, reading: Reading) -> None:
        """Writes what came of a job."""
        if reading.sha256:
            self._report.checked += job.again and not reading.rows
            self._report.read += not job.again or bool(reading.rows)
        if reading.racy:
            self.racy[reading.note_id] = reading.rows is not None
        if reading.problem:
            self._problems.append((reading.note_id, job.file.path, reading.problem))
            self._report.unreadable.append(job.file.path)
        if reading.rows:
            self._write(job, reading)
        elif reading.problem is None:
            self._touch(job.note_id, reading.file)
        else:
            self._report.unchanged += 1

    def _write(self, job: Job, reading: Reading) -> None:
        rows = reading.rows or {}
        moved = job.note_id in self._moved
        if job.known:
            self._remember(job.note_id, names=moved)
            self._report.rows_written += upserter.replace_rows(self._db, rows)
        else:
            self._report.rows_written += upserter.insert_rows(self._db, rows)
        self._remember(job.note_id, names=moved or not job.known)
        self._report.parsed += 1
        self._report.added += not job.known
        self._report.moved += moved
        self._report.changed += job.known and not moved and reading.sha256 != job.known_hash
        self._report.unchanged += job.known and not moved and reading.sha256 == job.known_hash

    def _touch(self, note_id: int, file: SourceFile) -> None:
        """The content is what it was: only size and times are written, and only where they differ (FAULTS C4)."""
        self._db.execute(upserter.TOUCH_NOTE, (*file[3:7], note_id, *file[3:7]))
        self._report.unchanged += 1

    def _remember(self, note_id: int, *, names: bool) -> None:
        """What other notes may hang on: to be called before a note's rows go and after new ones came."""
        self._changes.notes.add(note_id)
        self._used.add(self._db, note_id)
        self._changes.citekeys.update(key for (key,) in self._db.execute(CITEKEY_OF, (note_id,)))
        if names:
            for name_key, key in self._db.execute(NAMES_OF, (note_id,)):
                self._changes.names.add(name_key)
                self._path_keys.add(key)
                if name_key.startswith("@"):
                    self._changes.citekeys.add(unicodedata.normalize("NFKC", name_key[1:]).casefold())

    # ------------------------------------------------------------------------------------------------ moves

    def _find_moves(self, plan: FilePlan) -> dict[str, Known]:
        """New path -> the note that was elsewhere: equal content, or equal Zotero key or citekey, and the old path is gone."""
        if not plan.new or not plan.gone:
            return {}
        gone = {old.path: old for old in plan.gone}
        hashes = self._hashes(old.id for old in plan.gone)
        new = [(file.path, digest) for file in plan.new if (digest := self._hash(file))]
        pairs = pair_moves(new, [(old.path, hashes[old.id]) for old in plan.gone if hashes[old.id]])
        for marks in self._marks(plan, pairs):
            pairs.update(pair_moves(*marks))
        return {path: gone[old] for path, old in pairs.items()}

    def _hash(self, file: SourceFile) -> str | None:
        if file.excluded or file.size > crawler.MAX_NOTE_BYTES:
            return None
        try:
            return hashlib.sha256(crawler.read(self._root, file)[1]).hexdigest()
        except crawler.Unreadable:
            return None

    def _marks(
        self, plan: FilePlan, pairs: dict[str, str]
    ) -> Iterator[tuple[list[tuple[str, object]], list[tuple[str, object]]]]:
        """What works can be known by besides their content: new ones and gone ones by Zotero key, then by citekey."""
        left = {old.id: old.path for old in plan.gone if old.path not in pairs.values()}
        gone = [(left[row[0]], *row[1:]) for row in self._db.execute(MARKS_OF, (dimensions.as_json(left),))]
        if not gone:
            return
        new = [(file.path, *marks) for file in plan.new if file.path not in pairs and (marks := self._work_marks(file))]
        for mark in (lambda row: row[2] and row[1:3]), (lambda row: row[3]):
            taken = set(pairs.values())
            yield (
                [(row[0], mark(row)) for row in new if row[0] not in pairs and mark(row)],
                [(row[0], mark(row)) for row in gone if row[0] not in taken and mark(row)],
            )

    def _work_marks(self, file: SourceFile) -> tuple[str | None, str | None, str | None] | None:
        if file.excluded or file.size > crawler.MAX_NOTE_BYTES:
            return None
        try:
            work = parse(file.path, crawler.read(self._root, file)[1], self._settings).work
        except crawler.Unreadable:
            return None
        return (work.zotero_library, work.zotero_key, work.citekey_key) if work else None

    def _move(self, old: Known, file: SourceFile) -> bool:
        """Moves a note's row when that is all: same name, same content. Its name is part of what a note says."""
        if posixpath.basename(old.path) != posixpath.basename(file.path):
            return False
        (digest,) = self._hashes([old.id]).values()
        if self._hash(file) != digest:
            return False
        self._remember(old.id, names=True)
        folder = posixpath.dirname(file.path)
        place = (file.path, path_key(file.path), folder, crawler.path_bytes(file), *file[3:7])
        self._db.execute(upserter.MOVE_NOTE, (*place, old.id))
        self._db.execute(upserter.MOVE_PROBLEMS, (file.path, old.id))
        self._remember(old.id, names=True)
        self._report.moved += 1
        return True

    # ------------------------------------------------------------------------------------------------ attachments

    def _sync_attachments(self, plan: FilePlan) -> None:
        for old in plan.gone:
            self._changes.names.add(path_key(posixpath.basename(old.path)))
            self._path_keys.add(path_key(old.path))
            self._db.execute(FORGET_ATTACHMENT_PROBLEM, (old.path,))
        upserter.delete_attachments(self._db, (old.id for old in plan.gone))
        (next_id,) = self._db.execute(NEXT_ATTACHMENT).fetchone()
        rows = [attachment_row(next_id + at, file) for at, file in enumerate(plan.new)]
        upserter.add_attachments(self._db, rows)
        self._changes.names.update(row[4] for row in rows)
        self._path_keys.update(row[2] for row in rows)
        for file, old in plan.changed:
            self._db.execute(upserter.TOUCH_ATTACHMENT, (*file[3:7], old.id))
        self._report.attachments_changed = len(plan.gone) + len(plan.new) + len(plan.changed)

    # ------------------------------------------------------------------------------------------------ settling

    def _settle(self) -> None:
        self._report.links_resolved = resolver.resolve(self._db, self._changes)
        dimensions.refresh(self._db, self._used)
        collisions.settle_paths(self._db, self._path_keys)
        collisions.settle_citekeys(self._db, self._changes.citekeys)
        wanted = {(note_id, path, *problem) for note_id, path, problem in self._problems}
        collisions.replace_problems(self._db, self._db.execute(FILE_PROBLEMS).fetchall(), wanted)


def attachment_row(attachment_id: int, file: SourceFile) -> tuple[object, ...]:
    """A row of `attachments`: id, path, path_key, name, name_key, folder, extension, kind, size, mtime_ns, ctime_ns, ino (F4)."""
    folder, name = posixpath.split(file.path)
    extension = posixpath.splitext(name)[1][1:].lower()
    kind = _ATTACHMENT_KINDS.get(extension, "other")
    return attachment_id, file.path, path_key(file.path), name, path_key(name), folder, extension, kind, *file[3:7]
