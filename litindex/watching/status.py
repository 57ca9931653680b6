"""What an index holds, and whether it says what the vault says now. Reads only."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from litindex import crawler, db
from litindex.errors import VaultError
from litindex.plan import FilePlan, make_plan
from litindex.syncing import state


@dataclass
class Status:
    """`differing`: files that a `build` would add, change or remove now; None when the vault is not there."""

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
    with closing(db.open_readonly(index)) as connection:
        meta = state.load_meta(connection)
        found = Status(str(index), meta.get("vault", ""), meta.get("indexed_at", ""), meta.get("litindex_version", ""))
        found.totals, found.problems = state.totals(connection), state.problem_counts(connection)
        notes, attachments = state.known_notes(connection), state.known_attachments(connection)
    try:
        crawled = crawler.crawl(crawler.find_root(found.vault), follow_links=meta.get("follow_links") == "1")
    except VaultError as error:
        found.vault_error = str(error)
    else:
        plan = make_plan(crawled.files, notes, attachments, unreadable=crawled.unreadable)
        found.differing = {**_counts(plan.notes, "notes"), **_counts(plan.attachments, "attachments")}
    return found


def _counts(plan: FilePlan, what: str) -> dict[str, int]:
    """Notes that could not be read are tried again by each run, and are no difference."""
    changed = [file for file, old in plan.changed if file[3:7] != old[2:6] or file.excluded != old.excluded]
    return {f"{what} added": len(plan.new), f"{what} changed": len(changed), f"{what} removed": len(plan.gone)}
