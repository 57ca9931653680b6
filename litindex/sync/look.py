"""A look at the vault: everything, or only the files that were named, compared with what the index knows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from litindex.index import known_files
from litindex.models import SourceFile
from litindex.sync.plan import Plan, make_plan
from litindex.sync.recheck import recheck
from litindex.sync.spot_check import spot_check
from litindex.vault import crawler
from litindex.vault.root import Root


class Look(NamedTuple):
    """What a look at the vault found, and what is to do; `paths`: the only ones that were looked at (None: all);
    `checked`: notes whose content was read and is as known -> whether that was too soon after a change.
    """

    plan: Plan
    found: crawler.Crawl
    paths: frozenset[str] | None
    checked: dict[int, bool]


Refuse = Callable[[Iterable[SourceFile], Collection[str]], None]
"""Raises where what was found cannot be the vault whose notes are known."""


def look_everywhere(
    connection: sqlite3.Connection,
    root: Root,
    *,
    follow_links: bool = False,
    refuse: Refuse | None = None,
    hints: Iterable[str] = (),
    again: Collection[int] = (),
    full: bool = False,
    verify: bool = False,
) -> Look:
    """The whole vault. The content of the notes at `hints` and of those of the ids `again` is compared whatever their
    times say, with `verify` that of all.
    """
    found = crawler.crawl(root, follow_links=follow_links)
    notes = known_files.known_notes(connection)
    if refuse:
        refuse(found.files, notes)
    doubtful = set(again) | {known[0] for path in hints if (known := notes.get(path))}
    if verify:
        doubtful |= {known[0] for known in notes.values()}
    attachments = known_files.known_attachments(connection)
    plan = make_plan(found.files, notes, attachments, unreadable=found.unreadable, again=doubtful, full=full)
    return Look(plan, found, None, recheck(connection, root, plan.notes, full=full))


def look_at(connection: sqlite3.Connection, root: Root, paths: Mapping[str, bool]) -> Look | None:
    """Only these files, with what the last event said of each: that something is there. None where so little would not
    tell the truth.
    """
    notes, attachments = known_files.known_notes(connection, paths), known_files.known_attachments(connection, paths)
    known = notes.keys() | attachments.keys()
    found = spot_check(root, paths, known)
    if found is None or known_files.hold_files(connection, paths.keys() - known):
        return None
    plan = make_plan(found.files, notes, attachments, again={row[0] for row in notes.values()})
    if plan.notes.gone and len(plan.notes.gone) == known_files.count_notes(connection):
        return None
    return Look(plan, found, frozenset(paths), recheck(connection, root, plan.notes, full=False))


def has_other_problems(connection: sqlite3.Connection, look: Look) -> bool:
    """Whether files or folders have other problems than the index knows."""
    known = {row[1:] for row in known_files.file_problems(connection, look.paths)}
    return known != {(None, path, *problem) for path, problem in look.found.problems}
