"""What docs/bibliography.md shows is what happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import readme
from tests.bibliography.readers import PANDOC

STEPS = readme.steps(readme.BIBLIOGRAPHY.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return readme.sandbox(tmp_path_factory.mktemp("docs"))


@pytest.mark.parametrize(("command", "output"), STEPS, ids=[command[:60] for command, _ in STEPS])
def test_a_session_prints_what_the_page_shows(command: str, output: str, folder: Path) -> None:
    if PANDOC is None and ("pandoc" in command or " cite " in command):
        pytest.skip("pandoc is not installed")
    assert readme.run(command, folder) == output
