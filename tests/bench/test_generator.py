"""The generated vault: the same on every machine, and like a real one in what costs time."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from litindex.sync import indexer
from tests.bench.generator import generate, write

NOTES = 300
DIGEST = "b55883775914593c1b1692d9006d0ab83335043e12ecac15cebb10eb6ec138f4"
"""Of a vault of 100 notes. Whoever changes it changes what the numbers in docs/performance.md are about."""


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("bench") / "vault"
    write(place, NOTES)
    return place


@pytest.fixture(scope="module")
def index(vault: Path) -> Iterator[sqlite3.Connection]:
    indexer.sync(vault, vault.with_name("index.db"), jobs=1)
    with closing(sqlite3.connect(vault.with_name("index.db"))) as connection:
        yield connection


def numbers(index: sqlite3.Connection, sql: str) -> list[int]:
    return [row[0] for row in index.execute(sql)]


def test_the_same_seed_gives_the_same_bytes_everywhere() -> None:
    digest = hashlib.sha256()
    for path, content, mtime in generate(100):
        digest.update(f"{path} {mtime} {len(content)} ".encode() + content)
    assert digest.hexdigest() == DIGEST


def test_another_seed_gives_another_vault() -> None:
    first, second = ({file.path: file.content for file in generate(20, seed)} for seed in (1, 2))
    assert first != second


def test_a_vault_on_disk_is_what_was_generated(vault: Path) -> None:
    files = list(generate(NOTES))
    assert {file.path for file in files} == {
        path.relative_to(vault).as_posix() for path in vault.rglob("*") if path.is_file()
    }
    assert all((vault / file.path).read_bytes() == file.content for file in files)
    assert all((vault / file.path).stat().st_mtime == file.mtime for file in files)


def test_six_of_ten_notes_are_about_a_work(index: sqlite3.Connection) -> None:
    assert numbers(index, "SELECT count(*) FROM notes") == [NOTES]
    assert numbers(index, "SELECT count(*) FROM works WHERE citekey IS NOT NULL") == [NOTES * 6 // 10]


def test_few_authors_wrote_much(index: sqlite3.Connection) -> None:
    works = numbers(index, "SELECT count(*) FROM note_authors GROUP BY author_id ORDER BY 1 DESC")
    assert works[0] > 10
    assert works.count(1) > len(works) / 3


def test_notes_hold_from_none_to_sixty_highlights(index: sqlite3.Connection) -> None:
    counts = numbers(
        index, "SELECT (SELECT count(*) FROM annotations WHERE note_id = works.note_id) FROM works ORDER BY 1"
    )
    assert (counts[0], counts[-1]) == (0, 60)
    assert 0.3 < counts.count(0) / len(counts) < 0.5


def test_most_links_are_resolved_and_some_are_not(index: sqlite3.Connection) -> None:
    links = dict(index.execute("SELECT resolution, count(*) FROM links WHERE scheme IS NULL GROUP BY 1").fetchall())
    assert links["note"] > 5 * links["unresolved"] > 0
    assert links["attachment"] > 0


def test_sizes_have_a_long_tail(vault: Path) -> None:
    sizes = sorted(path.stat().st_size for path in vault.rglob("*.md"))
    assert 3000 < sizes[NOTES // 2] < sum(sizes) / NOTES < 8000 < sizes[-1] / 2


def test_everything_in_it_can_be_understood(index: sqlite3.Connection) -> None:
    assert {code for (code,) in index.execute("SELECT code FROM problems")} <= {"link-subpath-missing"}
