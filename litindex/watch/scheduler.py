"""What is to be done when. Pure: times are seconds of one clock, which the caller reads."""

from __future__ import annotations

_NEVER = float("inf")


class Agenda:
    """Things to do, each at most once at a time."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}

    def put(self, what: str, at: float) -> None:
        """Moves it there when it stands elsewhere."""
        self._due[what] = at

    def put_by(self, what: str, at: float) -> None:
        """At the latest then."""
        self._due[what] = min(at, self._due.get(what, _NEVER))

    def drop(self, what: str) -> None:
        self._due.pop(what, None)

    def is_due(self, what: str, now: float) -> bool:
        return self._due.get(what, _NEVER) <= now

    def take(self, what: str, now: float) -> bool:
        """Whether it is time for it; it is struck off then."""
        if not self.is_due(what, now):
            return False
        del self._due[what]
        return True

    def next(self) -> float:
        return min(self._due.values(), default=_NEVER)


class Backoff:
    """Each failure doubles the time until the next try."""

    def __init__(self, first: float) -> None:
        self._first = first
        self._delay = 0.0

    def fail(self, most: float) -> float:
        """Seconds to wait now."""
        self._delay = min(most, self._delay * 2 or self._first)
        return self._delay

    @property
    def has_failed(self) -> bool:
        return self._delay > 0.0

    def reset(self) -> None:
        self._delay = 0.0
