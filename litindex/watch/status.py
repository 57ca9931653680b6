"""What an index holds, and whether it says what the vault says now. Reads only."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from litindex.errors import SettingsError, VaultError
from litindex.index import database, known_files
from litindex.models import KnownRow
from litindex.settings import load_settings, reading_rules
from litindex.sync.empty_vault import refuse_emptied
from litindex.sync.plan import FilePlan, Plan, make_plan
from litindex.sync.templates import Templates, find_templates, is_other
from litindex.vault import crawler, read_file
from litindex.vault import root as vault_root


@dataclass
class Status:
    """`differing`: files that a `build` would add, change, remove or read again now; None when it would refuse to, and
    `vault_error` says why.
    """

    index: str
    vault: str
    indexed_at: str = ""
    litindex_version: str = ""
    differing: dict[str, int] | None = None
    vault_error: str = ""
    totals: dict[str, int] = field(default_factory=dict)
    problems: dict[str, int] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)
    """Lines that others add: the daemon its state."""

    @property
    def is_current(self) -> bool:
        return self.differing is not None and not any(self.differing.values())

    @property
    def now(self) -> str:
        if self.differing is None:
            return self.vault_error
        told = [f"{count:,} {what}" for what, count in self.differing.items() if count]
        return (
            f"differs from the vault: {', '.join(told)}; litindex build brings it up to date" if told else "up to date"
        )

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "up_to_date": self.is_current}


def read_status(index: Path) -> Status:
    """IndexFileError when there is no index. Looks at the vault as a build does, and reads no note."""
    with closing(database.open_readonly(index)) as connection:
        try:
            known = _Known.load(connection)
            totals, problems = known_files.totals(connection), known_files.problem_counts(connection)
        except database.DOUBTFUL as error:
            raise database.explain_reading(error, index) from error
    meta = known.meta
    found = Status(str(index), meta.get("vault", ""), meta.get("indexed_at", ""), meta.get("litindex_version", ""))
    found.totals, found.problems = totals, problems
    try:
        found.differing = _compare(index, known)
    except (VaultError, SettingsError) as error:
        found.vault_error = str(error)
    return found


class _Known(NamedTuple):
    meta: dict[str, str]
    notes: dict[str, KnownRow]
    attachments: dict[str, KnownRow]
    unreadable: set[str]

    @classmethod
    def load(cls, connection: sqlite3.Connection) -> _Known:
        unreadable = {path for _, _, path, code, *_ in known_files.file_problems(connection) if code == "unreadable"}
        notes, attachments = known_files.known_notes(connection), known_files.known_attachments(connection)
        return cls(known_files.load_meta(connection), notes, attachments, unreadable)


def _compare(index: Path, known: _Known) -> dict[str, int]:
    """What a build would do. VaultError also where it would refuse to believe what it sees."""
    meta, notes, attachments, unreadable = known
    if not meta.get("vault"):
        raise VaultError("the index has no vault yet: litindex build VAULT makes it")
    root = vault_root.find_root(meta["vault"])
    settings = load_settings((Path(root.path), index.parent))
    crawled = crawler.crawl(root, follow_links=meta.get("follow_links") == "1")
    refuse_emptied(root, crawled.files, notes)
    templates = find_templates(root, settings.template_rules, meta, Plan(), Templates())
    is_read_so = reading_rules(settings).items() <= meta.items() and not is_other(templates, meta)
    again = 0 if is_read_so else len(notes)
    plan = make_plan(crawled.files, notes, attachments, unreadable=crawled.unreadable)
    plan.notes.changed = [
        (file, old) for file, old in plan.notes.changed if old.path not in unreadable or read_file.can_open(root, file)
    ]
    return {**_counts(plan.notes, "notes"), **_counts(plan.attachments, "attachments"), "notes to read again": again}


def _counts(plan: FilePlan, what: str) -> dict[str, int]:
    """Notes that could not be read are tried again by each run, and are no difference."""
    changed = [file for file, old in plan.changed if not old.is_as(file)]
    return {f"{what} added": len(plan.new), f"{what} changed": len(changed), f"{what} removed": len(plan.gone)}
