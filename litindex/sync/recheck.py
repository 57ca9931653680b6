"""Notes whose size and times are as known, and whose content is looked at once more to be sure (FAULTS C3, C6)."""

from __future__ import annotations

import sqlite3
import time

from litindex.index import known_files
from litindex.models import Known, SourceFile
from litindex.sync.plan import FilePlan
from litindex.sync.racy_files import is_racy
from litindex.vault import read_file
from litindex.vault.root import Root


def recheck(connection: sqlite3.Connection, root: Root, plan: FilePlan, *, full: bool) -> dict[int, bool]:
    """Takes those out of the plan's changes that turn out to be unchanged; returns their ids, and whether each was read
    too soon after a change again.
    """
    candidates = [] if full else [old.id for file, old in plan.changed if _is_only_doubted(file, old)]
    if not candidates:
        return {}
    hashes = known_files.known_hashes(connection, candidates)
    found: dict[int, bool] = {}
    rest: list[tuple[SourceFile, Known]] = []
    for file, old in plan.changed:
        if old.id not in hashes or not _holds(root, file, hashes[old.id]):
            rest.append((file, old))
        else:
            found[old.id] = is_racy(file, time.time_ns())
    plan.changed = rest
    plan.unchanged += len(found)
    return found


def _is_only_doubted(file: SourceFile, old: Known) -> bool:
    return old.is_as(file) and not old.unread


def _holds(root: Root, file: SourceFile, digest: str) -> bool:
    """An excluded note, and one too large to be read, holds what it held; one that cannot be read may not. Imported
    here: hashlib takes as long as to look at a thousand files.
    """
    if not digest:
        return True
    import hashlib

    try:
        return hashlib.sha256(read_file.read(root, file)[1]).hexdigest() == digest
    except read_file.Unreadable:
        return False
