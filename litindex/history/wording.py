"""Changes in words: `2 highlights more, status read`. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from litindex.history.changes import Change

_COUNTED = {"highlights": ("highlight", "highlights"), "own_words": ("own word", "own words")}
_CAME = {"note": "new", "work": "now about a work: {}"}
_WENT = {"note": "gone", "work": "no longer about a work"}
_NAMES = {"path": "moved", "read_status": "status"}


def tell_all(changes: Iterable[Change]) -> Iterator[str]:
    """A line for each note; the changes of one note stand together."""
    for path, of_note in groupby(changes, attrgetter("path")):
        yield f"{path}: {tell(of_note)}"


def tell(changes: Iterable[Change]) -> str:
    """The changes of one note."""
    return ", ".join(map(_told, changes))


def _told(change: Change) -> str:
    before, after = change.before, change.after
    if change.what in _COUNTED:
        return _counted(int(after or 0) - int(before or 0), *_COUNTED[change.what])
    if change.what in _CAME and before is None:
        return _CAME[change.what].format(after)
    if change.what in _WENT and after is None:
        return _WENT[change.what]
    name = _NAMES.get(change.what, change.what)
    if change.what == "path":
        return f"{name} from {before}"
    if after is None:
        return f"no {name} any more"
    return f"{name} {_shown(change.what, after)}"


def _counted(more: int, one: str, many: str) -> str:
    return f"{abs(more):,} {one if abs(more) == 1 else many} {'more' if more > 0 else 'fewer'}"


def _shown(what: str, value: str | int) -> str:
    if what == "creators":
        return "; ".join(json.loads(str(value))) or "none"
    return f'"{value}"' if what == "title" else str(value)
