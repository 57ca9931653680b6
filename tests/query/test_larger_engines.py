"""What docs/larger-engines.md says of PostgreSQL and of DuckDB on the index itself is what happens; its sessions are run as
those of all pages.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from litindex.cli import main
from litindex.sync import indexer
from tests import pages, postgres
from tests.sync.vault import Vault

duckdb = pytest.importorskip("duckdb")

PAGE = pages.DOCS / "larger-engines.md"
BLOCKS = {block.file: block.text for block in pages.blocks(PAGE.read_text("utf-8"))}
VAULTS = 4
COUNT_KEYS = """
SELECT contype, count(*) FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
WHERE nspname = '{}' AND convalidated GROUP BY contype ORDER BY contype
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small vaults, and their tables."""
    folder = tmp_path_factory.mktemp("lab")
    for at in range(VAULTS):
        place = folder / f"vault{at}"
        place.mkdir()
        authors = f"Vos, Hendrik; Person{at}, Kim"
        note = f"---\ncitekey: shared2020\ntitle: Shared\nauthors: {authors}\nyear: 2020\n---\n"
        vault = Vault(place, {"Shared.md": note, "Bells.md": "[[Shared]] #bells\n"})
        vault.sync()
        export(vault.index, folder / "lab" / f"vault=v{at:02}")
    return folder


def export(index: Path, folder: Path) -> None:
    assert CliRunner().invoke(main, ["parquet", str(folder), "--db", str(index)]).exit_code == 0


def test_many_vaults_are_asked_as_one(lab: Path) -> None:
    files = f"'{lab}/lab/*/{{}}.parquet'"
    works, citekeys = duckdb.sql(f"SELECT count(*), count(DISTINCT citekey) FROM {files.format('works')}").fetchall()[0]
    assert (works, citekeys) == (VAULTS, 1)
    sql = BLOCKS["coauthors.sql"].replace("'lab/", f"'{lab}/lab/").replace("LIMIT 3", "")
    found = duckdb.sql(sql.rstrip().removesuffix(";")).fetchall()
    assert len(found) == VAULTS
    assert {row[2:] for row in found} == {(1, 1)}


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    if postgres.programs() is None or shutil.which("duckdb", path=search_path()) is None:
        pytest.skip("no PostgreSQL here, or no command duckdb")
    with postgres.server() as environment:
        yield {**os.environ, **environment, "PATH": search_path()}


def search_path() -> str:
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.process
def test_postgresql_takes_every_row_and_holds_every_key(server: dict[str, str], tmp_path: Path) -> None:
    index, tables = tmp_path / "litindex.db", tmp_path / "tables"
    indexer.sync(pages.VAULT, index, jobs=1)
    export(index, tables)
    (tmp_path / "load.sh").write_text(BLOCKS["load.sh"], "utf-8")
    subprocess.run(["sh", "load.sh", str(tables), "runa"], cwd=tmp_path, env=server, check=True)

    def ask(sql: str) -> list[tuple[str, ...]]:
        command = ["psql", "--no-psqlrc", "-At", "-F", "|", "-c", sql]
        told = subprocess.run(command, env=server, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
        return [tuple(line.split("|")) for line in told.splitlines()]

    with closing(sqlite3.connect(index)) as db:
        names = [file.stem for file in tables.glob("*.parquet")]
        counted = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}
        declared = sum(
            db.execute("SELECT count(*) FROM pragma_foreign_key_list(?)", (name,)).fetchone()[0] for name in names
        )
        titles = db.execute("SELECT title FROM works WHERE title IS NOT NULL ORDER BY title").fetchall()
    union = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM runa.{name}" for name in names)
    assert {name: int(count) for name, count in ask(union)} == counted
    assert ask(COUNT_KEYS.format("runa")) == [("f", str(declared)), ("p", str(len(names)))]
    assert sorted(ask("SELECT title FROM runa.works WHERE title IS NOT NULL")) == titles
