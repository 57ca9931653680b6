"""The tables of an index as Parquet files, for engines that read columns: written by DuckDB, from one state of the index."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from litindex.errors import LitindexError
from litindex.index.authorizer import snapshot
from litindex.index.known_files import load_meta
from litindex.query import schema_words
from litindex.version import __version__

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MANIFEST: Final = "manifest.json"
_TYPES: Final = {"integer": "BIGINT", "real": "DOUBLE", "text": "VARCHAR", "blob": "BLOB", "any": "VARCHAR"}
"""Type of a column in the index -> in Parquet, as DuckDB calls it; of one that holds texts and numbers all are texts."""
_SCHEMA_VERSION = "PRAGMA user_version"
_KEY = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk"
_REFERENCES = """
SELECT "from", "table", coalesce("to", (SELECT name FROM pragma_table_info(f."table") WHERE pk = 1))
FROM pragma_foreign_key_list(?) f ORDER BY id, seq
"""
_COPY = """
COPY (SELECT {columns} FROM read_csv($file, columns = {types}, auto_detect = false, header = false, delim = ',', quote = '"',
  escape = '"', nullstr = '', allow_quoted_nulls = false, parallel = false, max_line_size = {longest}, strict_mode = false))
TO '{target}' (FORMAT parquet, COMPRESSION zstd)
"""
_SHORTEST_LIMIT = 2**21
"""What DuckDB allows a line to have anyway."""


class Exported(NamedTuple):
    """A table that was written; `size` in bytes."""

    name: str
    rows: int
    size: int


def export(connection: sqlite3.Connection, folder: Path) -> list[Exported]:
    """Writes one file a table, and a manifest with types, keys and meanings, into `folder`: a new one, or one that an earlier
    export made, which keeps its files until the new ones are whole.

    LitindexError: DuckDB is not installed, the folder lies in the vault, or there is something else in it.
    """
    duckdb = _duckdb()
    _refuse_vault(connection, folder)
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as name:
        new, csv = Path(name) / "new", Path(name) / "rows.csv"
        new.mkdir()
        with snapshot(connection), duckdb.connect() as engine:
            tables = [_table(connection, engine, table, new, csv) for table in _tables()]
            manifest = _manifest(connection, tables)
        (new / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
        if folder.exists():
            folder.rename(Path(name) / "old")
        new.rename(folder)
    return tables


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError:
        raise LitindexError("DuckDB, which writes Parquet, is not installed here: pip install duckdb") from None
    return duckdb


def _refuse_vault(connection: sqlite3.Connection, folder: Path) -> None:
    vault = load_meta(connection).get("vault")
    if vault and folder.resolve().is_relative_to(vault):
        raise LitindexError(f"{folder} lies in the vault, and litindex never writes there: name a folder outside of it")


def _refuse_foreign(folder: Path) -> None:
    """An empty folder, or one with an export and nothing else in it."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise LitindexError(f"{folder} is a file: name a folder")
    others = [each.name for each in folder.iterdir() if each.suffix != ".parquet" and each.name != MANIFEST]
    if others or (any(folder.iterdir()) and not (folder / MANIFEST).exists()):
        raise LitindexError(f"{folder} holds other files ({', '.join(sorted(others)[:3])}): name a new folder")


def _tables() -> Iterator[schema_words.Table]:
    """What is not made of other tables, and not a number that differs from disk to disk."""
    return (table for table in schema_words.tables().values() if table.kind == "table" and table.columns)


def _table(
    connection: sqlite3.Connection, engine: DuckDBPyConnection, table: schema_words.Table, folder: Path, csv: Path
) -> Exported:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    rows = connection.execute(f"SELECT {names} FROM {table.name}")
    count, longest = _write_csv(rows, csv)
    file = folder / f"{table.name}.parquet"
    types = {column.name: "VARCHAR" if column.type == "blob" else _TYPES[column.type] for column in table.columns}
    columns = ", ".join(
        f'unhex("{c.name}") AS "{c.name}"' if c.type == "blob" else f'"{c.name}"' for c in table.columns
    )
    target = str(file).replace("'", "''")
    sql = _COPY.format(columns=columns, types=types, target=target, longest=max(longest + 1, _SHORTEST_LIMIT))
    engine.execute(sql, {"file": str(csv)})
    return Exported(table.name, count, file.stat().st_size)


def _write_csv(rows: Iterable[tuple[Any, ...]], csv: Path) -> tuple[int, int]:
    """NULL is nothing, a text stands in quotes. Returns how many rows there were, and the bytes of the longest line."""
    count = longest = 0
    with csv.open("wb") as file:
        for row in rows:
            line = ",".join(map(_field, row)).encode("utf-8", "replace") + b"\n"
            file.write(line)
            count, longest = count + 1, max(longest, len(line))
    return count, longest


def _field(value: object) -> str:
    if value is None:
        return ""
    text = value.hex() if isinstance(value, bytes) else str(value)
    return '"' + text.replace('"', '""') + '"'


def _manifest(connection: sqlite3.Connection, tables: Iterable[Exported]) -> dict[str, Any]:
    known = schema_words.tables()
    (version,) = connection.execute(_SCHEMA_VERSION).fetchone()
    described = [_described(connection, known[each.name], each) for each in tables]
    return {"litindex": __version__, "schema": version, "tables": described}


def _described(connection: sqlite3.Connection, table: schema_words.Table, exported: Exported) -> Mapping[str, Any]:
    columns = [{"name": each.name, "type": _TYPES[each.type], "meaning": each.meaning} for each in table.columns]
    references = connection.execute(_REFERENCES, (table.name,))
    return {
        "name": table.name,
        "file": f"{table.name}.parquet",
        "meaning": table.meaning,
        "rows": exported.rows,
        "primary_key": [name for (name,) in connection.execute(_KEY, (table.name,))],
        "foreign_keys": [{"column": a, "table": b, "references": c} for a, b, c in references],
        "columns": columns,
    }
