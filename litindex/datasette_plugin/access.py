"""Who may read an index, and reading it: one state of it a page, within Datasette's time limit. Datasette 0.65 and 1.0 call
some of this by different names.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from litindex.datasette_plugin.detect import is_ours
from litindex.index.authorizer import snapshot

_STEPS_BETWEEN_LOOKS = 10_000
_Answer = TypeVar("_Answer")
_vaults: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


async def read(datasette: Any, name: str, ask: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
    """What `ask` finds, in one read transaction: a page never shows two states of the index. An error page says so where
    it takes more than the time limit.
    """
    seconds = time_limit(datasette)

    def run(connection: sqlite3.Connection) -> _Answer:
        end = time.monotonic() + seconds
        connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
        try:
            with snapshot(connection):
                return ask(connection)
        finally:
            connection.set_progress_handler(None, 0)

    try:
        answer: _Answer = await datasette.databases[name].execute_fn(run)
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        raise _too_long(seconds) from error
    return answer


def _too_long(seconds: float) -> Exception:
    from datasette.utils.asgi import Base400

    error: Exception = type("TooLong", (Base400,), {"status": 503})(
        f"This took more than {seconds:g} seconds and was stopped. Fewer words or a filter make it shorter."
    )
    return error


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


async def permit(datasette: Any, actor: Any, name: str) -> None:
    """datasette.NotFound: no index of that name. datasette.Forbidden: the person may not see its notes."""
    from datasette import NotFound

    if not is_ours(datasette, name):
        raise NotFound(f"no index: {name}")
    if hasattr(datasette, "ensure_permissions"):  # 0.65
        await datasette.ensure_permissions(
            actor, [("view-table", (name, "notes")), ("view-database", name), "view-instance"]
        )
        return
    from datasette.resources import TableResource

    await datasette.ensure_permission(
        action="view-table", resource=TableResource(database=name, table="notes"), actor=actor
    )


async def may_run_sql(datasette: Any, actor: Any, name: str) -> bool:
    """Whether the person may write conditions and statements in SQL."""
    if hasattr(datasette, "permission_allowed"):  # 0.65
        return bool(await datasette.permission_allowed(actor, "execute-sql", name, default=True))
    from datasette.resources import DatabaseResource

    return bool(await datasette.allowed(action="execute-sql", resource=DatabaseResource(database=name), actor=actor))
