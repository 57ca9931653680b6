"""`litindex schema`: every table and column that an index has, as the migration says."""

from __future__ import annotations

import json
from sqlite3 import Connection

from click.testing import CliRunner

from litindex.cli import main
from litindex.query import schema_words

COLUMNS = "SELECT name FROM pragma_table_xinfo(?) ORDER BY cid"
TABLES = """
SELECT name, type FROM main.sqlite_master
WHERE type IN ('table', 'view') AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' AND name NOT LIKE '%sqlite\\_%' ESCAPE '\\' AND name <> 'meta'
"""


def test_every_table_and_each_of_its_columns_is_named(connection: Connection) -> None:
    said = schema_words.tables()
    assert {name: each.kind for name, each in said.items()} == dict(connection.execute(TABLES))
    for name, each in said.items():
        if each.kind == "table" and not name.endswith("_fts"):
            assert [column.name for column in each.columns] == [
                name for (name,) in connection.execute(COLUMNS, (name,))
            ]
            assert each.meaning


def test_every_column_says_what_it_means() -> None:
    silent = [f"{table.name}.{column.name}" for table in schema_words.tables().values() for column in table.columns
              if not column.meaning]  # fmt: skip
    assert silent == []


def test_a_column_says_what_its_check_allows() -> None:
    (kind,) = (column for column in schema_words.tables()["notes"].columns if column.name == "kind")
    assert kind.meaning == "one of literature, note, template, excalidraw"


def test_a_table_a_view_and_what_is_neither() -> None:
    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["schema", *words])
        return result.exit_code, result.stdout or result.stderr

    columns = {each["column"]: each["meaning"] for each in json.loads(run("works", "--json")[1])}
    assert columns["item_type"] == "Zotero's, as journalArticle"
    assert run("papers")[1].startswith("CREATE VIEW papers AS")
    assert run("wroks") == (2, "Error: no table wroks (did you mean works?)\n")
