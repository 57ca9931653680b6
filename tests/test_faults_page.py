"""`docs/faults.md` names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FAULTS = ROOT.parent / "shared" / "FAULTS.md"
PAGE = (ROOT / "docs" / "faults.md").read_text("utf-8")
ROW = re.compile(r"^\| ([WNYCDP]\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_every_test_that_the_page_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    there = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))
    }
    assert named
    assert named - there == set()


def test_a_row_without_a_test_says_why() -> None:
    bare = [what for _, _, what, tests in ROW.findall(PAGE) if tests == "none"]
    assert all(re.search(r"[Nn]ot tried|no test", what) for what in bare)


@pytest.mark.skipif(not FAULTS.exists(), reason="the list of faults is not here")
def test_every_known_fault_has_a_row() -> None:
    known = re.findall(r"^\| ([WNYCDP]\d+) \|", FAULTS.read_text("utf-8"), re.MULTILINE)
    assert [row[0] for row in ROW.findall(PAGE)] == known
