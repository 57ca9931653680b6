"""What was found in one state of an index, kept until the index changes: a list is paged and sorted more often than that."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar, TypeVarTuple, cast

from litindex.index.known_files import version

_MOST = 128
_Asked = TypeVarTuple("_Asked")
_Found = TypeVar("_Found")


def kept(
    connection: sqlite3.Connection, find: Callable[[sqlite3.Connection, *_Asked], _Found], *asked: *_Asked
) -> _Found:
    """What `find(connection, *asked)` finds, which nobody may change. Call it in the transaction that the page reads in,
    on a connection that never writes: what tells states apart are the commits of others.
    """
    return cast(_Found, _found(connection, version(connection), find, *asked))


@lru_cache(maxsize=_MOST)
def _found(connection: sqlite3.Connection, state: int, find: Callable[..., Any], *asked: Hashable) -> Any:
    return find(connection, *asked)
