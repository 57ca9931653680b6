"""Notes from disk to rows: read, hash, parse, take apart. Runs in this process or in workers, with the same result."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from litindex.index.rows import Row, Rows, make_rows
from litindex.models import Note, Problem, Settings, SourceFile
from litindex.sync.racy_files import is_racy
from litindex.vault import read_file
from litindex.vault.root import Root

Signature = tuple[int, int, int, int]
"""size, mtime_ns, ctime_ns, inode: what decides whether a file is read (DECISIONS 14)."""


class Job(NamedTuple):
    """A note to read. Content with the hash that the index knows is not parsed again, unless `force`."""

    note_id: int
    file: SourceFile
    known_hash: str | None = None
    known: bool = False
    force: bool = False


class Reading(NamedTuple):
    """What came of a job. Without rows: nothing but size and times may have changed, or the note could not be read."""

    signature: Signature
    sha256: str
    racy: bool
    has_rows: bool
    problem: Problem | None

    @property
    def has_vanished(self) -> bool:
        """The file was there when its folder was listed, and is no more: the next run knows where it is."""
        return not (self.sha256 or self.has_rows or self.problem)


_SHARED = {"tags", "authors", "collections", "field_keys"}


class Batch(NamedTuple):
    """What came of some jobs, in their order, and the rows of all of them. Nothing in it but plain tuples, for
    `marshal` once the readings are made plain as well.
    """

    readings: list[Reading]
    rows: Rows


def perform(root: Root, jobs: Sequence[Job], settings: Settings) -> Batch:
    """Reads and parses notes. Never raises for what a note or its file is."""
    return _gather(_perform(root, job, settings) for job in jobs)


def give_up(root: Root, job: Job, cause: str) -> Batch:
    """What becomes of a note that cannot be read to its end: its row, and the problem. Read again when its content is
    another one, and by a full run. `cause`: timeout or crashed.
    """
    from litindex.parser import unread_note

    try:
        file, data = read_file.read(root, job.file)
    except read_file.Vanished:
        return _gather([(Reading(job.file.signature, "", False, False, None), None)])
    except read_file.Unreadable as error:
        return _gather([_unread(job, error.problem)])
    what = "did not come to the end of this note" if cause == "timeout" else "broke down over this note"
    message = f"litindex {what}; it is not indexed. Please report it. `litindex build --full` tries again."
    note = unread_note(file.path, Problem(f"parser-{cause}", "error", None, message))
    digest = hashlib.sha256(data).hexdigest()
    reading = Reading(file.signature, digest, is_racy(file, time.time_ns()), True, None)
    return _gather([(reading, _rows(job, file, note, digest))])


def join(batches: Iterable[Batch]) -> Batch:
    """One batch of several."""
    return _gather(
        (reading, batch.rows if at == 0 else None) for batch in batches for at, reading in enumerate(batch.readings)
    )


def _gather(parts: Iterable[tuple[Reading, Rows | None]]) -> Batch:
    batch = Batch([], {})
    for reading, rows in parts:
        batch.readings.append(reading)
        for table, more in (rows or {}).items():
            batch.rows.setdefault(table, []).extend(more)
    for table in _SHARED.intersection(batch.rows):
        batch.rows[table] = _firsts(batch.rows[table], 2 if table == "tags" else 1)
    return batch


def _firsts(rows: list[Row], width: int) -> list[Row]:
    """The first row with each key, the key being the first `width` values: what is shared needs to be sent once."""
    found: dict[Row, Row] = {}
    for row in rows:
        found.setdefault(row[:width], row)
    return list(found.values())


def _perform(root: Root, job: Job, settings: Settings) -> tuple[Reading, Rows | None]:
    from litindex.parser import parse_note

    file = job.file
    if file.excluded:
        return _without_content(job, None)
    if file.size > read_file.MAX_NOTE_BYTES:
        return _without_content(job, _too_large(file.size))
    try:
        file, data = read_file.read(root, file)
    except read_file.Vanished:
        return Reading(job.file.signature, "", False, False, None), None
    except read_file.Unreadable as error:
        return _unread(job, error.problem)
    if len(data) > read_file.MAX_NOTE_BYTES:
        return _without_content(job._replace(file=file), _too_large(file.size))
    racy = is_racy(file, time.time_ns())
    digest = hashlib.sha256(data).hexdigest()
    if digest == job.known_hash and not job.force:
        return Reading(file.signature, digest, racy, False, None), None
    note = parse_note(file.path, data, settings)
    return Reading(file.signature, digest, racy, True, None), _rows(job, file, note, digest)


def _without_content(job: Job, problem: Problem | None) -> tuple[Reading, Rows | None]:
    """An excluded note (F3) or one above the limit (N10): a row, whatever the file holds."""
    from litindex.parser import excluded_note, unread_note

    note = excluded_note(job.file.path, b"") if problem is None else unread_note(job.file.path, problem)
    return Reading(job.file.signature, "", False, True, None), _rows(job, job.file, note, "")


def _unread(job: Job, problem: Problem) -> tuple[Reading, Rows | None]:
    """A known note keeps its rows (N4); a new one gets a row, so that links to it find it."""
    from litindex.parser import unread_note

    reading = Reading(job.file.signature, "", False, not job.known, problem)
    if job.known:
        return reading, None
    rows = _rows(job, job.file, unread_note(job.file.path, problem), "")
    return reading, {**rows, "problems": []}


def refused(job: Job, reading: Reading, error: Exception) -> Batch:
    """A note whose rows the database does not take: its own row, and a problem that says so."""
    from litindex.parser import unread_note

    message = f"the index does not take what this note says ({error}): only its name is indexed. Please report it."
    note = unread_note(job.file.path, Problem("not-indexed", "error", None, message))
    size, mtime_ns, ctime_ns, ino = reading.signature
    file = job.file._replace(size=size, mtime_ns=mtime_ns, ctime_ns=ctime_ns, ino=ino)
    return Batch([reading], _rows(job, file, note, reading.sha256))


def _too_large(size: int) -> Problem:
    limit = read_file.MAX_NOTE_BYTES // 2**20
    return Problem("too-large", "warning", None, f"{size:,} bytes: a note above {limit} MiB is not read; split it")


def _rows(job: Job, file: SourceFile, note: Note, digest: str) -> Rows:
    signature = (file.size, file.mtime_ns, file.ctime_ns, file.ino, digest, read_file.path_bytes(file))
    return make_rows(job.note_id, note, signature)
