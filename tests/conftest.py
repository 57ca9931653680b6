"""What every test may ask of pytest."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import settings

from tests.sync.vault import Vault

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
    monkeypatch.setenv("LITINDEX_DATA", str(tmp_path_factory.getbasetemp() / f"data-{next(_NUMBERS)}"))


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
