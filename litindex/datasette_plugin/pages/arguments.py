"""What the address of a list asks, and the addresses of the same list with something else. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self
from urllib.parse import urlencode

MOST_CHARACTERS = 1000
_PLACES = ("page", "limit")
"""What means nothing any more where the list changes."""


class Arguments:
    """Name and value pairs in the order of the address; empty ones count as not given."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = tuple((name, value.strip()[:MOST_CHARACTERS]) for name, value in pairs if value.strip())

    @classmethod
    def of(cls, request: Any, names: Iterable[str]) -> Self:
        """Those of a request that a page knows."""
        args = request.args
        return cls((name, value) for name in names for value in args.getlist(name))

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for each, value in self.pairs if each == name))

    def one(self, name: str, default: str = "") -> str:
        return next(iter(self.all(name)), default)

    def number(self, name: str, default: int, most: int) -> int:
        """Anything may stand in an address: what is no number counts as not asked."""
        text = self.one(name)
        is_number = text.isascii() and text.isdigit() and len(text) < 8
        return min(most, max(1, int(text))) if is_number else default

    def but(self, **changes: str | None) -> str:
        """The address with these values in the place of theirs; None takes them away."""
        kept = [(name, value) for name, value in self._lasting() if name not in changes]
        return _address([*kept, *((name, value) for name, value in changes.items() if value)])

    def toggled(self, name: str, value: str, *, several: bool = False) -> str:
        """The address with that value, or without it where it has it; `several`: beside others of its name."""
        pairs = self._lasting()
        if (name, value) in pairs:
            return _address(pair for pair in pairs if pair != (name, value))
        return _address([*(pair for pair in pairs if several or pair[0] != name), (name, value)])

    def _lasting(self) -> list[tuple[str, str]]:
        return [pair for pair in self.pairs if pair[0] not in _PLACES]

    def hidden(self, shown: Iterable[str]) -> list[tuple[str, str]]:
        """What a form that shows some of the names carries along."""
        return [pair for pair in self._lasting() if pair[0] not in {*shown}]


def _address(pairs: Iterable[tuple[str, str]]) -> str:
    return "?" + urlencode([*pairs])
