"""One run in its transaction: carries out a plan and settles all that hangs on it. Nothing here commits."""

from __future__ import annotations

import posixpath
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import datetime
from functools import partial

from litindex.history import record
from litindex.index import known_files, upserter
from litindex.index.bulk_load import Bulk
from litindex.index.file.maintenance import refuse_damage
from litindex.index.relations import canonical_names, collisions, resolver
from litindex.index.relations.affected import Touched
from litindex.index.rows import Row, Rows, note_of
from litindex.models import Known, Problem, Settings, SourceFile
from litindex.sync.moves import Move, find_moves
from litindex.sync.plan import FilePlan, Plan
from litindex.sync.racy_files import Racy
from litindex.sync.reading import Batch, Job, Reading, refused
from litindex.sync.report import MANY_ROWS, Report
from litindex.sync.workers import Reader
from litindex.text_keys import path_key
from litindex.vault import crawler, read_file
from litindex.vault.root import Root
from litindex.version import __version__

Progress = Callable[[int, int], None]

FORGET_ATTACHMENT_PROBLEM = "DELETE FROM problems WHERE note_id IS NULL AND code = 'path-case-collision' AND path = ?"

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
        root: Root,
        settings: Settings,
        report: Report,
        *,
        reader: Reader,
        now: datetime,
        bulk: bool = False,
        progress: Progress | None = None,
    ) -> None:
        """`bulk`: most of the notes are read, foreign keys are off; what hangs on them is then looked at as a whole."""
        self._db = connection
        self._root = root
        self._settings = settings
        self._report = report
        self._reader = reader
        self._now = now
        self._bulk = bulk
        self._progress = progress
        self._touched = Touched()
        self._history: record.History | None = None
        self._names: resolver.ComingNames | None = None
        """In bulk."""
        self._leaves_some = False
        """Whether a note that was to be written was not: it is gone, unreadable, or as it was."""
        self._paths: frozenset[str] | None = None
        self.moved: set[int] = set()
        self._problems: list[tuple[int | None, str, Problem]] = []
        self.racy: dict[int, bool] = {}

    def carry_out(self, plan: Plan, found: crawler.Crawl, *, full: bool, paths: frozenset[str] | None = None) -> None:
        """Everything, in the order that references need. `paths`: the only ones that were looked at (None: all)."""
        self._paths = paths
        if self._settings.history and known_files.count_notes(self._db):
            self._history = record.History(self._db)
        self._problems += [(None, path, problem) for path, problem in found.problems]
        with self._timed("attachments"):
            self._sync_attachments(plan.attachments)
        with self._timed("notes"):
            self._sync_notes(plan.notes, full)
        with self._timed("settle"):
            self._settle()
        with self._timed("history"):
            self._record()

    def sign(self, racy: Racy) -> None:
        """What a run leaves beside the rows: when it was, by which version, and the notes that wait for another look."""
        indexed_at = self._now.isoformat(timespec="seconds")
        values = {"racy": racy.dump(), "indexed_at": indexed_at, "litindex_version": __version__}
        known_files.set_meta(self._db, values)
        if self._report.rows_written > MANY_ROWS:
            self._db.execute("PRAGMA optimize")

    @contextmanager
    def _timed(self, phase: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self._report.seconds[phase] = time.perf_counter() - start

    # ------------------------------------------------------------------------------------------------ notes

    def _sync_notes(self, plan: FilePlan, full: bool) -> None:
        next_id = known_files.next_id(
            self._db
        )  # before any goes: a note that is new has not the id of one that was there
        moves = find_moves(self._db, self._root, self._read_works, plan)
        self.moved = {move.old.id for move in moves.values()}
        for old in plan.gone:
            if old.id not in self.moved | plan.held:
                self._remove(old)
        jobs = [*self._changed_jobs(plan, full), *self._new_jobs(plan, moves, next_id)]
        jobs.sort(key=lambda job: job.file.path)
        with Bulk(self._db) if self._bulk else nullcontext() as bulk:
            if bulk:
                self._names = resolver.ComingNames(self._db, {job.note_id: job.file.path for job in jobs})
            self._read(jobs, bulk)
            with self._timed("links"):
                self._report.links_resolved = self._resolve()

    def _resolve(self) -> int:
        if self._names is None:
            return resolver.resolve(self._db, self._touched)
        names = resolver.ComingNames(self._db, {}) if self._leaves_some else self._names
        return resolver.resolve_all(self._db, names)

    def _changed_jobs(self, plan: FilePlan, full: bool) -> list[Job]:
        hashes = known_files.known_hashes(self._db, (old.id for _, old in plan.changed))
        return [
            Job(old.id, file, hashes[old.id], True, full or file.excluded != old.excluded) for file, old in plan.changed
        ]

    def _new_jobs(self, plan: FilePlan, moves: dict[str, Move], next_id: int) -> list[Job]:
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

    def _read(self, jobs: list[Job], bulk: Bulk | None) -> None:
        done = 0

        def waiting() -> None:
            if self._progress:
                self._progress(done, len(jobs))

        with closing(self._reader.read(self._root, jobs, self._settings, waiting)) as batches:
            for batch_jobs, batch in batches:
                self._take(batch_jobs, batch, bulk)
                done += len(batch_jobs)
                waiting()

    def _read_works(self, files: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, Row]]:
        """Those of the files that are about a work, each with its row of `works`."""
        jobs = [Job(at, file) for at, file in enumerate(files)]
        waiting = partial(self._progress, 0, len(jobs)) if self._progress else lambda: None
        with closing(self._reader.read(self._root, jobs, self._settings, waiting)) as batches:
            for _, batch in batches:
                yield from ((files[row[0]], row) for row in batch.rows.get("works", ()))

    def _take(self, jobs: Sequence[Job], batch: Batch, bulk: Bulk | None) -> None:
        """Writes what came of some jobs. Where the database refuses a row, one note is to blame, not its neighbours."""
        try:
            with self._undone_on_error(jobs):
                self._write(jobs, batch, bulk)
        except upserter.REFUSALS:
            for job in jobs:
                self._take_alone(job, bulk)
        else:
            for job, reading in zip(jobs, batch.readings, strict=True):
                self._note(job, reading)

    def _take_alone(self, job: Job, bulk: Bulk | None) -> None:
        """Reads and writes one note again; of one that is refused, a row and a problem. That is no answer to damage."""
        batch = self._reader.read_alone(self._root, job, self._settings)
        try:
            with self._undone_on_error([job]):
                self._write([job], batch, bulk)
        except upserter.REFUSALS as error:
            refuse_damage(self._db)
            batch = refused(job, batch.readings[0], error)
            self._write([job], batch, bulk)
        self._note(job, batch.readings[0])

    def _undone_on_error(self, jobs: Sequence[Job]) -> AbstractContextManager[None]:
        """A savepoint makes FTS5 write out the words it has gathered, a sixth of the writing of a large build: there
        new notes are deleted again.
        """
        if self._bulk and not any(job.known for job in jobs):
            return upserter.deleted_on_refusal(self._db, [job.note_id for job in jobs])
        return upserter.savepoint(self._db)

    def _write(self, jobs: Sequence[Job], batch: Batch, bulk: Bulk | None) -> None:
        written = [job for job, reading in zip(jobs, batch.readings, strict=True) if reading.has_rows]
        self._remember(jobs, batch)
        for job in written:
            if job.known:
                self._touch(job.note_id)
                self._forget(job.note_id, batch.rows)
        if self._names:
            batch.rows["links"] = self._names.point(batch.rows.get("links", ()))
        count = upserter.write_rows(self._db, batch.rows)
        for job in written:
            self._touch(job.note_id, comes_or_goes=not job.known)
        if bulk:
            bulk.note_written(batch.rows)
        self._report.rows_written += count

    def _remember(self, jobs: Sequence[Job], batch: Batch) -> None:
        """Tells the history of notes whose content is new, while the rows of what they said are still there."""
        if self._history:
            pairs = zip(jobs, batch.readings, strict=True)
            changed = [job for job, read in pairs if read.has_rows and read.sha256 != job.known_hash]
            texts = {note_id: (own, body) for note_id, body, own, *_ in batch.rows.get("note_texts", ())}
            self._history.will_change((job.note_id for job in changed if job.known), texts)
            self._history.will_add(job.note_id for job in changed if not job.known)

    def _forget(self, note_id: int, rows: Rows) -> None:
        """Makes room for the note's new rows. Where it is not nearly all notes, what stays as it is, is not written."""
        if self._bulk:
            upserter.forget_content(self._db, note_id, spared=upserter.TERMS)  # which is empty
            return
        spared = upserter.unchanged(self._db, note_id, rows)
        upserter.forget_content(self._db, note_id, spared=spared)
        for table in spared:
            rows[table] = [row for row in rows.get(table, ()) if note_of(table, row) != note_id]

    def _note(self, job: Job, reading: Reading) -> None:
        """Remembers what came of one job; where it is only size and times, writes them if they differ (FAULTS C4)."""
        self._leaves_some = self._leaves_some or not reading.has_rows
        if reading.has_vanished:
            return
        if reading.racy:
            self.racy[job.note_id] = reading.has_rows
        if reading.problem:
            self._problems.append((job.note_id, job.file.path, reading.problem))
            self._report.unreadable.append(job.file.path)
        elif not reading.has_rows:
            parameters = (*reading.signature, job.note_id, *reading.signature)
            self._db.execute(upserter.SET_SIGNATURE, parameters)
        self._report.count(
            is_known=job.known,
            is_moved=job.note_id in self.moved,
            is_new_content=reading.has_rows and reading.sha256 != job.known_hash,
            was_read=bool(reading.sha256),
            was_parsed=reading.has_rows,
        )

    def _remove(self, old: Known) -> None:
        self._touch(old.id, comes_or_goes=True)
        if self._history:
            self._history.will_change([old.id])
        upserter.delete_note(self._db, old.id)
        self._report.removed += 1

    def _move(self, old: Known, file: SourceFile) -> None:
        """The note is the same, its folder is not: only its place is written."""
        self._touch(old.id)
        if self._history:
            self._history.will_change([old.id])
        key = path_key(file.path)
        self._touched.path_keys.add(key)
        self._db.execute(upserter.MOVE_NOTE, (file.path, key, posixpath.dirname(file.path), old.id))
        self._db.execute(upserter.MOVE_FILE, (read_file.path_bytes(file), *file.signature, old.id))
        self._db.execute(upserter.MOVE_PROBLEMS, (file.path, old.id))
        self._report.moved += 1

    def _touch(self, note_id: int, *, comes_or_goes: bool = False) -> None:
        if not self._bulk:
            self._touched.add_note(self._db, note_id, comes_or_goes=comes_or_goes or note_id in self.moved)

    # ------------------------------------------------------------------------------------------------ attachments

    def _sync_attachments(self, plan: FilePlan) -> None:
        gone = [old for old in plan.gone if old.id not in plan.held]
        for old in gone:
            self._touched.add_attachment(path_key(posixpath.basename(old.path)), path_key(old.path))
            self._db.execute(FORGET_ATTACHMENT_PROBLEM, (old.path,))
        upserter.delete_attachments(self._db, (old.id for old in gone))
        new = list(enumerate(plan.new, known_files.next_id(self._db)))
        rows = [attachment_row(file_id, file) for file_id, file in new]
        signatures = [(file_id, *file.signature, None, read_file.path_bytes(file)) for file_id, file in new]
        upserter.add_attachments(self._db, signatures, rows)
        for row in rows:
            self._touched.add_attachment(row[4], row[2])
        for file, old in plan.changed:
            self._db.execute(upserter.SET_SIGNATURE, (*file.signature, old.id, *file.signature))
        self._report.attachments_changed = len(gone) + len(plan.new) + len(plan.changed)

    # ------------------------------------------------------------------------------------------------ history

    def _record(self) -> None:
        """A run that begins with no notes changes none: it is one row."""
        if self._history:
            self._history.write(self._now)
            self._report.history = self._history.changes
            self._report.lost = sorted({path for path, _ in self._history.lost})
        elif not self._settings.history:
            record.forget(self._db)
        elif self._report.added:
            record.add_run(self._db, self._now, self._report.added)

    # ------------------------------------------------------------------------------------------------ settling

    def _settle(self) -> None:
        touched = None if self._bulk else self._touched
        canonical_names.refresh(self._db, touched)
        collisions.settle_paths(self._db, None if touched is None else touched.path_keys)
        collisions.settle_citekeys(self._db, None if touched is None else touched.citekeys)
        self._settle_file_problems()

    def _settle_file_problems(self) -> None:
        """Problems of files and folders as the crawl met them, not of what notes say."""
        wanted = {(note_id, path, *problem) for note_id, path, problem in self._problems}
        collisions.replace_problems(self._db, known_files.file_problems(self._db, self._paths), wanted)


def attachment_row(attachment_id: int, file: SourceFile) -> Row:
    """A row of `attachments`: id, path, path_key, name, name_key, folder, extension, kind (F4)."""
    folder, name = posixpath.split(file.path)
    extension = posixpath.splitext(name)[1][1:].lower()
    kind = _ATTACHMENT_KINDS.get(extension, "other")
    return attachment_id, file.path, path_key(file.path), name, path_key(name), folder, extension, kind
