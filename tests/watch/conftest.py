"""A small vault, and the daemon that follows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.vault import Vault
from tests.watch.program import Daemon


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made = Vault(tmp_path, {"a.md": "alpha [[b]]", "b.md": "beta", "sub/c.md": "gamma"})
    (made.path / ".obsidian").mkdir()
    return made


@pytest.fixture
def daemon(vault: Vault) -> Iterator[Daemon]:
    with Daemon(vault.path, vault.index) as running:
        yield running
