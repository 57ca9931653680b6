"""Runs of an indexer that stays open: they look at what hints name, and come to the same as a walk."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from litindex.errors import IndexFileError, VaultError
from litindex.sync.indexer import Indexer
from litindex.sync.plan import BULK
from litindex.vault import crawler
from litindex.vault.root import Root
from tests.dump import unlike_fresh
from tests.sync.vault import Vault, literature
from tests.watch.program import wait_until


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path, {"a.md": "alpha [[b]]", "b.md": "beta", "sub/c.md": "gamma", "sub/d.md": literature("d")})


@pytest.fixture
def kept(vault: Vault) -> Iterator[Indexer]:
    with Indexer(vault.path, vault.index) as made:
        made.sync()
        yield made


def equals_fresh(vault: Vault) -> None:
    assert unlike_fresh(vault.path, vault.index) == []


def test_only_hinted_files_are_looked_at(vault: Vault, kept: Indexer) -> None:
    vault.write("a.md", "edited")
    vault.write("b.md", "not hinted")
    report = kept.sync({"a.md": True}, walk=False)
    assert (report.walked, report.read, report.changed) == (False, 1, 1)
    assert vault.column("SELECT body FROM note_texts JOIN notes ON id = note_id ORDER BY path")[:2] == [
        "edited",
        "beta",
    ]
    assert kept.sync().changed == 1
    equals_fresh(vault)


def test_new_renamed_and_deleted_files_need_no_walk(vault: Vault, kept: Indexer) -> None:
    (note_id,) = vault.column("SELECT id FROM notes WHERE path = 'a.md'")
    vault.write("new.md", "new [[a]]")
    vault.move("a.md", "sub/a2.md")
    (vault.path / "b.md").unlink()
    vault.write("plot.png", "p")
    hints = {"new.md": True, "a.md": False, "sub/a2.md": True, "b.md": False, "plot.png": True}
    report = kept.sync(hints, walk=False)
    assert (report.walked, report.added, report.moved, report.removed) == (False, 1, 1, 1)
    assert vault.column("SELECT id FROM notes WHERE path = 'sub/a2.md'") == [note_id]
    equals_fresh(vault)


def test_a_hint_that_nothing_explains_is_answered_by_a_walk(vault: Vault, kept: Indexer) -> None:
    vault.move("sub", "moved")
    vault.write("moved/c.md", "edited at its new place")
    report = kept.sync({"sub/c.md": True}, walk=False)
    assert report.walked
    equals_fresh(vault)


def test_a_folder_that_is_told_of_as_a_file_is_answered_by_a_walk(vault: Vault, kept: Indexer) -> None:
    for note in "c.md", "d.md":
        (vault.path / "sub" / note).unlink()
    (vault.path / "sub").rmdir()
    assert kept.sync({"sub": False}, walk=False).removed == 2
    equals_fresh(vault)


def test_more_hints_than_a_large_run_holds_do_not_make_the_index_anew(vault: Vault, kept: Indexer) -> None:
    hints = {}
    for number in range(BULK + 50):
        vault.write(f"n{number}.md", literature("d", author=f"Adler, {number}"))
        hints[f"n{number}.md"] = True
    report = kept.sync(hints, walk=False)
    assert (report.walked, report.added) == (False, BULK + 50)
    equals_fresh(vault)


def test_hinted_files_are_read_whatever_their_times_say(vault: Vault, kept: Indexer) -> None:
    wait_until(lambda: not kept.sync().racy, "every note is trusted")
    assert kept.sync().checked == 0
    assert kept.sync({"a.md": True}, walk=False).checked == 1
    assert kept.sync({"a.md": True}).checked == 1
    assert kept.sync(verify=True).checked == 4


def test_a_run_without_hints_looks_again_at_what_was_read_too_soon(vault: Vault, kept: Indexer) -> None:
    assert kept.sync({}, walk=False).racy == 4
    wait_until(lambda: not kept.sync({}, walk=False).racy, "every note is trusted")


def test_the_last_note_is_not_taken_away_on_a_hint(vault: Vault, kept: Indexer) -> None:
    hints = {}
    for note in list(vault.path.rglob("*.md")):
        hints[note.relative_to(vault.path).as_posix()] = False
        note.unlink()
    with pytest.raises(VaultError, match="holds none of the 4 notes"):
        kept.sync(hints, walk=False)
    (vault.path / ".obsidian").mkdir()
    assert kept.sync(hints, walk=False).removed == 4


def test_files_that_vanish_in_the_middle_of_a_run_are_left_to_the_next(
    vault: Vault, kept: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.write("a.md", "edited, and away before it is read")
    vault.write("new.md", "likewise")
    crawl = crawler.crawl

    def crawl_and_lose(root: Root, *, follow_links: bool = False) -> crawler.Crawl:
        found = crawl(root, follow_links=follow_links)
        (vault.path / "new.md").unlink()
        (vault.path / "a.md").rename(vault.path.with_name("away"))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(crawler, "crawl", crawl_and_lose)
        report = kept.sync()
    assert (report.added, report.changed, report.unreadable) == (0, 0, [])
    assert vault.problems() == set()
    vault.path.with_name("away").rename(vault.path / "a.md")
    assert kept.sync().changed == 1
    equals_fresh(vault)


# ------------------------------------------------------------------------------------------------ patience


def test_with_patience_a_deletion_is_believed_at_the_second_look(vault: Vault) -> None:
    with Indexer(vault.path, vault.index, patience=0.2) as kept:
        kept.sync()
        (vault.path / "b.md").unlink()
        report = kept.sync({"b.md": False}, walk=False)
        assert (report.removed, report.held) == (0, 1)
        wait_until(lambda: kept.sync({}, walk=False).removed, "the deletion is believed")
        equals_fresh(vault)


def test_with_patience_a_note_that_comes_back_keeps_its_id(vault: Vault) -> None:
    with Indexer(vault.path, vault.index, patience=60.0) as kept:
        kept.sync()
        before = vault.column("SELECT id FROM notes ORDER BY path")
        (vault.path / "b.md").unlink()
        assert kept.sync().held == 1
        vault.write("b.md", "written anew")
        report = kept.sync({"b.md": True}, walk=False)
        assert (report.changed, report.held) == (1, 0)
        assert vault.column("SELECT id FROM notes ORDER BY path") == before


def test_with_patience_a_move_is_one_at_once(vault: Vault) -> None:
    with Indexer(vault.path, vault.index, patience=60.0) as kept:
        kept.sync()
        vault.move("b.md", "sub/b.md")
        report = kept.sync({"b.md": False, "sub/b.md": True}, walk=False)
        assert (report.moved, report.held) == (1, 0)
        (vault.path / "a.md").rename(vault.path.with_name("on its way"))
        assert kept.sync({"a.md": False}, walk=False).held == 1
        vault.path.with_name("on its way").rename(vault.path / "x.md")
        report = kept.sync({"x.md": True}, walk=False)
        assert (report.moved, report.held) == (1, 0)


# ------------------------------------------------------------------------------------------------ what is replaced


def test_another_folder_in_the_place_of_the_vault_is_no_vault(vault: Vault, kept: Indexer) -> None:
    vault.path.rename(vault.path.with_name("kept"))
    vault.path.mkdir()
    with pytest.raises(VaultError, match="another folder"):
        kept.sync()
    kept.find_root()
    vault.write("foreign.md", "x")
    with pytest.raises(VaultError, match="holds none of the 4 notes"):
        kept.sync()
    vault.write("a.md", "a note that the index knows")
    assert kept.sync().removed == 3


def test_an_index_that_was_deleted_is_made_anew(vault: Vault, kept: Indexer) -> None:
    assert not kept.why_look_again()
    vault.index.unlink()
    assert kept.why_look_again()
    assert kept.sync({}, walk=False).added == 4
    assert not kept.why_look_again()


def test_after_a_foreign_file_took_its_place_an_index_is_made_when_that_is_gone(vault: Vault, kept: Indexer) -> None:
    vault.index.unlink()
    vault.index.write_text("dear to somebody")
    for _ in range(2):
        with pytest.raises(IndexFileError, match="not made by litindex"):
            kept.sync()
    vault.index.unlink()
    assert kept.sync().added == 4


def test_tidying_comes_to_an_end_and_changes_nothing_that_is_said(vault: Vault, kept: Indexer) -> None:
    for number in range(40):
        vault.write("a.md", f"version {number}")
        kept.sync({"a.md": True}, walk=False)
    deadline = time.monotonic() + 30
    while kept.tidy():
        assert time.monotonic() < deadline
    equals_fresh(vault)


# ------------------------------------------------------------------------------------------------ doubts


@pytest.mark.skipif(os.name != "posix", reason="needs a file system that keeps both spellings")
@pytest.mark.parametrize(("known", "new"), [("e\u0301.md", "\u00e9.md"), ("e\u0301/n.md", "\u00e9/n.md")])
def test_a_new_note_is_not_taken_for_its_twin_in_another_spelling(
    vault: Vault, kept: Indexer, known: str, new: str
) -> None:
    vault.write(known, "decomposed")
    kept.sync()
    vault.write(new, "composed, and another note")
    assert kept.sync({new: True}, walk=False).walked
    equals_fresh(vault)


def test_an_older_copy_in_the_place_of_the_index_is_brought_up_to_date_whatever_is_hinted(
    vault: Vault, kept: Indexer
) -> None:
    older = vault.index.with_name("older.db")
    with closing(sqlite3.connect(vault.index)) as source, closing(sqlite3.connect(older)) as copy:
        source.backup(copy)
    vault.write("b.md", "edited after the copy")
    kept.sync({"b.md": True}, walk=False)
    older.replace(vault.index)
    vault.write("a.md", "edited together with it")
    assert kept.sync({"a.md": True}, walk=False).walked
    equals_fresh(vault)


def test_an_index_that_somebody_else_turned_back_is_brought_up_to_date_whatever_is_hinted(
    vault: Vault, kept: Indexer
) -> None:
    with closing(sqlite3.connect(":memory:")) as older:
        with closing(sqlite3.connect(vault.index)) as source:
            source.backup(older)
        vault.write("b.md", "edited after the copy")
        kept.sync({"b.md": True}, walk=False)
        with closing(sqlite3.connect(vault.index)) as target:
            older.backup(target)
    vault.write("a.md", "edited together with it")
    assert kept.sync({"a.md": True}, walk=False).walked
    equals_fresh(vault)


def test_the_first_run_walks_whatever_is_hinted(vault: Vault) -> None:
    vault.sync()
    vault.write("b.md", "edited while nobody looked")
    with Indexer(vault.path, vault.index) as reopened:
        assert reopened.sync({"a.md": True}, walk=False).walked
        assert not reopened.sync({"a.md": True}, walk=False).walked
    equals_fresh(vault)
