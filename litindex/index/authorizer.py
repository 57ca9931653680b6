"""What a question may do on a connection: read the index, and nothing else (FAULTS section 7).

Every connection that answers questions is restricted by `restrict`, whoever opened it: the command line, completion,
Datasette. Its questions may be anybody's: a folder `queries` beside an index in a vault belongs to who made the vault.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_PRAGMAS = ("PRAGMA query_only = ON", "PRAGMA trusted_schema = OFF")
# A value of 900 MB would be made before any time limit is looked at, and LIKE takes a pattern of many % to the power of
# their number: https://www.sqlite.org/security.html
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 50 * 2**20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1000,
}
_READ_ACTIONS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_RECURSIVE,
}
_PLAIN_PRAGMAS = {
    "application_id", "collation_list", "compile_options", "data_version", "database_list", "encoding",
    "freelist_count", "function_list", "journal_mode", "module_list", "page_count", "page_size", "pragma_list",
    "schema_version", "user_version",
}  # fmt: skip
_NAMING_PRAGMAS = {
    "foreign_key_check", "foreign_key_list", "index_info", "index_list", "index_xinfo", "integrity_check",
    "quick_check", "table_info", "table_list", "table_xinfo",
    "recursive_triggers",  # which sqlite-utils sets on any connection: nothing is triggered where nothing is written
}  # fmt: skip
_REFUSED_FUNCTIONS = {"load_extension", "fts3_tokenizer", "writefile", "readfile", "edit"}


# The words of the index, which no file holds: a table of this connection alone.
_SEARCH_TERMS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING fts5vocab(main, notes_fts, row)"


def restrict(connection: sqlite3.Connection) -> None:
    """From now on the connection reads, whatever it is asked. `search_terms` holds the words that can be searched."""
    with suppress(sqlite3.OperationalError):  # no index of this version
        connection.execute(_SEARCH_TERMS)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    connection.set_authorizer(_authorize)


def allow_transactions(connection: sqlite3.Connection) -> None:
    """For a library that wraps each of its questions in one; the connection still only reads."""
    connection.set_authorizer(_authorize_transactions)


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """One state of the index, as long as the block runs. A question itself neither begins nor ends a transaction."""
    _command(connection, "BEGIN")
    try:
        yield
    finally:
        _command(connection, "ROLLBACK")


def _command(connection: sqlite3.Connection, sql: str) -> None:
    """A statement of ours, which no question may hold."""
    connection.set_authorizer(None)
    try:
        connection.execute(sql)
    finally:
        connection.set_authorizer(_authorize)


def _authorize(action: int, first: str | None, second: str | None, database: str | None, inner: str | None) -> int:
    """SQLite asks this before each thing that a statement would do.

    FTS5, json_each and pragma_table_info() open only when UPDATE of sqlite_master is granted; SQLite itself refuses a
    user's own UPDATE of it.
    """
    if action in _READ_ACTIONS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() not in _REFUSED_FUNCTIONS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and _only_asks((first or "").lower(), second):
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _authorize_transactions(
    action: int, first: str | None, second: str | None, database: str | None, inner: str | None
) -> int:
    if action in (sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT):
        return sqlite3.SQLITE_OK
    return _authorize(action, first, second, database, inner)


def _only_asks(pragma: str, argument: str | None) -> bool:
    return pragma in _NAMING_PRAGMAS or (pragma in _PLAIN_PRAGMAS and argument is None)
