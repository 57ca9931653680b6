"""What a run found and did."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Report:
    """Counts are notes unless said otherwise. `read`: their bytes were read because they are new or may have
    changed; `parsed`: taken apart and written; `checked`: read once more only to be sure, and found unchanged."""

    vault: str = ""
    index: str = ""
    added: int = 0
    changed: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    read: int = 0
    parsed: int = 0
    checked: int = 0
    unreadable: list[str] = field(default_factory=list)
    """Files and folders that are there and could not be read, by path."""
    attachments_changed: int = 0
    rows_written: int = 0
    links_resolved: int = 0
    racy: int = 0
    """Notes that were read so soon after a change that they must be looked at once more, 2.6 s later (FAULTS C3)."""
    full: bool = False
    rebuilt: str = ""
    """Where a damaged index was moved before this run made a new one."""
    committed: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    problems: dict[str, int] = field(default_factory=dict)

    @property
    def changes(self) -> int:
        """How many files differed from the index."""
        return self.added + self.changed + self.moved + self.removed + self.attachments_changed

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "changes": self.changes}
