"""An index that an earlier version made: its notes are read again, and readers see the old one until the new one is whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from litindex.errors import IndexFileError
from litindex.index import database, schema
from litindex.sync import plan
from litindex.sync.indexer import Indexer
from tests.dump import unlike_fresh
from tests.sync.vault import Vault, literature

NOTE = """
INSERT INTO notes (id, path, path_key, name, name_key, title, title_source, kind, frontmatter_state, size, mtime_ns, ctime_ns,
                   ino, sha256)
VALUES (1, 'old.md', 'old.md', 'old', 'old', 'old', 'filename', 'note', 'none', 1, 1, 1, 1, 'x')
"""


@pytest.fixture
def older(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """A vault of two notes, and an index with the first version's schema that knows another one."""
    write_notes(vault)
    make_index(vault, monkeypatch, 1, NOTE)
    return vault


def write_notes(vault: Vault) -> None:
    vault.write("a.md", literature("a20", author="Adler, Mira", tag="bells"))
    vault.write("b.md", "[[a]] #marsh")


def make_index(vault: Vault, monkeypatch: pytest.MonkeyPatch, migrations: int, rows: str) -> None:
    with monkeypatch.context() as patch:
        first = schema.migration_files()[:migrations]
        patch.setattr(schema, "migration_files", lambda: first)
        with closing(database.open_index(vault.index)) as connection:
            schema.migrate(connection, vault.index)
            connection.execute("INSERT INTO meta VALUES ('vault', ?)", (str(vault.path),))
            connection.executescript(rows)


INDEXED_TWICE = """
INSERT INTO files (id, size, mtime_ns, ctime_ns, ino, sha256) VALUES (7, 1, 1, 1, 1, 'x');
INSERT INTO notes (id, path, path_key, name, name_key, title, title_source, kind, frontmatter_state)
VALUES (7, 'b.md', 'b.md', 'b', 'b', 'b', 'filename', 'note', 'none');
INSERT INTO note_texts (note_id, body, own, grams, own_grams) VALUES (7, 'bells ring', 'bells ring', '', '');
INSERT INTO notes_fts (rowid, title, body, own) VALUES (7, 'b', 'bells ring', 'bells ring');
INSERT INTO annotations (id, note_id, position, text, line) VALUES (458752, 7, 0, 'a passage', 1);
INSERT INTO annotations_fts (rowid, text) VALUES (458752, 'a passage');
INSERT INTO field_keys (id, key) VALUES (1, 'k');
INSERT INTO fields (note_id, position, key_id, name, source, form, occurrence, type)
VALUES (7, 0, 1, 'k', 'inline', 'line', 0, 'null');
INSERT INTO links (note_id, position, source, syntax, target, target_key, resolution)
VALUES (7, 0, 'body', 'wikilink', 'a', 'a', 'unresolved');
INSERT INTO runs (id, at) VALUES (1, '2026-11-30T14:02:07+00:00');
"""


@pytest.mark.parametrize("bulk", [1, 200])
def test_the_full_text_of_the_second_version_is_made_again(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, bulk: int
) -> None:
    write_notes(vault)
    make_index(vault, monkeypatch, 3, INDEXED_TWICE)
    monkeypatch.setattr(plan, "BULK", bulk)
    assert vault.sync().history
    assert vault.ask("SELECT id FROM notes WHERE path = 'b.md'") == [(7,)]
    assert vault.ask("SELECT rowid FROM notes_fts WHERE notes_fts MATCH 'ring'") == []
    assert (1, "2026-11-30T14:02:07+00:00") in vault.ask("SELECT id, at FROM runs")
    assert unlike_fresh(vault.path, vault.index) == []


def old_notes(vault: Vault) -> list[str]:
    with closing(sqlite3.connect(f"{vault.index.as_uri()}?mode=ro", uri=True)) as reader:
        return [path for (path,) in reader.execute("SELECT path FROM notes WHERE size = 1")]


def test_it_becomes_what_a_new_one_is(older: Vault) -> None:
    report = older.sync()
    assert (report.added, report.committed) == (2, True)
    assert unlike_fresh(older.path, older.index) == []
    assert older.sync().committed is False


def test_an_index_of_an_empty_vault_is_migrated_too(older: Vault) -> None:
    for name in "a.md", "b.md":
        (older.path / name).unlink()
    older.sync(allow_empty=True)
    assert unlike_fresh(older.path, older.index, allow_empty=True) == []


def test_readers_see_the_old_one_until_the_new_one_is_whole(older: Vault) -> None:
    seen: list[list[str]] = []
    older.sync(progress=lambda done, all_of_them: seen.append(old_notes(older)))
    assert seen == [["old.md"]]
    with pytest.raises(sqlite3.OperationalError, match="no such column: size"):
        old_notes(older)


def test_a_run_that_fails_leaves_the_old_one_and_the_next_one_mends_it(older: Vault) -> None:
    def fail(done: int, all_of_them: int) -> None:
        raise KeyboardInterrupt

    with Indexer(older.path, older.index, progress=fail) as indexer:
        with pytest.raises(KeyboardInterrupt):
            indexer.sync()
        assert old_notes(older) == ["old.md"]
        indexer._progress = None
        assert indexer.sync().added == 2
    assert unlike_fresh(older.path, older.index) == []


def test_who_only_reads_is_told_what_to_do(older: Vault) -> None:
    with pytest.raises(IndexFileError, match="made by an earlier version of litindex: litindex build"):
        database.open_readonly(older.index)
