from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest

from litindex.index import database
from litindex.sync import indexer
from tests.query.vault import CHANGED, NOTES

SAMPLE = Path(__file__).parents[2] / "sample_vault"


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the small vault; it lies in a folder of its own."""
    vault = tmp_path_factory.mktemp("My vault")
    for path, text in NOTES.items():
        file = vault / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        os.utime(file, (CHANGED[path], CHANGED[path]))
    made = tmp_path_factory.mktemp("index") / "litindex.db"
    indexer.sync(vault, made, jobs=1)
    return made


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The index of the sample vault, opened."""
    made = tmp_path_factory.mktemp("sample") / "litindex.db"
    indexer.sync(SAMPLE, made, jobs=1)
    opened = database.open_readonly(made)
    yield opened
    opened.close()


@pytest.fixture
def connection(index: Path) -> Iterator[Connection]:
    opened = database.open_readonly(index)
    yield opened
    opened.close()
