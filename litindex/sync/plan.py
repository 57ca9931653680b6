"""What a run has to do: files found x files known. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from litindex.models import Known, KnownRow, SourceFile


@dataclass
class FilePlan:
    """For one kind of file: new ones, ones whose signature differs, ones that are gone, and how many stay untouched."""

    new: list[SourceFile] = field(default_factory=list)
    changed: list[tuple[SourceFile, Known]] = field(default_factory=list)
    gone: list[Known] = field(default_factory=list)
    held: set[int] = field(default_factory=set)
    """Ids of those that are gone but may be back in a moment: their rows stay, unless they have moved."""
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


@dataclass
class Plan:
    notes: FilePlan = field(default_factory=FilePlan)
    attachments: FilePlan = field(default_factory=FilePlan)

    def __bool__(self) -> bool:
        return bool(self.notes or self.attachments)


BULK = 200
"""Fewer notes than that are written one by one."""


def is_bulk(plan: Plan) -> bool:
    """Whether so much of the vault is to be read that indexes and full text are better rebuilt after it."""
    count = len(plan.notes.new) + len(plan.notes.changed)
    return count >= BULK and count > plan.notes.unchanged // 2


def make_plan(
    found: Iterable[SourceFile],
    notes: dict[str, KnownRow],
    attachments: dict[str, KnownRow],
    *,
    unreadable: Iterable[str] = (),
    again: Collection[int] = (),
    full: bool = False,
) -> Plan:
    """Compares signatures (size, mtime_ns, ctime_ns, inode), by `!=` and never by "newer" (FAULTS C1, C2).

    `notes` and `attachments` are known files by path and are emptied by this. `again` holds ids of notes whose
    content must be looked at whatever the signature says (racy ones, hints). Below a folder of `unreadable` nothing
    counts as gone (N5). Lists come out sorted by path in code-point order (F14).
    """
    plan = Plan()
    for file in found:
        known, part = (notes, plan.notes) if file[2] else (attachments, plan.attachments)
        old = known.pop(file[0], None)
        if old is None:
            part.new.append(file)
        elif file[3:7] != old[2:6] or (file[2] and (full or file[7] != old[6] or old[7] or old[0] in again)):
            part.changed.append((file, Known(*old)))
        else:
            part.unchanged += 1
    hidden = tuple(unreadable)
    for known, part in (notes, plan.notes), (attachments, plan.attachments):
        part.gone = [Known(*old) for path, old in known.items() if not path.startswith(hidden)]
        part.unchanged += len(known) - len(part.gone)
        part.new.sort(key=lambda file: file.path)
        part.changed.sort(key=lambda pair: pair[0].path)
        part.gone.sort(key=lambda old: old.path)
    return plan


def pair_moves(new: Iterable[tuple[str, object]], gone: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Which new path is which gone path: (path, mark) with one mark, the same file name first, then in order of paths.

    A mark is what a note keeps when it moves: its content's hash, its Zotero key, its citekey.
    """
    waiting: dict[object, list[str]] = {}
    for path, mark in gone:
        waiting.setdefault(mark, []).append(path)
    pairs: dict[str, str] = {}
    for same_name in True, False:
        for path, mark in new:
            if path not in pairs and (found := _candidate(path, waiting.get(mark, []), same_name)):
                waiting[mark].remove(found)
                pairs[path] = found
    return pairs


def _candidate(path: str, gone: list[str], same_name: bool) -> str | None:
    if not same_name:
        return gone[0] if gone else None
    name = path.rpartition("/")[2]
    return next((old for old in gone if old.rpartition("/")[2] == name), None)
