"""`python -m tests.bench.engines`: the vaults of a lab in SQLite, DuckDB and PostgreSQL, as a table. Needs DuckDB with its command,
and PostgreSQL; hours with the defaults, of which most is the making of the vaults.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from litindex.query.connection import reading
from litindex.query.parquet import Exported, export
from litindex.sync import indexer
from tests import postgres
from tests.bench import generator
from tests.bench.table import markdown, median, seconds

MOST = 10
"""So many databases SQLite attaches at a time, unless it was built otherwise."""
RUNS = 5
PAIRS = """
SELECT x.name AS author, y.name AS coauthor FROM {0}note_authors x JOIN {0}note_authors y ON y.note_id = x.note_id AND y.name > x.name
WHERE x.role = 'author' AND y.role = 'author'
"""
OF_ALL = """
SELECT x.name AS author, y.name AS coauthor, count(*) AS works
FROM {0} x JOIN {0} y ON y.vault = x.vault AND y.note_id = x.note_id AND y.name > x.name
WHERE x.role = 'author' AND y.role = 'author' GROUP BY x.name, y.name ORDER BY works DESC, author, coauthor LIMIT 10
"""
COUNTED = (
    "SELECT author, coauthor, count(*) AS works FROM ({}) GROUP BY 1, 2 ORDER BY works DESC, author, coauthor LIMIT 10"
)
CREATE = "CREATE TABLE note_authors (note_id bigint, role text, name text, vault text)"
COPY = r"\copy note_authors FROM STDIN (FORMAT csv)"
LOADED = "FROM '{}/*/note_authors.parquet' SELECT note_id, role, name, vault"

Answer = list[tuple[str, str, int]]


def main() -> None:
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="litindex-engines-") as name:
        indexes = sorted(options.indexes.glob("*.db")) if options.indexes else make(Path(name), options)
        print(markdown(measured(indexes, Path(name) / "lab"), ["what", "SQLite", "DuckDB", "PostgreSQL"]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.engines", description=__doc__)
    parser.add_argument("--vaults", type=int, default=20, metavar="N")
    parser.add_argument("--notes", type=int, default=5_000, metavar="N", help="of each vault (default: 5000)")
    parser.add_argument(
        "--indexes", type=Path, metavar="DIR", help="indexes that are there (*.db); nothing is generated"
    )
    return parser


def make(folder: Path, options: argparse.Namespace) -> list[Path]:
    """Indexes of generated vaults, each of its own seed."""
    indexes = []
    for seed in range(1, options.vaults + 1):
        vault, index = folder / f"vault{seed}", folder / f"vault{seed:02}.db"
        generator.write(vault, options.notes, seed)
        indexer.sync(vault, index)
        indexes.append(index)
        print(f"made {index.name}", file=sys.stderr, flush=True)
    return indexes


def measured(indexes: Sequence[Path], lab: Path) -> list[list[str]]:
    """The lines of the table."""
    start = time.perf_counter()
    written = [table for index in indexes for table in _exported(index, lab / f"vault={index.stem}")]
    spent = time.perf_counter() - start
    rows = sum(table.rows for table in written)
    some, first = indexes[:MOST], [f"{lab}/vault={index.stem}/note_authors.parquet" for index in indexes[:MOST]]
    with postgres.server() as environment:
        loading, load = timed(lambda: _load(lab, environment), 1)
        people, asked = timed(lambda: _psql(OF_ALL.format("note_authors"), environment))
    ours, mine = timed(lambda: in_sqlite(some))
    theirs, found = timed(lambda: in_duckdb(first))
    all_vaults, answer = timed(lambda: in_duckdb([f"{lab}/*/note_authors.parquet"]))
    assert (ours, all_vaults) == (theirs, [tuple(row) for row in people]), "the engines answer differently"
    size = sum(index.stat().st_size for index in indexes), sum(table.size for table in written)
    return [
        [f"{rows:,} rows of {len(indexes)} vaults to Parquet", "", f"{seconds(spent)}, {rows / spent:,.0f} rows/s", ""],
        ["size", f"{size[0] / 1e6:,.0f} MB", f"{size[1] / 1e6:,.0f} MB", ""],
        ["load note_authors", "", "", f"{seconds(load)}, {loading / load:,.0f} rows/s"],
        [f"co-authors in {len(some)} vaults", seconds(mine), seconds(found), ""],
        [f"co-authors in {len(indexes)} vaults", "", seconds(answer), seconds(asked)],
    ]


def _exported(index: Path, folder: Path) -> list[Exported]:
    with reading(index) as connection:
        return export(connection, folder)


def timed(work: Callable[[], Any], runs: int = RUNS) -> tuple[Any, float]:
    """What it gives, and the median of its times."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return result, median(times)


def in_sqlite(indexes: Iterable[Path]) -> Answer:
    """All attached to one connection; each vault is joined by itself, which is how SQLite can use its indexes."""
    with closing(sqlite3.connect(":memory:")) as db:
        names = [f"v{at}" for at, _ in enumerate(indexes)]
        for name, index in zip(names, indexes, strict=True):
            db.execute(f"ATTACH ? AS {name}", (str(index),))
        return db.execute(COUNTED.format(" UNION ALL ".join(PAIRS.format(f"{name}.") for name in names))).fetchall()


def in_duckdb(files: Sequence[str]) -> Answer:
    with duckdb.connect() as db:
        found: Answer = db.execute(OF_ALL.format(f"read_parquet({files}, hive_partitioning = true)")).fetchall()
        return found


def _load(lab: Path, environment: dict[str, str]) -> int:
    """Rows through the two commands, as docs/larger-engines.md does it; counted by PostgreSQL."""
    _psql(CREATE, environment)
    search = {**os.environ, **environment, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    rows = subprocess.Popen(
        ["duckdb", "-csv", "-noheader", "-c", LOADED.format(lab)], env=search, stdout=subprocess.PIPE
    )
    subprocess.run(["psql", "--quiet", "-c", COPY], env=search, stdin=rows.stdout, check=True)
    assert rows.wait() == 0
    return int(_psql("SELECT count(*) FROM note_authors", environment)[0][0])


def _psql(sql: str, environment: dict[str, str]) -> list[Any]:
    command = ["psql", "--no-psqlrc", "-At", "-F", "\t", "-c", sql]
    told = subprocess.run(
        command, env={**os.environ, **environment}, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return [[int(cell) if cell.isdigit() else cell for cell in line.split("\t")] for line in told.stdout.splitlines()]


if __name__ == "__main__":
    main()
