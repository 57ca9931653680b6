"""Which databases of a Datasette are indexes of ours, by their application_id.

SQLite is asked, by a connection that Datasette closes with the others: a process that opens and closes the file itself
drops every lock that it holds on it (POSIX).
"""

from __future__ import annotations

import sqlite3
from typing import Any
from weakref import WeakKeyDictionary

from litindex.version import APPLICATION_ID

_known: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


def is_ours(datasette: Any, name: str | None) -> bool:
    """Whether the database of that name is an index. A file keeps its first answer: this is asked for every cell."""
    database = datasette.databases.get(name) if name else None
    if database is None:
        return False
    if database not in _known:
        found = _application_id(database)
        if found is None:
            return False
        _known[database] = found == APPLICATION_ID
    return _known[database]


def index_names(datasette: Any) -> list[str]:
    """The names of all indexes, in the order in which they were opened."""
    return [name for name in datasette.databases if is_ours(datasette, name)]


def shown_names(datasette: Any) -> list[str]:
    """The names of all databases that a person opened, indexes or not."""
    return [name for name in datasette.databases if name not in ("_internal", "_memory")]


def only_index(datasette: Any) -> str | None:
    """The name of the index where Datasette shows one index and nothing else."""
    shown = shown_names(datasette)
    return shown[0] if len(shown) == 1 and is_ours(datasette, shown[0]) else None


def _application_id(database: Any) -> int | None:
    """0: it has none, or is no database. None: it cannot be read now."""
    if not database.path:
        return 0
    try:
        found: int = database.connect().execute("PRAGMA application_id").fetchone()[0]
        return found
    except sqlite3.OperationalError:
        return None
    except sqlite3.DatabaseError:
        return 0
