"""Runs that read most of a vault take another way through the tables: the index they leave is the same."""

from __future__ import annotations

import os
import random

import pytest

from litindex.sync import plan, workers
from tests.dump import unlike_fresh
from tests.sync.vault import Vault, literature


@pytest.fixture(params=[1, 10], ids=["bulk from 1", "bulk from 10"])
def bulk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Notes from which on a run is one in bulk: few, so that small vaults take that way."""
    monkeypatch.setattr(plan, "BULK", request.param)
    return int(request.param)


def fill(vault: Vault, generation: str) -> None:
    """Twelve notes; the generation spells the same people, tags, collections and fields in its own way."""
    for number in range(12):
        text = literature(f"{generation}{number}", tag=f"Area/{generation}", author=f"{generation}, Mira")
        vault.write(f"{generation}{number}.md", f"{text}\n{generation}key:: 1\n#SHARED/{generation.upper()} [[a1]]\n")


@pytest.mark.usefixtures("bulk")
def test_nothing_of_the_old_notes_stays_when_all_are_replaced(vault: Vault) -> None:
    fill(vault, "old")
    vault.sync()
    for number in range(12):
        (vault.path / f"old{number}.md").unlink()
    fill(vault, "new")
    assert vault.sync(allow_empty=True).removed == 12
    assert unlike_fresh(vault.path, vault.index) == []
    assert vault.ask("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.usefixtures("bulk")
def test_any_number_of_notes_replaced_leaves_the_index_of_a_fresh_build(vault: Vault, seed: int) -> None:
    chance = random.Random(seed)
    for generation, share in ("ab", 0.8), ("cd", 1.0), ("ab", 0.5), ("ef", 0.9):
        for file in list(vault.path.glob("*.md")):
            if chance.random() < share:
                file.unlink()
        fill(vault, generation)
        vault.sync(allow_empty=True)
        assert unlike_fresh(vault.path, vault.index) == []


def test_the_spelling_of_notes_that_are_gone_goes_when_hundreds_are_replaced(vault: Vault) -> None:
    for number in range(plan.BULK):
        vault.write(f"old{number:03}.md", literature(f"old{number}", tag="AREA", author="ADLER, Mira"))
    vault.sync()
    for number in range(plan.BULK):
        (vault.path / f"old{number:03}.md").unlink()
        vault.write(f"new{number:03}.md", literature(f"new{number}", tag="area", author="Adler, Mira"))
    vault.sync(allow_empty=True)
    assert vault.column("SELECT name FROM authors") == ["Adler, Mira"]
    assert vault.column("SELECT name FROM tags") == ["area"]
    assert unlike_fresh(vault.path, vault.index) == []


def test_a_note_that_vanishes_while_others_are_read_is_no_target(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "BULK", 1)
    monkeypatch.setattr(workers, "BATCH", 1)
    vault.write("a.md", "[[b]] [[c]] [[@d]]")
    vault.write("b.md")
    vault.write("c.md")
    vault.write("d.md", literature("d"))

    def remove(done: int, all_of_them: int) -> None:
        (vault.path / "b.md").unlink(missing_ok=done > 1)

    vault.sync(progress=remove)
    resolved = "SELECT target, resolution, target_note_id = (SELECT id FROM notes WHERE name = ?) FROM links ORDER BY 1"
    assert vault.ask(resolved, "c") == [("@d", "citation", 0), ("b", "unresolved", None), ("c", "note", 1)]
    assert unlike_fresh(vault.path, vault.index) == []


def test_links_of_a_note_that_is_read_again_but_as_it_was_are_pointed_anew(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "BULK", 1)
    vault.write("a.md", literature("key"))
    vault.write("c.md", "[[@key]] [[a]] [[d]]")
    vault.sync()
    (vault.path / "a.md").unlink()
    vault.write("d.md")
    os.utime(vault.path / "c.md", (1_700_000_000, 1_700_000_000))
    vault.sync()
    assert vault.column("SELECT resolution FROM links ORDER BY position") == ["unresolved", "unresolved", "note"]
    assert unlike_fresh(vault.path, vault.index) == []
