"""`import litindex`: what programs and notebooks may use."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import frontmatter
import pytest

import litindex
from litindex import api
from litindex.cli.options.filters import _OPTIONS
from litindex.errors import IndexFileError, NothingFound, QueryError
from litindex.parser.frontmatter.handler import HANDLER
from litindex.query.lists.listing import KINDS, columns_of
from tests.query.vault import NOTES, write_notes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    vault = tmp_path_factory.mktemp("My vault")
    write_notes(vault)
    index = tmp_path_factory.mktemp("index") / "litindex.db"
    report = litindex.build(vault, str(index))
    assert (report.added, report.unreadable) == (10, [])
    return index


@pytest.fixture
def index(made: Path) -> Iterator[litindex.Index]:
    with litindex.open(made) as opened:
        yield opened


def test_every_public_name_is_there_has_a_docstring_and_is_listed() -> None:
    assert dir(litindex) == sorted(litindex.__all__)
    assert set(api.__all__) | {"__version__"} == set(litindex.__all__)
    for name in api.__all__:
        assert getattr(litindex, name).__doc__, name
    with pytest.raises(AttributeError, match="no attribute 'connect'"):
        _ = litindex.connect


def test_importing_the_package_imports_nothing_of_it_but_its_version() -> None:
    program = "import sys, litindex; print(*sorted(each for each in sys.modules if each.startswith('litindex')))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["litindex", "litindex.version"]


def test_works_are_typed_rows(index: litindex.Index) -> None:
    work = index.works(tag="sea", author=["okafor", "Lindqvist"], year="2020..", has="doi")[0]
    assert (work.citekey, work.year, work.read_status) == ("okafor2021tides", 2021, "unread")
    assert (work.creators, work.tags) == (("Okafor, Ngozi", "Lindqvist, Åsa"), ("sea/tides", "memory"))
    assert (work.highlights, work.path) == (2, "Literature/okafor2021tides.md")
    assert [each.year for each in index.works(sort=["year"], where="item_type = 'book'", limit=2)] == [1999, 2019]
    assert {each.citekey for each in index.works(year=1999)} == {"okafor1999salt"}


def test_notes_and_highlights_are_typed_rows(index: litindex.Index) -> None:
    (sea,) = index.notes(folder="Topics")
    assert (sea.title, sea.open_tasks, sea.citekey, sea.tags) == ("The sea", 2, None, ())
    (claim,) = index.highlights(color="yellow")
    assert claim.text == "Shores are remembered before they are seen."
    assert (claim.comment, claim.page_label, claim.line) == ("compare with foam", "12", 19)


@pytest.mark.parametrize(("row", "kind"), [("WorkRow", "works"), ("NoteRow", "notes"), ("HighlightRow", "highlights")])
def test_the_fields_of_a_row_are_columns_and_hold_what_they_promise(
    index: litindex.Index, row: str, kind: str, made: Path
) -> None:
    made_of = getattr(litindex, row)
    assert set(made_of._fields) <= set(columns_of(index._connection, KINDS[kind]))
    types = get_type_hints(made_of)
    found = getattr(index, kind)()
    assert found
    for each in found:
        for name, value in each._asdict().items():
            promised = types[name]
            assert isinstance(value, tuple if "tuple" in str(promised) else promised), name


def test_the_filters_are_those_of_the_command_line() -> None:
    options = {option.lstrip("-") for make in _OPTIONS for option in _words(make)}
    assert set(get_type_hints(litindex.Filters)) == options


def _words(make: object) -> list[str]:
    def command() -> None: ...

    make(command)  # type: ignore[operator]
    return [command.__click_params__[0].opts[0]]  # type: ignore[attr-defined]


def test_what_is_no_filter_is_an_error(index: litindex.Index) -> None:
    with pytest.raises(TypeError, match="no filter 'colour'"):
        index.works(colour="red")
    with pytest.raises(QueryError, match=r"no tag seas \(did you mean sea or"):
        index.works(tag="seas")


def test_search_gives_hits_without_marks(index: litindex.Index) -> None:
    (hit,) = index.search("waves", mine=True)
    assert (hit.path, hit.line) == ("Literature/lindqvist2019foam.md", None)
    assert hit.excerpt == "Foam is a slow language, I think. Naïve readers hear waves."
    (highlight,) = index.search("forgets", within="highlights")
    assert (highlight.line, highlight.excerpt) == (23, "Every tide forgets.")
    assert index.search("tides", status="read")[0].citekey == "okafor2020tides"


def test_everything_about_one_work_is_found_by_what_it_is_called(index: litindex.Index) -> None:
    assert index.show("@okafor2021tides").highlights[0].page == "12"
    assert index.show("10.1000/tides").title == "Tides of Memory"
    with pytest.raises(NothingFound, match=r"each of these 2.*Literature/okafor2020tides.md"):
        index.show("Tides of Memory")
    with pytest.raises(NothingFound, match=r"perhaps you mean one of: Literature/okafor2021tides\.md"):
        index.show("okafor2021tide")


def test_a_question_is_sql_or_a_name(index: litindex.Index) -> None:
    rows = index.query("SELECT citekey, year FROM works WHERE year < :year", {"year": 2000})
    assert rows == [{"citekey": "okafor1999salt", "year": 1999}]
    assert [each["citekey"] for each in index.query("author", {"author": "Okafor, N."})] == ["okafor1999salt"]
    with pytest.raises(QueryError, match="no query named"):
        index.query("autor")


def test_a_question_that_takes_too_long_is_stopped(made: Path) -> None:
    with litindex.open(made, timeout=0.05) as index, pytest.raises(QueryError, match=r"stopped after 0\.05 s"):
        index.query("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n")


def test_sqlite_utils_reads_and_cannot_write(index: litindex.Index) -> None:
    db = index.db
    assert db is index.db
    assert {"works", "notes", "annotations"} <= set(db.table_names())
    assert next(iter(db.query("SELECT count(*) AS n FROM works")))["n"] == 6
    assert db["works"].count == 6
    assert list(db["works"].rows_where("year = ?", [1999], select="citekey")) == [{"citekey": "okafor1999salt"}]
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        db["works"].insert({"note_id": 99, "title": "Mine"})
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"), db.atomic():
        db.execute("DELETE FROM works")
    assert db["works"].count == 6


def test_an_index_that_was_closed_answers_nothing_and_leaves_no_file_open(made: Path) -> None:
    index = litindex.open(made)
    connection = index.db.conn
    index.close()
    with pytest.raises(sqlite3.ProgrammingError):
        index.works()
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")


def test_it_answers_what_a_build_left_last(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    note = tmp_path / "vault" / "a.md"
    note.write_text("# One\n", encoding="utf-8")
    litindex.build(tmp_path / "vault", tmp_path / "a.db")
    with litindex.open(tmp_path / "a.db") as index:
        assert [each.title for each in index.notes()] == ["One"]
        note.write_text("# Two, and more\n", encoding="utf-8")
        steps: list[tuple[int, int]] = []
        report = litindex.build(tmp_path / "vault", tmp_path / "a.db", progress=lambda *at: steps.append(at))
        assert (report.changed, steps[-1]) == (1, (1, 1))
        assert [each.title for each in index.notes()] == ["Two, and more"]


def test_where_there_is_no_index_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="no index: "):
        litindex.open(tmp_path / "none.db")
    with pytest.raises(litindex.LitindexError, match="no such vault"):
        litindex.build(tmp_path / "none", tmp_path / "new.db")


def test_an_index_has_one_name_for_its_lock(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    litindex.build(tmp_path / "vault", tmp_path / "real.db")
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    assert litindex.build(tmp_path / "vault", tmp_path / "link.db").index == str(tmp_path / "real.db")
    with litindex.open(tmp_path / "link.db") as index:
        assert index.path == tmp_path / "real.db"


def test_a_note_is_parsed_without_an_index() -> None:
    note = litindex.parse(NOTES["Literature/okafor2021tides.md"].encode(), "Literature/okafor2021tides.md")
    assert note.work is not None
    assert (note.work.citekey, note.folder, len(note.annotations)) == ("okafor2021tides", "Literature", 2)
    assert litindex.parse(b"\xff\xfe\x00").name == "Note"


def test_front_matter_is_read_by_the_handler_that_the_parser_uses() -> None:
    assert type(HANDLER) is litindex.ObsidianHandler
    text = "---\ncountry: NO\nnumber: 010\n---\nBody --- here.\n"
    post = frontmatter.loads(text, handler=litindex.ObsidianHandler())
    assert (post["country"], post["number"], post.content) == ("NO", 10, "Body --- here.")
