"""What the page about finding shows is what happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import readme

STEPS = readme.steps((readme.ROOT / "docs" / "finding.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return readme.sandbox(tmp_path_factory.mktemp("finding"))


@pytest.mark.parametrize(("command", "output"), STEPS, ids=[command[:60] for command, _ in STEPS])
def test_a_session_prints_what_the_page_shows(command: str, output: str, folder: Path) -> None:
    assert readme.steady(readme.run(command, folder)) == readme.steady(output)
