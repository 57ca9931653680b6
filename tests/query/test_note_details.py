"""A note is found by whatever it is called, and shown whole."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection

import pytest

from litindex.index import database
from litindex.query.notes.find_note import find, near
from litindex.query.notes.note_details import Identifier, Incoming, Sheet, load, obsidian_uri
from litindex.sync import indexer

TIDES = "Literature/okafor2021tides.md"


def paths(found: list[object]) -> list[str]:
    return [candidate.path for candidate in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "called",
    [
        "okafor2021tides",
        "@Okafor2021Tides",
        TIDES,
        "literature/okafor2021tides",
        "./Literature/okafor2021tides.md",
        "Literature\\okafor2021tides.md",
        "the TIDE paper",
        "10.1000/tides",
        "https://doi.org/10.1000/TIDES",
        "doi:10.1000/tides",
    ],
)
def test_a_work_is_found_by_citekey_path_alias_and_doi(connection: Connection, called: str) -> None:
    assert paths(find(connection, called)) == [TIDES]


@pytest.mark.parametrize(
    ("called", "found"),
    [
        ("Sea", ["Topics/Sea.md"]),
        ("The sea", ["Topics/Sea.md"]),
        ("2024-05-01", ["Daily/2024-05-01.md"]),
        ("arxiv:2001.00001", ["Literature/okafor2020tides.md"]),
        ("潮汐与记忆", ["Literature/wang2022chaoxi.md"]),
        ("Tides of memory", ["Literature/okafor2020tides.md", TIDES]),
        ("10.1000/foam", ["Archive/lindqvist2019foam copy.md", "Literature/lindqvist2019foam.md"]),
        ("Tides", []),
        ("", []),
    ],
)
def test_a_note_is_found_by_name_identifier_and_title(connection: Connection, called: str, found: list[str]) -> None:
    assert paths(find(connection, called)) == found


def test_a_note_is_found_by_its_path_on_the_disk(connection: Connection) -> None:
    (vault,) = connection.execute("SELECT value FROM meta WHERE key = 'vault'").fetchone()
    assert paths(find(connection, f"{vault}/Topics/Sea.md")) == ["Topics/Sea.md"]


@pytest.mark.parametrize(
    ("called", "found"),
    [
        ("okafor2021", [TIDES]),
        ("okafor2021tidse", [TIDES]),
        ("@okafor20", [TIDES, "Literature/okafor2020tides.md"]),
        ("Somewhere/okafor1999sal.md", ["Literature/okafor1999salt.md"]),
        ("slow language", ["Literature/lindqvist2019foam.md"]),
        ("xyzzy", []),
        ("", []),
        ("&", []),
    ],
)
def test_near_misses_begin_alike_or_hold_the_words(connection: Connection, called: str, found: list[str]) -> None:
    assert sorted(paths(near(connection, called))) == sorted(found)


@pytest.fixture
def tides(connection: Connection) -> Sheet:
    return load(connection, find(connection, "okafor2021tides")[0].note_id)


def test_a_sheet_holds_the_bibliography(tides: Sheet) -> None:
    assert tides.work
    assert (tides.work.citekey, tides.work.year, tides.work.container) == (
        "okafor2021tides",
        2021,
        "Journal of Imagined Seas",
    )
    assert tides.work.abstract == "Why remembered shores erode."
    assert [creator.name for creator in tides.creators] == ["Okafor, Ngozi", "Lindqvist, Åsa"]
    assert tides.identifiers == (Identifier("doi", "10.1000/tides"),)
    assert (tides.tags, tides.aliases) == (("sea/tides", "memory"), ("The tide paper",))


def test_a_sheet_holds_highlights_with_colour_page_and_comment(tides: Sheet) -> None:
    first, second = tides.highlights
    assert (first.color_name, first.color, first.page, first.comment) == (
        "yellow",
        "#ffd400",
        "12",
        "compare with foam",
    )
    assert (second.color_name, second.text, second.comment) == ("red", "Every tide forgets.", None)


def test_a_sheet_holds_who_links_and_who_cites(tides: Sheet) -> None:
    assert tides.backlinks == (
        Incoming("Literature/okafor1999salt.md", "Salt", None, 11),
        Incoming("Topics/Sea.md", "The sea", "the tides", 3),
    )
    assert tides.cited_by == (Incoming("Topics/Sea.md", "The sea", "p. 4", 3),)


def test_a_sheet_of_a_note_holds_links_tasks_and_problems(connection: Connection) -> None:
    sea = load(connection, find(connection, "Sea")[0].note_id)
    assert sea.work is None
    assert [(link.target, link.resolution) for link in sea.links] == [
        (TIDES, "note"),
        ("Unwritten note", "unresolved"),
        ("Unwritten Note", "unresolved"),
        ("Literature/lindqvist2019foam.md", "note"),
    ]
    assert [(task.text, task.due) for task in sea.tasks] == [
        ("Read [[lindqvist2019foam]] 📅 2024-05-01", "2024-05-01"),
        ("Swim", None),
    ]
    broken = load(connection, find(connection, "Broken")[0].note_id)
    assert [problem.code for problem in broken.problems] == ["frontmatter-invalid"]


def test_every_value_says_where_it_was_taken_from(tides: Sheet) -> None:
    (doi,) = [each for each in tides.provenance if each.field == "doi"]
    assert (doi.verdict, doi.value, doi.source, doi.line) == ("used", "10.1000/tides", "property", 6)


def test_zotero_keys_and_uris_find_their_work(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    key = "zotero://select/library/items/ABCD1234"
    (vault / "a.md").write_text(f"---\ncitekey: a2020\ntitle: A\nyear: 2020\nzotero: {key}\n---\n", encoding="utf-8")
    indexer.sync(vault, tmp_path / "i.db", jobs=1)
    connection = database.open_readonly(tmp_path / "i.db")
    found = [paths(find(connection, called)) for called in ("ABCD1234", key)]
    sheet = load(connection, 1)
    connection.close()
    assert found == [["a.md"], ["a.md"]]
    assert sheet.work
    assert sheet.work.zotero_uri == key


@pytest.mark.parametrize(
    ("vault", "path", "uri"),
    [
        ("/home/me/My vault/", "A b/c#d.md", "obsidian://open?vault=My%20vault&file=A%20b%2Fc%23d"),
        ("C:\\Users\\me\\Vault", "é.md", "obsidian://open?vault=Vault&file=%C3%A9"),
        (b"/home/\xff", "a.md", None),
        (None, "a.md", None),
    ],
)
def test_the_address_in_obsidian_is_encoded(vault: object, path: str, uri: str | None) -> None:
    assert obsidian_uri(vault, path) == uri
