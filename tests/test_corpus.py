"""Real vaults, where there are any: nothing crashes, nothing is lost, a second run has nothing to do."""

from __future__ import annotations

import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from litindex.sync import indexer
from tests.corpus_report import CORPUS, vaults_in
from tests.profile import THOROUGH

pytestmark = pytest.mark.corpus

VAULTS = vaults_in(CORPUS)[:: 1 if THOROUGH else 3]
"""Every third by default; `--hypothesis-profile=thorough` takes all."""
FRONT_MATTER = re.compile(r"\A---[^\S\n]*\n.*?^---[^\S\n]*$", re.MULTILINE | re.DOTALL)
WORD = re.compile(r"(?<!\w)[A-Za-z]{4,40}(?!\w)")
FOUND = "SELECT count(*) FROM notes_fts WHERE notes_fts MATCH ? AND rowid = ?"
PROBLEMS = """
SELECT p.path, p.code, p.severity, p.line, p.message, coalesce(n.line_count, 0) FROM problems p
LEFT JOIN notes n ON n.id = p.note_id"""


def note_files(vault: Path) -> Iterator[Path]:
    """F1 and F2: the `.md` files whose path has no part that starts with a dot."""
    for folder, folders, files in os.walk(vault):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in files if name.lower().endswith(".md") and not name.startswith("."))


def index_path(file: Path, vault: Path) -> str:
    return unicodedata.normalize("NFC", file.relative_to(vault).as_posix())


def longest_word(data: bytes) -> str | None:
    """A word that full-text search must find: the longest one below the front matter."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return max(WORD.findall(FRONT_MATTER.sub("", text, count=1)), key=len, default=None)


def words_not_found(db: sqlite3.Connection, vault: Path) -> list[tuple[str, str]]:
    rows = db.execute("SELECT path, id FROM notes WHERE excluded = 0").fetchall()
    files = {index_path(file, vault): file for file in note_files(vault)}
    words = ((path, row_id, longest_word(files[path].read_bytes())) for path, row_id in rows)
    return [
        (path, word)
        for path, row_id, word in words
        if word and not db.execute(FOUND, (f'"{word}"', row_id)).fetchone()[0]
    ]


def odd_problems(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Problems that name no code, no severity, a line that is not there, or say nothing."""
    return [
        (path, code, severity, line, message)
        for path, code, severity, line, message, lines in db.execute(PROBLEMS)
        if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code)
        or severity not in ("error", "warning", "info")
        or (line is not None and not 1 <= line <= max(lines, 1))
        or len(message) < 10
    ]


@pytest.mark.skipif(not VAULTS, reason="no vaults beside the project")
@pytest.mark.parametrize("vault", VAULTS, ids=lambda vault: vault.name)
def test_a_real_vault_is_indexed_whole_and_once(vault: Path, tmp_path: Path) -> None:
    index = tmp_path / "index.db"
    indexer.sync(vault, index)
    with closing(sqlite3.connect(index)) as db:
        assert {path for (path,) in db.execute("SELECT path FROM notes")} == {
            index_path(file, vault) for file in note_files(vault)
        }
        assert words_not_found(db, vault) == []
        assert odd_problems(db) == []
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    again = indexer.sync(vault, index)
    assert (again.changes, again.rows_written) == (0, 0)
