"""A vault of hostile notes becomes a sound index that holds them all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from litindex.sync import indexer
from tests import hostile

NOTES = hostile.NOTES | {f"pattern of {name}": pattern.note(500) for name, pattern in hostile.PATTERNS.items()}


def test_every_hostile_note_is_in_a_sound_index_and_read_once(tmp_path: Path) -> None:
    vault, index = tmp_path / "vault", tmp_path / "index.db"
    vault.mkdir()
    for name, data in NOTES.items():
        (vault / f"{name}.md").write_bytes(data)
    indexer.sync(vault, index, jobs=1)
    with closing(sqlite3.connect(index)) as db:
        assert {name for (name,) in db.execute("SELECT name FROM notes")} == NOTES.keys()
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT count(*) FROM note_texts").fetchone() == (len(NOTES),)
        db.execute("INSERT INTO notes_fts (notes_fts, rank) VALUES ('integrity-check', 1)")
    assert indexer.sync(vault, index, jobs=1).changes == 0
