"""How much a run does, counted: what costs time on every machine, whatever the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from litindex.sync import racy_files
from litindex.sync.indexer import Indexer
from litindex.sync.report import Report
from tests.bench import generator
from tests.sync.vault import Vault, literature

SMALL, LARGE = 80, 800
LINKS = "SELECT note_id, position, resolution, target_note_id FROM links ORDER BY 1, 2"
COMMON_TAG = "SELECT name FROM note_tags GROUP BY tag_id ORDER BY count(*) DESC LIMIT 1"
COMMON_AUTHOR = "SELECT name FROM note_authors GROUP BY author_id ORDER BY count(*) DESC LIMIT 1"


class Count:
    """`steps`: hundreds of instructions that SQLite carried out; `changes`: rows that it wrote."""

    def __init__(self) -> None:
        self.steps = 0
        self.changes = 0

    def step(self) -> None:
        self.steps += 1


@contextmanager
def counting(vault: Vault, *, at_start: bool = True) -> Iterator[tuple[Indexer, Count]]:
    count = Count()
    with Indexer(vault.path, vault.index, jobs=1) as indexer:
        if not at_start:
            indexer.sync()
        before = indexer._db.total_changes
        indexer._db.set_progress_handler(count.step, 100)
        yield indexer, count
        indexer._db.set_progress_handler(None, 0)
        count.changes = indexer._db.total_changes - before


def generated(folder: Path, notes: int) -> Vault:
    """A vault and its index; in it a note with the tag and the author that most others have too."""
    folder.mkdir(parents=True)
    vault = Vault(folder)
    vault.path.rmdir()
    generator.write(vault.path, notes)
    vault.sync()
    tag, author = vault.column(COMMON_TAG)[0], vault.column(COMMON_AUTHOR)[0]
    vault.write("edited.md", literature("edited24", tag=tag, author=author, body="[[edited]]\n" * 20))
    vault.sync()
    return vault


@pytest.fixture(scope="module")
def vaults(tmp_path_factory: pytest.TempPathFactory) -> tuple[Vault, Vault]:
    """A small and a large one, indexed as if all had been written long ago."""
    folder = tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(racy_files, "WINDOW_NS", 0)
        return generated(folder / "small", SMALL), generated(folder / "large", LARGE)


def edit(vault: Vault, *, walk: bool) -> tuple[Report, Count]:
    note = vault.path / "edited.md"
    with counting(vault, at_start=False) as (indexer, count):
        note.write_bytes(note.read_bytes() + b"\nOne more line, see [[Nowhere]].\n")
        report = indexer.sync({"edited.md": True}, walk=walk)

    return report, count


def test_an_unchanged_run_reads_no_note_and_writes_no_row(vaults: tuple[Vault, Vault]) -> None:
    _, large = vaults
    with counting(large) as (indexer, count):
        report = indexer.sync()
    assert (report.unchanged, report.read, report.parsed, report.rows_written) == (LARGE + 1, 0, 0, 0)
    assert (count.changes, report.committed) == (0, False)


def test_one_edit_parses_one_note_and_costs_the_same_in_a_large_vault(vaults: tuple[Vault, Vault]) -> None:
    counts = []
    for vault in vaults:
        report, count = edit(vault, walk=False)
        assert (report.changed, report.read, report.parsed, report.walked) == (1, 1, 1, False)
        counts.append(count)
    small, large = counts
    assert large.changes < 1.1 * small.changes
    assert large.steps < 1.1 * small.steps


def test_a_walk_adds_only_what_it_takes_to_know_the_files(vaults: tuple[Vault, Vault]) -> None:
    _, large = vaults
    _, hinted = edit(large, walk=False)
    report, walked = edit(large, walk=True)
    assert (report.read, report.parsed, report.walked) == (1, 1, True)
    assert walked.steps - hinted.steps < LARGE


def test_a_renamed_folder_is_not_parsed_and_its_links_only_are_looked_at(vault: Vault) -> None:
    for at in range(50):
        vault.write(f"works/{at}.md", f"# Work {at}\n[[{at + 1}]] #tag{at % 7}\n")
        vault.write(f"others/note {at}.md", f"[[note {at + 1}]]\n" * 20)
    vault.sync()
    vault.move("works", "library/works")
    with counting(vault) as (indexer, count):
        report = indexer.sync()
    assert (report.moved, report.parsed, report.links_resolved) == (50, 0, 50)
    assert count.changes < 50 * 4


def test_five_hundred_links_to_a_renamed_note_are_all_that_is_touched(vault: Vault) -> None:
    for at in range(100):
        vault.write(f"{at}.md", "[[hub]] and [[other]]\n" * 5)
    vault.write("hub.md", "# Hub")
    vault.write("other.md", "# Other")
    os.utime(vault.path / "hub.md", (10**9, 10**9))
    vault.sync()
    before = vault.ask(LINKS)
    vault.move("hub.md", "centre.md")
    with counting(vault) as (indexer, count):
        report = indexer.sync()
    after = vault.ask(LINKS)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert report.links_resolved == len(changed) == 500
    assert {resolution for *_, resolution, _ in changed} == {"unresolved"}
    assert 500 < count.changes < 600
    assert report.parsed == 1
