"""One run in its transaction: carries out a plan and settles all that hangs on it. Nothing here commits."""

from __future__ import annotations

import posixpath
import sqlite3
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from litindex import collisions, crawler, dimensions, resolver, upserter
from litindex.models import Problem, Settings, SourceFile
from litindex.moves import Move, find_moves, known_hashes
from litindex.parser.links import path_key
from litindex.plan import FilePlan, Known, Plan
from litindex.reading import Job, Reading, perform
from litindex.report import Report
from litindex.rows import Row

Progress = Callable[[int, int], None]

NEXT_NOTE = "SELECT coalesce(max(id), 0) + 1 FROM notes"
NEXT_ATTACHMENT = "SELECT coalesce(max(id), 0) + 1 FROM attachments"
NAMES_OF = "SELECT name_key, path_key FROM notes WHERE id = ?"
CITEKEY_OF = "SELECT citekey_key FROM works WHERE note_id = ? AND citekey_key IS NOT NULL"
FORGET_ATTACHMENT_PROBLEM = "DELETE FROM problems WHERE note_id IS NULL AND code = 'path-case-collision' AND path = ?"
FILE_PROBLEMS = """
SELECT id, note_id, path, code, severity, line, message FROM problems
WHERE code <> 'path-case-collision' AND (note_id IS NULL OR code = 'unreadable')
"""

_ATTACHMENT_KINDS = {
    **dict.fromkeys(["avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp"], "image"),
    **dict.fromkeys(["flac", "m4a", "mp3", "ogg", "wav", "3gp"], "audio"),
    **dict.fromkeys(["mkv", "mov", "mp4", "ogv", "webm"], "video"),
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
        self._report.unreadable += found.unreadable
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
        moves = find_moves(self._db, self._root, self._settings, plan)
        self._moved = {move.old.id for move in moves.values()}
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
        hashes = known_hashes(self._db, (old.id for _, old in plan.changed))
        return [
            Job(old.id, file, hashes[old.id], True, full or file.excluded != old.excluded, file[3:7] == old[2:6])
            for file, old in plan.changed
        ]

    def _new_jobs(self, plan: FilePlan, moves: dict[str, Move]) -> list[Job]:
        (next_id,) = self._db.execute(NEXT_NOTE).fetchone()
        jobs = []
        for file in plan.new:
            move = moves.get(file.path)
            if move is None:
                jobs.append(Job(next_id, file))
                next_id += 1
            elif move.only_folder:
                self._move(move.old, file)
            else:
                jobs.append(Job(move.old.id, file, None, True, True))
        return jobs

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
        for name_key, key in self._db.execute(NAMES_OF, (note_id,)):
            self._path_keys.add(key)
            if names:
                self._changes.names.add(name_key)
            if names and name_key.startswith("@"):
                self._changes.citekeys.add(unicodedata.normalize("NFKC", name_key[1:]).casefold())

    def _move(self, old: Known, file: SourceFile) -> None:
        """The note is the same, its folder is not: only its place is written."""
        self._remember(old.id, names=True)
        place = (file.path, path_key(file.path), posixpath.dirname(file.path), crawler.path_bytes(file), *file[3:7])
        self._db.execute(upserter.MOVE_NOTE, (*place, old.id))
        self._db.execute(upserter.MOVE_PROBLEMS, (file.path, old.id))
        self._remember(old.id, names=True)
        self._report.moved += 1

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


def attachment_row(attachment_id: int, file: SourceFile) -> Row:
    """A row of `attachments`: id, path, path_key, name, name_key, folder, extension, kind, size, mtime_ns, ctime_ns,
    ino (F4).
    """
    folder, name = posixpath.split(file.path)
    extension = posixpath.splitext(name)[1][1:].lower()
    kind = _ATTACHMENT_KINDS.get(extension, "other")
    return attachment_id, file.path, path_key(file.path), name, path_key(name), folder, extension, kind, *file[3:7]
