"""What docs/doctor.md shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from litindex.doctor.check import parse
from tests import readme

TEXT = (readme.ROOT / "docs" / "doctor.md").read_text(encoding="utf-8")
STEPS = readme.steps(TEXT)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return readme.sandbox(tmp_path_factory.mktemp("doctor"))


@pytest.mark.parametrize(("command", "output"), STEPS, ids=[command[:60] for command, _ in STEPS])
def test_a_session_prints_what_the_page_shows(command: str, output: str, folder: Path) -> None:
    assert readme.steady(readme.run(command, folder)) == readme.steady(output)


def test_the_check_that_the_page_shows_runs(folder: Path) -> None:
    sql = re.findall(r"```sql\n(.*?)```", TEXT, re.S)[0]
    assert parse("mine", sql).severity == "info"
    (folder / "checks").mkdir()
    (folder / "checks" / "mine.sql").write_text(sql, encoding="utf-8")
    assert "read, and nothing written" in readme.run("litindex build sample_vault; litindex doctor mine", folder)
