"""Notes read so soon after a change that a further change may not show in their times (FAULTS C3). Pure.

They are looked at once more by their content in a later run, and trusted when that comes 2.6 s or more after they
were marked, whatever the clocks say. The marks lie in `meta`, not among the rows: they are about the reading, not
about the vault.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from litindex.models import SourceFile

WINDOW_NS = 2_000_000_000
"""FAT's clock ticks every 2 s, the coarsest in use."""
PAUSE_NS = 2_600_000_000
_KEPT = 256


def is_racy(file: SourceFile, now: int) -> bool:
    """Whether a file that is read at `now` may change again without a trace in its times."""
    return now - max(file.mtime_ns, file.ctime_ns) < WINDOW_NS


class Racy(NamedTuple):
    """Ids of marked notes, and when the last of them was marked (nanoseconds of the wall clock)."""

    since: int = 0
    ids: frozenset[int] = frozenset()

    @classmethod
    def load(cls, text: str | None) -> Racy:
        try:
            since, ids = json.loads(text or "[0, []]")
            return cls(since, frozenset(ids))
        except (ValueError, TypeError):
            return cls()

    def dump(self) -> str:
        return json.dumps([self.since, sorted(self.ids)])

    def is_due(self, now: int) -> bool:
        """Whether a look at the marked notes can be trusted by now; a clock that was set back counts as waiting."""
        return bool(self.ids) and not self.since <= now < self.since + PAUSE_NS

    def after(self, marked: dict[int, bool], gone: Collection[int], now: int, *, looked: bool = True) -> Racy:
        """The marks after a run. `marked`: id -> whether its content was new; `looked`: the run looked at all notes
        that were marked.
        """
        trusted = self.ids if looked and self.is_due(now) else frozenset[int]()
        kept = (self.ids - trusted).difference(gone)
        added = {note_id for note_id, is_new in marked.items() if is_new or note_id not in trusted} - kept
        return Racy(now if added else self.since, kept | added)

    def is_cheap(self) -> bool:
        """So few that to look at them in each run costs less than to write that they are trusted."""
        return len(self.ids) <= _KEPT
