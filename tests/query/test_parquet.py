"""`litindex parquet`: what stands in the files is what stands in the index."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from litindex.cli import main
from tests.pages import VAULT as SAMPLE
from tests.sync.vault import Vault, literature

duckdb = pytest.importorskip("duckdb")

LONG = "word " * 600_000
NOTES: dict[str, str | bytes] = {
    "Quotes.md": '---\ntitle: "A \\"quoted\\", comma"\nempty: ""\nnone:\n---\n"one", \'two\'\n"\n\\N NULL \\" ,,\n',
    "Ends.md": b"one\r\ntwo\rthree\x00four\ttab \xc2\x85\xe2\x80\xa8 \xf0\x9f\xa6\x80\n",
    "Broken.md": b"caf\xe9 \xff\xfe\n",
    "Long.md": LONG,
    "Bells.md": literature("vos2008", author="Vos, Hendrik; Ito, Kenji", body="#bell/deep and [[Quotes]]"),
    "Empty.md": "",
}


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    made = Vault(tmp_path_factory.mktemp("parquet"), NOTES)
    (made.path / "caf\udce9.png").write_bytes(b"")
    made.sync()
    return made


@pytest.fixture(scope="module")
def tables(vault: Vault) -> Path:
    folder = vault.path.parent / "tables"
    assert parquet(folder, vault.index).exit_code == 0
    return folder


def test_nothing_is_written_into_the_vault(vault: Vault) -> None:
    before = sorted(vault.path.rglob("*"))
    refused = parquet(vault.path / "tables", vault.index)
    assert (refused.exit_code, "lies in the vault" in refused.stderr) == (3, True)
    assert sorted(vault.path.rglob("*")) == before


def test_it_is_an_export_too(vault: Vault, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["export", "parquet", str(tmp_path / "tables"), "--db", str(vault.index)])
    assert (done.exit_code, (tmp_path / "tables" / "manifest.json").exists()) == (0, True)


def parquet(folder: Path, index: Path) -> Result:
    return CliRunner().invoke(main, ["parquet", str(folder), "--db", str(index)])


def manifest(folder: Path) -> dict[str, dict[str, Any]]:
    return {table["name"]: table for table in json.loads((folder / "manifest.json").read_text("utf-8"))["tables"]}


def sorted_rows(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)


def test_every_row_of_every_table_is_there_as_it_is(vault: Vault, tables: Path) -> None:
    known = manifest(tables)
    held = [name for (name,) in vault.ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert set(known) == {name for name in held if "_fts" not in name and not name.startswith(("_", "sqlite"))} - {
        "meta"
    }
    for name, table in known.items():
        columns = ", ".join(f'"{column}"' for (column,) in vault.ask("SELECT name FROM pragma_table_info(?)", name))
        (mine, theirs) = vault.ask(f"SELECT {columns} FROM {name}"), rows(tables, name, columns)
        assert sorted_rows(theirs) == sorted_rows(mine), name
        assert table["rows"] == len(mine)


def rows(folder: Path, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = duckdb.sql(f"SELECT {columns} FROM '{folder}/{table}.parquet'").fetchall()
    return found


def test_a_name_that_is_no_utf_8_keeps_its_bytes(tables: Path) -> None:
    if sys.platform == "linux":
        assert rows(tables, "files", "DISTINCT path_bytes") != [(None,)]


def test_the_manifest_says_types_keys_and_meanings(vault: Vault, tables: Path) -> None:
    works = manifest(tables)["works"]
    assert works["primary_key"] == ["note_id"]
    assert works["foreign_keys"] == [{"column": "note_id", "table": "notes", "references": "id"}]
    assert {"name": "item_type", "type": "VARCHAR", "meaning": "Zotero's, as journalArticle"} in works["columns"]
    for name, table in manifest(tables).items():
        described = duckdb.sql(f"DESCRIBE SELECT * FROM '{tables}/{name}.parquet'").fetchall()
        assert [(each[0], each[1]) for each in described] == [(each["name"], each["type"]) for each in table["columns"]]
        assert table["primary_key"], name


def test_a_new_export_takes_the_place_of_an_earlier_one(vault: Vault, tmp_path: Path) -> None:
    folder = tmp_path / "lab" / "vault=anna"
    told = [parquet(folder, vault.index) for _ in range(2)]
    assert [each.exit_code for each in told] == [0, 0]
    assert told[0].stderr.startswith(f"{folder}: {len(manifest(folder))} tables, ")
    assert [each.name for each in folder.parent.iterdir()] == [folder.name]


@pytest.mark.parametrize(
    "others", [{"thesis.md": "mine"}, {"manifest.json": "{}", "thesis.md": "mine"}, {"x.parquet": ""}]
)
def test_a_folder_with_other_files_is_left_alone(others: dict[str, str], vault: Vault, tmp_path: Path) -> None:
    for name, text in others.items():
        (tmp_path / name).write_text(text, "utf-8")
    told = parquet(tmp_path, vault.index)
    assert (told.exit_code, told.stdout) == (3, "")
    assert "holds other files" in told.stderr
    assert {each.name: each.read_text("utf-8") for each in tmp_path.iterdir()} == others


def test_without_duckdb_one_line_says_what_to_install(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    told = parquet(tmp_path / "tables", vault.index)
    assert (told.exit_code, told.stderr.strip()) == (
        3,
        "Error: DuckDB, which writes Parquet, is not installed here: pip install duckdb",
    )


def test_what_is_written_meanwhile_does_not_come_in(vault: Vault, tmp_path: Path) -> None:
    """Tables of one state: a work without its note would be of two."""
    writer = sqlite3.connect(vault.index, isolation_level=None)
    with closing(writer):
        from litindex.query import parquet as module
        from litindex.query.connection import reading

        with reading(vault.index) as connection:
            write = module._write_csv

            def write_meanwhile(*arguments: Any) -> tuple[int, int]:
                writer.execute("UPDATE notes SET word_count = word_count + 1")
                return write(*arguments)

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(module, "_write_csv", write_meanwhile)
                before = vault.ask("SELECT id, word_count FROM notes ORDER BY id")
                module.export(connection, tmp_path / "tables")
    assert sorted(rows(tmp_path / "tables", "notes", "id, word_count")) == before


# ------------------------------------------------------------ DuckDB by itself


@pytest.fixture
def engine() -> Any:
    """DuckDB with its extension for SQLite, from the Python package that brings it, or from where it was installed."""
    connection = duckdb.connect()
    try:
        import duckdb_extension_sqlite_scanner as package

        (file,) = Path(package.__file__).parent.glob(f"extensions/v{duckdb.__version__}/*.duckdb_extension")
        connection.execute(f"LOAD '{file}'")
    except (ImportError, ValueError):
        try:
            connection.execute("LOAD sqlite")
        except duckdb.Error:
            pytest.skip("DuckDB has no extension for SQLite here")
    yield connection
    connection.close()


def test_duckdb_reads_an_index_itself_also_while_it_is_written(vault: Vault, engine: Any) -> None:
    writer = sqlite3.connect(vault.index, isolation_level=None)
    with closing(writer):
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM problems")
        engine.execute(f"ATTACH '{vault.index}' AS vault (TYPE sqlite, READ_ONLY)")
        assert engine.execute("SELECT citekey, creators FROM vault.works").fetchall() == [
            ("vos2008", '["Vos, Hendrik", "Ito, Kenji"]')
        ]
        writer.execute("ROLLBACK")


def test_the_sample_vault_answers_alike_in_sqlite_and_duckdb(tmp_path: Path) -> None:
    index = tmp_path / "litindex.db"
    from litindex.sync import indexer

    indexer.sync(SAMPLE, index, jobs=1)
    assert parquet(tmp_path / "tables", index).exit_code == 0
    question = """
        SELECT x.name, y.name, count(*) FROM {0} x JOIN {0} y ON y.note_id = x.note_id AND y.name > x.name
        WHERE x.role = 'author' AND y.role = 'author' GROUP BY x.name, y.name ORDER BY 3 DESC, 1, 2
    """
    with closing(sqlite3.connect(index)) as db:
        ours = db.execute(question.format("note_authors")).fetchall()
    assert duckdb.sql(question.format(f"'{tmp_path}/tables/note_authors.parquet'")).fetchall() == ours != []
