"""Which databases of a Datasette are indexes of ours, by the application_id in the file's header."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from litindex import is_index_header

_known: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


def is_ours(datasette: Any, name: str | None) -> bool:
    """Whether the database of that name is an index. A file keeps its first answer: this is asked for every cell."""
    database = datasette.databases.get(name) if name else None
    if database is None:
        return False
    if database not in _known:
        _known[database] = _has_our_header(database.path)
    return _known[database]


def index_names(datasette: Any) -> list[str]:
    """The names of all indexes, in the order in which they were opened."""
    return [name for name in datasette.databases if is_ours(datasette, name)]


def only_index(datasette: Any) -> str | None:
    """The name of the index where Datasette shows one index and nothing else."""
    shown = [name for name in datasette.databases if name not in ("_internal", "_memory")]
    return shown[0] if len(shown) == 1 and is_ours(datasette, shown[0]) else None


def _has_our_header(path: Any) -> bool:
    if not path:
        return False
    try:
        with Path(path).open("rb") as file:
            return is_index_header(file.read(100))
    except OSError:
        return False
