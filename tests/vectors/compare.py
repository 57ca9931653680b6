"""How what a vector expects is compared with what the index holds (README.md, "Comparing")."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

EXACT_KEYS = frozenset({"data", "value"})
SET_KEYS = frozenset({"identifiers", "problems"})
MAPS_OF_SETS = frozenset({"files"})


class _Nothing:
    def __repr__(self) -> str:
        return "(nothing)"


NOTHING = _Nothing()
"""Stands for an item or a key that one side does not have."""


class Difference(NamedTuple):
    """A place (`links[2].target`) where the index does not hold what the vector expects."""

    path: str
    expected: object
    actual: object

    def lines(self) -> list[str]:
        return [self.path, f"  expected: {_shown(self.expected)}", f"  actual:   {_shown(self.actual)}"]


def differences(key: str, expected: object, actual: object) -> Iterator[Difference]:
    """All differences under one key of `expect`, in reading order."""
    if key in SET_KEYS:
        yield from _of_sets(key, expected, actual)
    elif key in MAPS_OF_SETS and isinstance(expected, Mapping):
        found = actual if isinstance(actual, Mapping) else {}
        for name, items in expected.items():
            yield from _of_sets(f"{key}.{name}", items, found.get(name))
    else:
        yield from _of_values(key, expected, actual, exact=False)


def row_differences(statement: str, expected: Sequence[Any], actual: Sequence[Any]) -> Iterator[Difference]:
    """Differences between rows of a query; pairs of `author_candidates` may be either way round, so in any order."""
    path = f"sql {statement!r}"
    if "author_candidates" in statement:
        yield from _of_sets(path, [_unordered(row) for row in expected], [_unordered(row) for row in actual])
    else:
        yield from _of_values(path, list(expected), [list(row) for row in actual], exact=False)


def _of_values(path: str, expected: object, actual: object, *, exact: bool) -> Iterator[Difference]:
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        yield from _of_objects(path, expected, actual, exact=exact)
    elif _is_list(expected) and _is_list(actual):
        for index, (left, right) in enumerate(zip_longest(expected, actual, fillvalue=NOTHING)):  # type: ignore[call-overload]
            yield from _of_values(f"{path}[{index}]", left, right, exact=exact)
    elif not _same(expected, actual, exact=exact):
        yield Difference(path, expected, actual)


def _of_objects(
    path: str, expected: Mapping[str, Any], actual: Mapping[str, Any], *, exact: bool
) -> Iterator[Difference]:
    for key, wanted in expected.items():
        found = actual.get(key, NOTHING) if exact else _member(actual, key, wanted)
        yield from _of_values(f"{path}.{key}", wanted, found, exact=exact or key in EXACT_KEYS)
    if exact:
        for key in actual.keys() - expected.keys():
            yield Difference(f"{path}.{key}", NOTHING, actual[key])


def _member(actual: Mapping[str, Any], key: str, wanted: object) -> object:
    """The value of a key; `abstract_starts` and `abstract_ends` are as much of that end as is expected."""
    if key == "abstract_starts":
        return (actual.get("abstract") or "")[: len(str(wanted))]
    if key == "abstract_ends":
        return (actual.get("abstract") or "")[-len(str(wanted)) :]
    return actual.get(key)


def _same(expected: object, actual: object, *, exact: bool) -> bool:
    if exact and isinstance(expected, bool) is not isinstance(actual, bool):
        return False
    return expected == actual


def _of_sets(path: str, expected: object, actual: object) -> Iterator[Difference]:
    wanted, found = _frozen_items(expected), _frozen_items(actual)
    for item in wanted:
        if item not in found:
            yield Difference(path, item, NOTHING)
    for item in found:
        if item not in wanted:
            yield Difference(path, NOTHING, item)


def _frozen_items(items: object) -> list[object]:
    return list(dict.fromkeys(_frozen(item) for item in items or ()))  # type: ignore[attr-defined]


def _frozen(item: object) -> object:
    return tuple(map(_frozen, item)) if _is_list(item) else item  # type: ignore[call-overload]


def _unordered(row: Sequence[object]) -> tuple[object, ...]:
    return tuple(sorted(row, key=repr))


def _is_list(value: object) -> bool:
    return isinstance(value, (list, tuple))


def _shown(value: object) -> str:
    return repr(value) if value is NOTHING else json.dumps(value, ensure_ascii=False, default=repr)
