"""When a burst of changes is over: after `quiet` seconds without one, or after `limit` seconds whatever happens. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Debounce:
    """Times are seconds of one clock that never goes backward (FAULTS P3); the caller reads it."""

    quiet: float
    limit: float
    first: float | None = None
    last: float = 0.0

    def touch(self, now: float) -> None:
        """Something changed."""
        if self.first is None:
            self.first = now
        self.last = now

    def due(self, at_least: float = 0.0) -> float | None:
        """When the burst is over as far as is known now; None when there is none. `at_least`: a quiet time that the
        work to come asks for.
        """
        if self.first is None:
            return None
        return min(self.last + max(self.quiet, at_least), self.first + max(self.limit, 5 * at_least))

    def clear(self) -> None:
        self.first = None
