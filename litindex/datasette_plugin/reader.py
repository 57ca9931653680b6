"""Reading the index for pages of ours: one state of it a page, within Datasette's time limit."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from litindex.index.authorizer import snapshot

_STEPS_BETWEEN_LOOKS = 10_000
_Answer = TypeVar("_Answer")
_vaults: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


async def read(datasette: Any, name: str, ask: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
    """What `ask` finds, in one read transaction: a page never shows two states of the index."""
    seconds = time_limit(datasette)

    def run(connection: sqlite3.Connection) -> _Answer:
        end = time.monotonic() + seconds
        connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
        try:
            with snapshot(connection):
                return ask(connection)
        finally:
            connection.set_progress_handler(None, 0)

    answer: _Answer = await datasette.databases[name].execute_fn(run)
    return answer


def time_limit(datasette: Any) -> float:
    """Seconds that a page's questions may take."""
    return float(datasette.setting("sql_time_limit_ms")) / 1000


async def vault_of(datasette: Any, name: str) -> str:
    """The folder of the vault, or ''. An index keeps its vault, so it is asked for once."""
    database = datasette.databases[name]
    if database not in _vaults:
        found = await read(datasette, name, lambda db: db.execute(VAULT).fetchone())
        _vaults[database] = found[0] if found and isinstance(found[0], str) else ""
    return _vaults[database]


VAULT = "SELECT value FROM meta WHERE key = 'vault'"
