"""A process that may open no more files learns nothing about the vault (FAULTS N4, W5)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from litindex.errors import SystemLimitError
from litindex.sync.indexer import Indexer
from litindex.vault import crawler, plain_files, read_file
from litindex.vault import root as vault_root
from tests.dump import unlike_fresh
from tests.sync.vault import Vault

resource = pytest.importorskip("resource")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")


@contextmanager
def files_left(count: int) -> Iterator[None]:
    """So many more files can be opened, and no more."""
    lowest = os.open(os.devnull, os.O_RDONLY)
    os.close(lowest)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest + count, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made = Vault(tmp_path, {"a.md": "alpha", "sub/b.md": "beta", "Templates/t.md": "template"})
    made.write(".obsidian/app.json", '{"userIgnoreFilters": ["Templates/"]}')
    made.index = made.path / "own.db"
    return made


@pytest.mark.parametrize("left", range(4))
def test_a_run_with_too_few_files_says_so_and_changes_nothing_or_all(vault: Vault, left: int) -> None:
    with Indexer(vault.path, vault.index, jobs=1) as index:
        index.sync()
        before = vault.ask("SELECT * FROM notes ORDER BY id")
        vault.write("sub/c.md", "gamma")
        said = ""
        try:
            with files_left(left):
                index.sync()
        except SystemLimitError as error:
            said = str(error)
        if said or not left:
            assert "Too many open files" in said
            assert vault.ask("SELECT * FROM notes ORDER BY id") == before
        index.sync()
    assert unlike_fresh(vault.path, vault.index) == []


def test_nothing_is_taken_for_missing_unreadable_or_allowed(vault: Vault) -> None:
    vault.sync()
    root = vault_root.find_root(vault.path)
    (file,) = (each for each in crawler.crawl(root).files if each.path == "a.md")
    with files_left(0):
        for ask in (
            lambda: crawler.crawl(root),
            lambda: read_file.read(root, file),
            lambda: read_file.can_open(root, file),
            lambda: crawler.ignore_filters(root),
            lambda: plain_files.read(vault.path / "a.md", 10),
        ):
            with pytest.raises(SystemLimitError):
                ask()
