from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from litindex.sync import indexer
from tests.datasette_plugin import vault as vaults
from tests.datasette_plugin.server import PYTHONS, Server, serving

pytest.importorskip("datasette")
pytest.importorskip("markdown_it")


def _indexed(folder: Path, notes: dict[str, str]) -> tuple[Path, Path]:
    vault, index = folder / "My vault", folder / "index" / "library.db"
    index.parent.mkdir()
    vaults.write(vault, notes)
    indexer.sync(vault, index, jobs=1)
    return vault, index


@pytest.fixture(scope="session", params=PYTHONS, ids=lambda python: Path(python).parents[1].name)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The small vault, in each Datasette that is there."""
    vault, index = _indexed(tmp_path_factory.mktemp("browsing"), vaults.NOTES)
    with serving(request.param, vault, index) as running:
        yield running


@pytest.fixture(scope="session", params=PYTHONS, ids=lambda python: Path(python).parents[1].name)
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The hostile vault, in each Datasette that is there."""
    vault, index = _indexed(tmp_path_factory.mktemp("hostile"), vaults.NOTES | vaults.HOSTILE)
    with serving(request.param, vault, index) as running:
        yield running
