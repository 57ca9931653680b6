"""What every test may ask of pytest."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest
from hypothesis import settings

from litindex.index import database
from litindex.sync import indexer
from tests.query.vault import CHANGED, write_notes
from tests.sync.vault import Vault

SAMPLE = Path(__file__).parents[1] / "sample_vault"

# A test says what holds, not how fast this machine is today: no deadline. `--hypothesis-profile=thorough` looks longer.
settings.register_profile("quick", deadline=None, max_examples=100)
settings.register_profile("thorough", deadline=None, max_examples=3000)
settings.load_profile("quick")


_NUMBERS = itertools.count()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the expected files from what the program does now"
    )


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test knows the indexes of another, or of the person who runs it."""
    own = tmp_path_factory.getbasetemp() / f"data-{next(_NUMBERS)}"
    monkeypatch.setenv("LITINDEX_DATA", str(own))
    monkeypatch.setenv("LITINDEX_CONFIG", str(own / "config"))


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command reads notes in its own process, which saves a start; tests of the others ask for them."""
    monkeypatch.setenv("LITINDEX_JOBS", "1")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """An empty vault; folders of tests may have another one."""
    return Vault(tmp_path)


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the small vault of `tests/query`; it lies in a folder of its own."""
    vault = tmp_path_factory.mktemp("My vault")
    write_notes(vault)
    for path, time in CHANGED.items():
        os.utime(vault / path, (time, time))
    made = tmp_path_factory.mktemp("index") / "litindex.db"
    indexer.sync(vault, made, jobs=1)
    return made


@pytest.fixture
def connection(index: Path) -> Iterator[Connection]:
    opened = database.open_readonly(index)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample vault."""
    made = tmp_path_factory.mktemp("sample") / "litindex.db"
    indexer.sync(SAMPLE, made, jobs=1)
    return made


@pytest.fixture(scope="session")
def sample(sample_index: Path) -> Iterator[Connection]:
    """The same, opened."""
    opened = database.open_readonly(sample_index)
    yield opened
    opened.close()
