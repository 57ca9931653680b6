"""The questions of docs/questions.md run as they stand, and find something in the sample vault."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from litindex.sync import indexer

ROOT = Path(__file__).parents[2]
QUESTIONS = re.findall(
    r"^([^\n]+)\n\n```sql\n(.*?)```", (ROOT / "docs" / "questions.md").read_text("utf-8"), re.M | re.S
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    index = tmp_path_factory.mktemp("questions") / "index.db"
    indexer.sync(ROOT / "sample_vault", index, jobs=1)
    with closing(sqlite3.connect(index)) as connection:
        yield connection


def test_there_are_ten() -> None:
    assert len(QUESTIONS) == 10


@pytest.mark.parametrize(("question", "sql"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_a_question_is_short_and_answered(sample: sqlite3.Connection, question: str, sql: str) -> None:
    assert len(sql.strip().splitlines()) <= 6
    assert sample.execute(sql).fetchall() or question.startswith("Which papers do I have more than one note")
