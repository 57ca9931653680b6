"""Files that were missed: a deletion is believed when it is seen twice, so that a note keeps its id through an
editor's or a sync tool's way of saving (FAULTS W11: vim's note is absent for 10 to 85 ms). Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from litindex.models import Known


class Absences:
    """`patience`: seconds between the look that misses a file and the one that may believe it; 0 believes at once."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._since: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._since)

    @property
    def paths(self) -> Collection[str]:
        """Files that are to be looked at once more."""
        return self._since.keys()

    def note(self, gone: Iterable[str], looked_at: Collection[str] | None, now: float) -> None:
        """What a look found: `gone` of the paths `looked_at` (None: of the whole vault)."""
        gone = set(gone)
        back = self._since.keys() - gone
        for path in back if looked_at is None else back.intersection(looked_at):
            del self._since[path]
        for path in gone:
            self._since.setdefault(path, now)

    def held(self, gone: Iterable[Known], now: float) -> set[int]:
        """Ids of those that are not believed yet."""
        return {old.id for old in gone if now - self._since.get(old.path, now) < self._patience}

    def settle(self, paths: Iterable[str]) -> None:
        """These are gone, or are elsewhere: the index says so now."""
        for path in paths:
            self._since.pop(path, None)
