"""An edit writes the tables of a note whose rows it changes, and leaves the others alone: whatever these refer to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from litindex.index import database, upserter
from tests.dump import unlike_fresh
from tests.sync.vault import HIGHLIGHT, Vault

IMAGE = "\n![[image-1.png]]\n"
NOTE = f"""---
citekey: roe2020
related: "[[Other]]"
---
> [!info]
> **Title**:: On bells
> **Related**:: [[Other]]

## Tasks

- [ ] read it [[Other#Part]] [due:: 2024-01-01]

## Annotations

Imported: 2024-04-12 6:43 pm
{HIGHLIGHT}{IMAGE}
"""
OTHER = "# Part\n\nSee [[Roe#Tasks]] and [[Roe#Annotations]].\n"
EDITS = {
    "a word at the end": (IMAGE, f"{IMAGE}\nBy the way.\n"),
    "a line before all": ("> [!info]\n", "A line.\n\n> [!info]\n"),
    "a heading": ("## Tasks", "## Things to do"),
    "a link more": ("> **Title**", "> **Related**:: [[Third]]\n> **Title**"),
    "what a link shows": ("[[Other#Part]]", "[[Other#Part|part]]"),
    "the target of a link": ("[[Other#Part]]", "[[Other#Whole]]"),
    "a property": ("roe2020", "roe2021"),
    "a passage": ("a passage", "another passage"),
    "an image": ("image-1.png", "image-2.png"),
    "when an image was imported": ("2024-04-12", "2024-04-13"),
    "an image away": (IMAGE, ""),
    "a task done": ("- [ ]", "- [x]"),
    "no heading above the task": ("## Tasks\n\n", ""),
    "a new tag in a highlight": ("#idea/New", "#idea/Newer"),
    "everything away": (NOTE, ""),
}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    vault = Vault(tmp_path, {"Roe.md": NOTE, "Other.md": OTHER, "image-1.png": b"1", "image-2.png": b"22"})
    vault.sync()
    return vault


class Recorder(sqlite3.Connection):
    """Remembers the tables into which rows are inserted."""

    inserted: set[str]

    def executemany(self, sql: str, rows: Iterable[Any]) -> sqlite3.Cursor:  # type: ignore[override]
        words = sql.split()
        if words[0] == "INSERT":
            Recorder.inserted.add(words[2])
        return super().executemany(sql, rows)


def inserted(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Tables that the next run inserts rows into."""
    real = sqlite3.connect
    Recorder.inserted = set()
    with monkeypatch.context() as patch:
        patch.setattr(database.sqlite3, "connect", lambda *args, **options: real(*args, factory=Recorder, **options))
        vault.sync()
    return Recorder.inserted


def test_the_note_has_what_can_be_felt(vault: Vault) -> None:
    assert vault.column("SELECT count(*) FROM annotations WHERE attachment_id IS NOT NULL") == [1]
    assert vault.column("SELECT count(*) FROM tasks WHERE heading IS NOT NULL") == [1]
    assert vault.column("SELECT count(*) FROM fields WHERE link IS NOT NULL") == [2]
    assert vault.column("SELECT count(*) FROM links WHERE target_heading IS NOT NULL") == [3]


@pytest.mark.parametrize("edit", EDITS)
def test_the_index_is_that_of_a_fresh_build(vault: Vault, edit: str) -> None:
    """Deleting a row that others refer to would be felt in these (ON DELETE SET NULL), were they left alone."""
    vault.write("Roe.md", NOTE.replace(*EDITS[edit]))
    vault.sync()
    assert not unlike_fresh(vault.path, vault.index)
    vault.write("Roe.md", NOTE)
    vault.sync()
    assert not unlike_fresh(vault.path, vault.index)


def test_a_word_at_the_end_writes_neither_links_nor_fields_nor_annotations(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.write("Roe.md", NOTE.replace(*EDITS["a word at the end"]))
    assert inserted(vault, monkeypatch).isdisjoint(upserter.WRITTEN)


def test_a_new_link_writes_links_and_not_what_refers_to_them(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.write("Roe.md", NOTE.replace(*EDITS["what a link shows"]))
    tables = inserted(vault, monkeypatch)
    assert "links" in tables
    assert tables.isdisjoint({"headings", "annotations"})


def test_a_change_to_an_excluded_note_is_no_damage(vault: Vault) -> None:
    """It has no rows but its own: an error here would be taken for a damaged index, and mended in silence."""
    vault.write(".obsidian/app.json", '{"userIgnoreFilters": ["Private/"]}')
    vault.write("Private/Diary.md", "Today.")
    vault.sync()
    vault.write("Private/Diary.md", "Today, and tomorrow.")
    assert not vault.sync().rebuilt
    vault.move("Other.md", "Private/Other.md")
    assert not vault.sync().rebuilt
    assert not unlike_fresh(vault.path, vault.index)
