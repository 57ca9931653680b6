"""What each maker of notes writes by default becomes the rows that a careful person expects, through a real build.

A folder of `makers/` holds an invented note and `expected.json`: the file's name, whether it is a work or some of the work's values, its
annotations in order (only the columns named are judged), and phrases that must, or must not, be among the user's own words.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from litindex.parser.makers import reading as makers
from litindex.sync import indexer

MAKERS = Path(__file__).parent / "makers"
NOTE = "SELECT w.*, own, w.note_id IS NOT NULL AS work FROM notes n JOIN note_texts t ON t.note_id = n.id LEFT JOIN works w ON w.note_id = n.id"
CREATORS = "SELECT name FROM note_authors ORDER BY position"
IDENTIFIERS = "SELECT scheme, value FROM identifiers"
ANNOTATIONS = "SELECT * FROM annotations ORDER BY line, id"
TAGS = (
    "SELECT t.name FROM annotation_tags a JOIN tags t ON t.id = a.tag_id WHERE a.annotation_id = ? ORDER BY t.name DESC"
)


def build(folder: Path, tmp_path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    vault = tmp_path / "vault"
    shutil.copytree(folder, vault, ignore=shutil.ignore_patterns("*.json"))
    indexer.sync(vault, tmp_path / "index.db", jobs=1)
    with closing(sqlite3.connect(tmp_path / "index.db")) as connection:
        connection.row_factory = sqlite3.Row
        note = dict(connection.execute(NOTE).fetchone())
        note["creators"] = [row["name"] for row in connection.execute(CREATORS)]
        note |= {row["scheme"]: row["value"] for row in connection.execute(IDENTIFIERS) if row["scheme"] != "citekey"}
        rows = [dict(row) for row in connection.execute(ANNOTATIONS)]
        for row in rows:
            row["tags"] = [found[0] for found in connection.execute(TAGS, (row["id"],))]
    return note, rows


@pytest.mark.parametrize(
    "folder", sorted(p for p in MAKERS.iterdir() if (p / "expected.json").exists()), ids=lambda folder: folder.name
)
def test_what_a_maker_writes_is_read(folder: Path, tmp_path: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    note, rows = build(folder, tmp_path)
    judged = [{key: row.get(key) for key in want} for want, row in zip(expected["annotations"], rows, strict=False)]
    assert judged == expected["annotations"]
    assert len(rows) == len(expected["annotations"])
    assert [phrase for phrase in expected.get("own_has", ()) if phrase not in note["own"]] == []
    assert [phrase for phrase in expected.get("own_not", ()) if phrase in note["own"]] == []
    if "work" in expected:
        assert bool(note["work"]) == bool(expected["work"])
        wanted = expected["work"] if isinstance(expected["work"], dict) else {}
        assert {key: note[key] for key in wanted} == wanted


def test_each_maker_of_the_table_has_its_folder() -> None:
    folders = {folder.name.replace("-", "") for folder in MAKERS.iterdir()}
    missing = [
        maker.name
        for maker in makers.MAKERS
        if not any(maker.name.lower().replace(" ", "").startswith(name) for name in folders)
    ]
    assert missing == []
