"""The comparison counts what it says it counts, and its first column holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import pages
from tests.comparison.facts import NOTES, Fact, found, score

AUTHORS = Fact("each author", ("Roe, Ann|Ann Roe", "Poe, Eve"))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"creators": [{"name": "Ann Roe"}, {"name": "Poe, Eve"}]}, "value"),
        ({"author": '"Roe, Ann"', "more": ["Poe, Eve"]}, "value"),
        ({"text": "by Ann Roe and Poe, Eve"}, "text"),
        ({"creators": ["Roe, Ann"]}, "-"),
        ({"text": "Joann Roe, Poe, Eve"}, "-"),
        (None, "-"),
    ],
)
def test_a_fact_is_found_alone_in_a_text_or_not(answer: object, expected: str) -> None:
    assert found(AUTHORS, answer) == expected


def test_litindex_holds_every_fact_as_a_value(tmp_path: Path) -> None:
    folder = pages.shared_sandbox(tmp_path)
    for name, facts in NOTES.items():
        answer = json.loads(pages.run(f"litindex show {name} --json", folder))
        answer["own"] = answer["own"].split("\n")
        assert set(score(facts, answer).values()) == {"value"}
