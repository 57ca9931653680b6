"""What an index remembers equals what a slow look at it before and after says, whatever happens to a run."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from litindex.history import record
from litindex.index import database, schema
from litindex.sync import indexer
from tests import digests
from tests.dump import unlike_fresh
from tests.sync.vault import HIGHLIGHT, Vault, literature
from tests.test_incremental import SETTINGS, AlwaysBulk, bulk_from
from tests.test_incremental import Vault as EditedVault

BLOCK = "%% begin notes %%\n{}\n%% end notes %%\n"
EMPTY = BLOCK.format("==Delete this and write here.==")
THOUGHTS = "\n".join(f"What I thought of chapter {number}: it says more than it can know." for number in range(8))

Seen = dict[int, dict[str, Any]]
"""Note id -> what the tables say of it."""


def look(index: Path) -> Seen:
    """Each table asked for itself, by nothing that the program uses."""
    with closing(sqlite3.connect(f"{index.as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        seen: Seen = {}
        for note in db.execute("SELECT id, path, title AS note, own_word_count AS own_words FROM notes"):
            seen[note["id"]] = {**dict(note), "work": None, "highlights": 0}
        for file in db.execute("SELECT id, sha256 FROM files WHERE sha256 IS NOT NULL"):
            seen[file["id"]]["sha256"] = file["sha256"]
        for work in db.execute("SELECT note_id, citekey, title, creators, year, read_status FROM works"):
            name = work["title"] or work["citekey"] or seen[work["note_id"]]["note"]
            seen[work["note_id"]] |= {**dict(work), "work": name}
        for (note_id,) in db.execute("SELECT note_id FROM annotations"):
            seen[note_id]["highlights"] += 1
        return seen


def expected(before: Seen, after: Seen) -> Iterator[tuple[Any, ...]]:
    for note_id in before.keys() | after.keys() if before else ():
        old, new = before.get(note_id, {}), after.get(note_id, {})
        path = new.get("path", old.get("path"))
        if not old or not new:
            yield path, "note", old.get("note"), new.get("note")
            continue
        if old["path"] != path:
            yield path, "path", old["path"], path
        if "" not in (old["sha256"], new["sha256"]) and old["sha256"] != new["sha256"]:
            if (old["work"] is None) != (new["work"] is None):
                yield path, "work", old["work"], new["work"]
                told = ["highlights", "own_words"]
            else:
                told = ["citekey", "title", "creators", "year", "read_status", "highlights", "own_words"]
            yield from ((path, what, old.get(what), new.get(what)) for what in told if old.get(what) != new.get(what))


class Remembered(EditedVault):
    """After each step the rows of the runs since say how the tables came to be as they are."""

    @invariant()
    def history_says_what_changed(self) -> None:
        before, runs = getattr(self, "seen", {}), getattr(self, "runs", 0)
        self.seen = look(self.index)
        with closing(sqlite3.connect(f"{self.index.as_uri()}?mode=ro", uri=True)) as db:
            told = db.execute("SELECT path, what, before, after FROM changes WHERE run_id > ?", (runs,)).fetchall()
            built = [row[0] for row in db.execute("SELECT built FROM runs WHERE id > ?", (runs,))]
            (self.runs,) = db.execute("SELECT max(id) FROM runs").fetchone()
        assert Counter(told) == Counter(expected(before, self.seen))
        first = not before and self.seen
        assert built == ([len(self.seen)] if first else [None] if told else [])

    @rule(full=st.booleans())
    def sync_and_compare(self, full: bool = False) -> None:
        with bulk_from(self.bulk_from):
            assert not indexer.sync(self.vault, self.index, jobs=1, full=full).rebuilt


class RememberedInBulk(Remembered, AlwaysBulk):
    """As above, where each run that reads most of the vault is in bulk."""


TestRemembered = Remembered.TestCase
TestRemembered.settings = settings(SETTINGS, max_examples=settings().max_examples // 8)
TestRememberedInBulk = RememberedInBulk.TestCase
TestRememberedInBulk.settings = settings(SETTINGS, max_examples=settings().max_examples // 16)


# ------------------------------------------------------------------------------------------------ runs


@pytest.fixture
def edited(vault: Vault) -> Vault:
    """An index of two notes that is behind its vault."""
    vault.write("a.md", literature("a20", body=THOUGHTS))
    vault.write("b.md", "text")
    vault.sync()
    vault.write("a.md", literature("a20", body=HIGHLIGHT))
    vault.move("b.md", "c.md")
    return vault


def history(vault: Vault) -> list[tuple[Any, ...]]:
    return vault.ask("SELECT run_id, path, what, before, after FROM changes ORDER BY id")


def test_a_first_build_is_one_row(vault: Vault) -> None:
    vault.write("a.md", literature("a20"))
    report = vault.sync()
    assert (report.history, vault.ask("SELECT id, built FROM runs"), history(vault)) == ([], [(1, 1)], [])


def test_a_run_tells_what_it_changed_and_one_without_changes_writes_nothing(edited: Vault) -> None:
    report = edited.sync()
    assert [(change.path, change.what) for change in report.history] == [
        ("a.md", "highlights"), ("a.md", "own_words"), ("c.md", "path"),
    ]  # fmt: skip
    assert [row[1:3] for row in history(edited)] == [(change.path, change.what) for change in report.history]
    assert report.lost == ["a.md"]
    before = edited.index.read_bytes()
    edited.sync()
    assert edited.index.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.parametrize("is_committed", [False, True])
def test_a_killed_run_leaves_history_and_change_or_neither(
    edited: Vault, is_committed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave = database.Transaction.__exit__

    def die(transaction: database.Transaction, *error: Any) -> None:
        if is_committed:
            leave(transaction, *error)
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        monkeypatch.setattr(database.Transaction, "__exit__", die)
        edited.sync()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert edited.column("SELECT path FROM notes WHERE path <> 'a.md'") == (["c.md"] if is_committed else ["b.md"])
    assert len(history(edited)) == (3 if is_committed else 0)
    assert len(edited.ask("SELECT 1 FROM lost_texts")) == is_committed


def test_what_is_known_of_a_note_goes_with_it(vault: Vault) -> None:
    vault.write("a.md", THOUGHTS)
    vault.write("b.md", "two")
    vault.sync()
    vault.write("a.md", "one more word")
    vault.sync()
    vault.move("a.md", "lit/c.md")
    vault.sync()
    vault.write("a.md", "a new note")
    vault.sync()
    assert [row[:3] for row in history(vault)] == [
        (2, "lit/c.md", "own_words"), (3, "lit/c.md", "path"), (4, "a.md", "note"),
    ]  # fmt: skip
    assert vault.column("SELECT path FROM lost_texts") == ["lit/c.md"]


def test_full_builds_and_newer_versions_tell_nothing_and_forget_nothing(edited: Vault) -> None:
    edited.sync()
    before = history(edited)
    assert edited.sync(full=True).history == []
    edited.write("litindex.toml", '[keys]\nVerfasser = "author"\n')
    assert (edited.sync().full, history(edited)) == (True, before)


# ------------------------------------------------------------------------------------------------ lost words


@pytest.mark.parametrize("imported", [EMPTY, "", BLOCK.format("")], ids=["default", "no block", "empty"])
def test_a_persist_block_that_an_import_resets_is_kept(vault: Vault, imported: str) -> None:
    mine = BLOCK.format(f"> {THOUGHTS}")
    vault.write("a.md", literature("a20", body=f"{mine}{HIGHLIGHT}"))
    vault.sync()
    vault.write("a.md", literature("a20", body=f"{imported}{HIGHLIGHT * 9}"))
    report = vault.sync()
    assert report.lost == ["a.md"]
    assert vault.ask("SELECT path, block, text FROM lost_texts") == [("a.md", "notes", f"> {THOUGHTS}")]


def test_the_same_words_lost_again_are_kept_once(vault: Vault) -> None:
    for text in (THOUGHTS, "", THOUGHTS, ""):
        vault.write("a.md", text)
        vault.sync()
    assert vault.ask("SELECT run_id, text FROM lost_texts") == [(4, THOUGHTS)]


def test_a_note_that_is_deleted_lost_nothing(edited: Vault) -> None:
    (edited.path / "a.md").unlink()
    assert edited.sync().lost == []


# ------------------------------------------------------------------------------------------------ keeping and forgetting


def test_kept_tables_are_no_part_of_what_equals_a_fresh_index(edited: Vault) -> None:
    edited.sync()
    assert unlike_fresh(edited.path, edited.index) == []
    assert not digests.read_tables(edited.index).keys() & record.KEPT_TABLES.keys()
    kept = edited.column("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%-- Kept.%'")
    assert kept == list(record.KEPT_TABLES)


def test_history_is_carried_into_an_index_that_is_made_anew(edited: Vault) -> None:
    edited.sync()
    before = history(edited), edited.ask("SELECT * FROM lost_texts")
    with closing(sqlite3.connect(edited.index)) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'notes'").fetchone()
    with edited.index.open("r+b") as file:
        file.seek((root - 1) * 8192)
        file.write(b"\xff" * 8192)
    assert edited.sync().rebuilt
    assert (history(edited), edited.ask("SELECT * FROM lost_texts")) == before
    assert edited.ask("SELECT id, built FROM runs") == [(1, 2), (2, None), (3, 2)]


def test_what_can_be_read_of_a_damaged_table_is_carried_over_from_both_ends(tmp_path: Path) -> None:
    with closing(made(tmp_path / "old.db")) as old:
        old.executemany("INSERT INTO runs VALUES (?, '2026-11-30T00:00:00+00:00', NULL)", ((at,) for at in range(3000)))
        pages = [row[0] for row in old.execute("SELECT pageno FROM dbstat WHERE name = 'runs' ORDER BY path")]
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (tmp_path / "old.db").open("r+b") as file:
        file.seek((pages[len(pages) // 2] - 1) * 8192)
        file.write(b"\xff" * 8192)
    with closing(made(tmp_path / "new.db")) as new:
        record.carry_over(tmp_path / "old.db", new)
        ids = [row[0] for row in new.execute("SELECT id FROM runs")]
    assert {0, 2999} <= set(ids)
    assert 1500 < len(ids) < 3000


def made(path: Path) -> sqlite3.Connection:
    connection = database.open_index(path)
    schema.migrate(connection, path)
    return connection


@pytest.mark.parametrize("content", [b"", b"no index", b"SQLite format 3\0" + b"\xff" * 5000])
def test_of_what_is_no_index_nothing_is_carried_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "old.db").write_bytes(content)
    with closing(made(tmp_path / "new.db")) as new:
        record.carry_over(tmp_path / "old.db", new)
        assert new.execute("SELECT count(*) FROM runs").fetchone() == (0,)
    assert (tmp_path / "old.db").read_bytes() == content


A_NOTE = """
INSERT INTO files (id, size, mtime_ns, ctime_ns, ino, sha256) VALUES (1, 1, 1, 1, 1, 'x');
INSERT INTO notes (id, path, path_key, name, name_key, title, title_source, kind, frontmatter_state, own_word_count)
VALUES (1, 'a.md', 'a.md', 'a', 'a', 'a', 'filename', 'note', 'none', 1);
INSERT INTO note_texts (note_id, body, own, grams, own_grams) VALUES (1, 'one', 'one', '', '');
"""


def test_an_index_of_the_version_before_gets_its_tables_and_keeps_its_rows(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schema.migration_files()[:2]
    with monkeypatch.context() as patch:
        patch.setattr(schema, "migration_files", lambda: before)
        with closing(database.open_index(vault.index)) as connection:
            schema.migrate(connection, vault.index)
            connection.execute("INSERT INTO meta VALUES ('vault', ?)", (str(vault.path),))
            connection.executescript(A_NOTE)
    vault.write("a.md", "one more")
    assert [change.what for change in vault.sync().history] == ["own_words"]
    assert unlike_fresh(vault.path, vault.index) == []


def test_whoever_wants_no_history_has_none(edited: Vault) -> None:
    edited.sync()
    edited.write("litindex.toml", "history = false\n")
    report = edited.sync()
    assert (report.full, report.history) == (False, [])
    edited.write("a.md", "other")
    edited.sync()
    assert [edited.ask(f"SELECT * FROM {table}") for table in record.KEPT_TABLES] == [[], [], []]
    (edited.path / "litindex.toml").unlink()
    edited.write("a.md", "other words")
    assert [change.what for change in edited.sync().history] == ["own_words"]


def test_the_oldest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "MOST_CHANGES", 3)
    now = datetime(2026, 11, 30, tzinfo=UTC)
    with closing(made(tmp_path / "index.db")) as db:
        for days in record.MOST_DAYS + 1, record.LOST_DAYS + 1, 1, 0:
            run = record.add_run(db, now - timedelta(days=days))
            db.executemany(record.ADD_CHANGE, [(run, "a.md", "year", 1, 2)] * 2)
            db.execute(record.ADD_LOST, (run, "a.md", None, 300, "text"))
        record.prune(db, now)
        assert db.execute("SELECT id FROM runs").fetchall() == [(2,), (3,), (4,)]
        assert db.execute("SELECT run_id FROM changes").fetchall() == [(3,), (4,), (4,)]
        assert db.execute("SELECT run_id FROM lost_texts").fetchall() == [(3,), (4,)]


def test_lost_words_have_a_bound(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "LOST_CHARACTERS", 2 * len(THOUGHTS))
    for number in range(5):
        vault.write("a.md", THOUGHTS.replace("chapter", f"book {number}, chapter")[: len(THOUGHTS)])
        vault.sync()
        vault.write("a.md", "")
        vault.sync()
    assert len(vault.ask("SELECT 1 FROM lost_texts")) == 2
    shutil.rmtree(vault.path)
