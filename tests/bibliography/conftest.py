from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litindex.cli import main
from litindex.sync import indexer
from tests.query.vault import write_notes

NOTES = {
    "Lit/okafor2021.md": "---\ncitekey: okafor2021\ntitle: Night chorus\nauthors: [\"Okafor, Ngozi\"]\nyear: 2021\nitemType: book\naliases: [The chorus book]\n---\n",
    "Lit/@vos2008.md": "---\ntitle: Bells\nauthors: [\"Vos, Hendrik\"]\nyear: 2008\nitemType: book\n---\n",
    "Lit/Drowned villages.md": "---\ntitle: The Drowned villages\nauthors: [\"Bakker, Rinske\"]\nyear: 2018\nitemType: report\n---\n",
    "Lit/Old/okafor2021 (1).md": "---\ncitekey: okafor2021\ntitle: Night chorus, old import\nitemType: book\n---\n",
    "Topics/Mud.md": "# Mud\n\nWet.\n",
}  # fmt: skip

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vault")
    write_notes(folder, NOTES)
    return folder


@pytest.fixture(scope="session")
def index(vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("index") / "litindex.db"
    indexer.sync(vault, made, jobs=1)
    return made


@pytest.fixture
def run(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command of the program on the index, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def _run(*words: str, given: str = "") -> Result:
        return CliRunner().invoke(main, [*words, "--db", str(index)], input=given)

    return _run
