"""One note from disk to rows: read, hash, parse, take apart. Runs in this process or in workers, with the same
result.
"""

from __future__ import annotations

import hashlib
import time
from typing import NamedTuple

from litindex import crawler
from litindex.models import Note, Problem, Settings, SourceFile
from litindex.rows import Rows, make_rows

RACY_NS = 2_000_000_000
"""A note changed this short before it was read may change again without a trace: FAT ticks every 2 s (FAULTS C3)."""


class Job(NamedTuple):
    """A note to read. Content with the hash that the index knows is not parsed again, unless `force`."""

    note_id: int
    file: SourceFile
    known_hash: str | None = None
    known: bool = False
    force: bool = False
    again: bool = False
    """Size and times are as known: the content is looked at only to be sure."""


class Reading(NamedTuple):
    """What came of a job: `rows` is None when nothing but size and times may have changed, or nothing could be read."""

    note_id: int
    file: SourceFile
    sha256: str
    racy: bool
    rows: Rows | None
    problem: Problem | None


def perform(root: crawler.Root, job: Job, settings: Settings) -> Reading:
    """Reads and parses one note. Never raises for what a note or its file is."""
    file = job.file
    if file.excluded:
        return _without_content(job, None)
    if file.size > crawler.MAX_NOTE_BYTES:
        return _without_content(job, _too_large(file.size))
    try:
        file, data = crawler.read(root, file)
    except crawler.Unreadable as error:
        return _unread(job, error.problem)
    if len(data) > crawler.MAX_NOTE_BYTES:
        return _without_content(job._replace(file=file), _too_large(file.size))
    racy = time.time_ns() - max(file.mtime_ns, file.ctime_ns) < RACY_NS
    digest = hashlib.sha256(data).hexdigest()
    if digest == job.known_hash and not job.force:
        return Reading(job.note_id, file, digest, racy, None, None)
    rows = make_rows(job.note_id, parse(file.path, data, settings), _signature(file, digest))
    return Reading(job.note_id, file, digest, racy, rows, None)


def parse(path: str, data: bytes, settings: Settings) -> Note:
    from litindex.parser import parse_note

    return parse_note(path, data, settings)


def _without_content(job: Job, problem: Problem | None) -> Reading:
    """An excluded note (F3) or one above the limit (N10): a row, whatever the file holds."""
    if job.again and not job.force and job.known_hash == "":
        return Reading(job.note_id, job.file, "", False, None, None)
    from litindex.parser import excluded_note, unread_note

    path = job.file.path
    note = excluded_note(path, b"") if problem is None else unread_note(path, problem)
    return Reading(job.note_id, job.file, "", False, make_rows(job.note_id, note, _signature(job.file, "")), None)


def _unread(job: Job, problem: Problem) -> Reading:
    """A known note keeps its rows (N4); a new one gets a row, so that links to it find it."""
    if job.known:
        return Reading(job.note_id, job.file, "", False, None, problem)
    from litindex.parser import unread_note

    rows = make_rows(job.note_id, unread_note(job.file.path, problem), _signature(job.file, ""))
    return Reading(job.note_id, job.file, "", False, {**rows, "problems": []}, problem)


def _too_large(size: int) -> Problem:
    limit = crawler.MAX_NOTE_BYTES // 2**20
    return Problem("too-large", "warning", None, f"{size:,} bytes: a note above {limit} MiB is not read; split it")


def _signature(file: SourceFile, digest: str) -> tuple[int, int, int, int, str, bytes | None]:
    return file.size, file.mtime_ns, file.ctime_ns, file.ino, digest, crawler.path_bytes(file)
