"""What a run found and did."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from litindex.history.changes import Change

MANY_ROWS = 10_000
"""After so many new rows SQLite looks whether its statistics still hold: 0.4 s in an index of 50,000 notes."""


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
    held: int = 0
    """Files that were missed for the first time: a second look decides (FAULTS W11)."""
    walked: bool = True
    """Whether the whole vault was looked at, and not only what hints named."""
    full: bool = False
    rebuilt: str = ""
    """Where a damaged index was moved before this run made a new one."""
    committed: bool = False
    history: list[Change] = field(default_factory=list)
    """What changed in which note, by path."""
    lost: list[str] = field(default_factory=list)
    """Notes from which more than half of what a person had written is gone."""
    seconds: dict[str, float] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    problems: dict[str, int] = field(default_factory=dict)

    @property
    def changes(self) -> int:
        """How many files differed from the index."""
        return self.added + self.changed + self.moved + self.removed + self.attachments_changed

    def count(
        self,
        *,
        is_known: bool,
        is_moved: bool,
        is_new_content: bool,
        was_read: bool,
        was_parsed: bool,
    ) -> None:
        """Adds one note that was to be read."""
        self.read += was_read
        self.parsed += was_parsed
        self.added += not is_known
        self.moved += is_moved
        self.changed += is_known and is_new_content and not is_moved
        self.unchanged += is_known and not is_new_content and not is_moved

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "history": [change._asdict() for change in self.history], "changes": self.changes}
