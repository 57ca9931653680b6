"""The net under a change of the code: what a digest depends on, and what it must not depend on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from litindex.sync import indexer
from tests import digests

NOTES = {
    "A.md": "---\ntags: [moss]\n---\n# Ferns\n\nSee [[B#Spores|spores]] and [[Nowhere]]. key:: [[B]]\n",
    "B.md": "# Spores\n\n> [!note] Green\n\n- [ ] count them #moss/wet\n",
}


def write(vault: Path, notes: dict[str, str], time: int = 10**9) -> Path:
    vault.mkdir(exist_ok=True)
    for name, text in notes.items():
        (vault / name).write_text(text, "utf-8")
        os.utime(vault / name, (time, time))
    return vault


def digests_of(vault: Path, index: Path) -> dict[str, str]:
    indexer.sync(vault, index, jobs=1)
    return {table: digests.digest(rows) for table, rows in digests.read_tables(index).items()}


def test_digests_depend_on_no_time_of_a_file_and_no_history_of_the_index(tmp_path: Path) -> None:
    fresh = digests_of(write(tmp_path / "one", NOTES), tmp_path / "one.db")
    vault = write(tmp_path / "two", {"0.md": "[[A]] #first [k:: v]\n", "B.md": NOTES["B.md"]}, time=2 * 10**9)
    digests_of(vault, tmp_path / "two.db")
    write(vault, NOTES)
    (vault / "0.md").unlink()
    assert digests_of(vault, tmp_path / "two.db") == fresh


@pytest.mark.parametrize(
    ("old", "new", "tables"),
    [
        ("|spores", "|Spores", {"files", "links", "note_texts"}),
        ("#Spores", "#Sporez", {"files", "links", "note_texts", "problems"}),
        ("[moss]", "[wood]", {"fields", "files", "note_tags", "note_texts", "tags"}),
        ("# Ferns", "# Fernz", {"files", "headings", "note_texts", "notes"}),
    ],
)
def test_a_digest_differs_where_a_row_does(old: str, new: str, tables: set[str], tmp_path: Path) -> None:
    before = digests_of(write(tmp_path / "vault", NOTES), tmp_path / "index.db")
    changed = NOTES | {"A.md": NOTES["A.md"].replace(old, new)}
    after = digests_of(write(tmp_path / "vault", changed, time=2 * 10**9), tmp_path / "index.db")
    assert {table for table in before if before[table] != after[table]} == tables


def test_the_rows_that_only_one_side_has_are_shown() -> None:
    theirs, ours = [{"name": "a"}, {"name": "b"}], [{"name": "a"}, {"name": "a"}]
    assert list(digests._row_differences(theirs, ours)) == [
        '- {"name": "b"}',
        '+ {"name": "a"}',
        "(1 rows are gone, 1 are new)",
    ]


@pytest.mark.process
def test_the_command_says_which_table_differs_from_what_it_wrote_before(tmp_path: Path) -> None:
    def run(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tests.digests", *options]
        return subprocess.run(command, cwd=digests.ROOT, capture_output=True, text=True, check=False)

    vault, file = write(tmp_path / "vault", NOTES), str(tmp_path / "before.txt")
    run(str(vault), "--out", file)
    same = run(str(vault), "--against", file)
    assert (same.returncode, same.stdout) == (0, "1 vaults: every table as before\n"), same.stderr
    write(vault, {"B.md": "# Spores\n"})
    changed = run(str(vault), "--against", file)
    assert changed.returncode == 1
    assert "tasks\t1 " in changed.stdout
    assert "tags\t2 " in changed.stdout
    assert "aliases" not in changed.stdout
