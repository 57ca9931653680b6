"""What Datasette is started with, and the commands around it."""

from __future__ import annotations

import asyncio
import html
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import pytest
import yaml
from click.testing import CliRunner

from litindex.cli import main
from litindex.datasette_plugin.tables.columns import FOR_PROGRAMS
from litindex.index import database
from litindex.query import datasette_config, named
from litindex.sync import indexer
from tests.datasette_plugin import vault as vaults
from tests.datasette_plugin.server import ROOT

_Answer = TypeVar("_Answer")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve")
    vaults.write(folder / "vault", vaults.NOTES)
    indexer.sync(folder / "vault", folder / "library.db", jobs=1)
    return folder / "library.db"


def columns(index: Path) -> dict[str, list[str]]:
    with closing(database.open_readonly(index)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*_fts*'"
        ).fetchall()
        return {
            name: [row[1] for row in connection.execute(f"PRAGMA table_xinfo({name})")]
            for (name,) in tables
            if not name.startswith("sqlite_")
        }


def test_every_table_is_either_for_people_or_hidden(index: Path) -> None:
    configured = datasette_config.configuration({"library": {}})["databases"]["library"]["tables"]
    shown = {"citations", "fields", "links"} | {
        name for name, options in configured.items() if not options.get("hidden")
    }
    hidden = {name for name, options in configured.items() if options.get("hidden")}
    assert shown | hidden == columns(index).keys()
    assert not shown & hidden


def test_the_configuration_names_columns_that_exist(index: Path) -> None:
    there = columns(index)
    for name, options in datasette_config.TABLES.items():
        facets = [
            facet if isinstance(facet, str) else next(iter(facet.values())) for facet in options.get("facets", [])
        ]
        named = [options[key] for key in ("label_column", "sort", "sort_desc", "fts_pk") if key in options] + facets
        assert set(named) <= set(there[name]), name


def test_a_table_of_works_leaves_eight_columns_to_read(index: Path) -> None:
    there = columns(index)
    shown = {
        table: [name for name in there[table] if name not in left_out.split()]
        for table, left_out in FOR_PROGRAMS.items()
    }
    assert shown["works"] == ["title", "creators", "year", "item_type", "read_status", "tags", "citekey", "doi"]
    assert shown["notes"] == ["folder", "title", "kind", "modified", "word_count", "own_word_count"]
    for table, left_out in FOR_PROGRAMS.items():
        assert set(left_out.split()) <= set(there[table]), table


def test_the_printed_configuration_is_what_serve_uses(index: Path) -> None:
    printed = CliRunner().invoke(main, ["datasette-config", "--db", str(index)])
    assert printed.exit_code == 0
    assert yaml.safe_load(printed.output) == datasette_config.configuration({"library": named.load()})
    assert printed.output.startswith("# Datasette 1.0:")
    assert "  sql: |" in printed.output


def test_a_users_own_questions_are_there_too(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "mine.sql").write_text(
        "-- My question\n-- What it is about.\n-- :tag (tag): a tag\nSELECT :tag\n"
    )
    printed = CliRunner().invoke(main, ["datasette-config", "--db", str(tmp_path / "library.db")])
    mine = yaml.safe_load(printed.output)["databases"]["library"]["queries"]["mine"]
    assert mine == {
        "title": "My question",
        "sql": "SELECT :tag\n",
        "hide_sql": True,
        "params": ["tag"],
        "description": "What it is about. Fill in tag: a tag.",
    }


@pytest.mark.parametrize("version", ["0.65.5", "1.0a41", "1.2"])
def test_datasette_is_started_on_the_live_file_for_this_machine_only(version: str) -> None:
    given = datasette_config.arguments([Path("a.db")], Path("c.yaml"), 8001, version)
    assert given[:6] == ["serve", "a.db", "--host", "127.0.0.1", "--port", "8001"]
    assert not {"-i", "--immutable", "--cors", "--nolock", "--root", "--memory", "--create"} & set(given)
    assert ("--config" in given) == (version >= "1")
    assert ("--setting" in given) == (version < "1")
    assert "--open" in datasette_config.arguments([Path("a.db")], Path("c.yaml"), 8001, version, open_browser=True)


def test_without_an_index_serve_says_how_to_make_one(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["serve", "--db", str(tmp_path / "none.db")])
    assert (done.exit_code, done.stdout) == (3, "")
    assert "litindex build" in done.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_port_that_is_taken_is_named(index: Path) -> None:
    pytest.importorskip("datasette")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(main, ["serve", "--db", str(index), "--port", str(port)])
    assert done.exit_code == 3
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr


def test_the_plugin_loads_without_what_its_pages_need() -> None:
    pytest.importorskip("datasette")
    code = "import datasette.app, litindex.datasette_plugin, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, text=True)
    loaded = set(done.stdout.split())
    assert {name for name in loaded if name.startswith("litindex.")} == {
        "litindex.datasette_plugin",
        "litindex.datasette_plugin.detect",
        "litindex.version",
    }
    assert not {"markdown_it", "frontmatter"} & loaded


# ---------------------------------------------------------------------- beside databases of others


def ask(question: Awaitable[_Answer]) -> _Answer:
    async def answered() -> _Answer:
        return await question

    return asyncio.run(answered())


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE works (note_id INTEGER PRIMARY KEY, title TEXT, tags TEXT, doi TEXT);"
            "INSERT INTO works VALUES (1, 'T', '[\"a\"]', '10.1000/x');"
        )
    return path


def instance(*files: Path) -> Any:
    pytest.importorskip("datasette")
    from datasette.app import Datasette
    from datasette.plugins import pm

    from litindex import datasette_plugin

    if not pm.is_registered(datasette_plugin):
        pm.register(datasette_plugin, name="litindex")
    return Datasette([str(file) for file in files])


async def _get(datasette: Any, path: str, host: str = "localhost") -> Any:
    await datasette.invoke_startup()
    return await datasette.client.get(path, headers={"host": host})


def test_a_database_of_others_is_left_alone(other: Path) -> None:
    datasette = instance(other)
    page = ask(_get(datasette, "/other/works", "any.example"))
    assert page.status_code == 200
    assert "content-security-policy" not in page.headers
    assert "litindex" not in page.text
    assert "li-nav" not in page.text
    assert ask(_get(datasette, "/other/-/library")).status_code == 404
    assert "10.1000/x</td>" in page.text.replace(" ", "").replace("\n", "")


def test_beside_an_index_a_database_of_others_keeps_its_looks_but_not_every_host(index: Path, other: Path) -> None:
    datasette = instance(index, other)
    page = ask(_get(datasette, "/other/works"))
    assert "content-security-policy" not in page.headers
    assert "li-nav" not in page.text
    assert ask(_get(datasette, "/other/works", "any.example")).status_code == 421
    assert "li-nav" in ask(_get(datasette, "/library/works")).text
    assert "/other" in ask(_get(datasette, "/")).text


def test_an_index_is_shown_without_any_configuration(index: Path) -> None:
    datasette = instance(index)
    assert "Reading queue" in ask(_get(datasette, "/")).text
    for path in ("/library/works", "/library/-/works", "/library/-/question/reading-queue"):
        assert "Tides of Memory" in ask(_get(datasette, path)).text, path


def test_another_host_can_be_allowed(index: Path) -> None:
    datasette = instance(index)
    datasette.plugin_config = lambda name: {"hosts": ["library.example"]}
    assert ask(_get(datasette, "/library/works", "library.example:443")).status_code == 200
    assert ask(_get(datasette, "/library/works", "other.example")).status_code == 421


def test_who_may_not_see_the_notes_sees_no_page_of_ours(index: Path) -> None:
    pytest.importorskip("datasette")
    from datasette.version import __version__

    datasette = instance(index)
    allow: dict[str, Any] = {"databases": {"library": {"allow": {"id": "owner"}}}}
    if __version__.startswith("0."):
        datasette._metadata_local = allow
    else:
        datasette.config = allow
    for path in (
        "/library/-/library",
        "/library/-/search?q=foam",
        "/library/-/note/1",
        "/library/-/people",
        "/library/-/person/Okafor%2C%20Ngozi",
        "/library/-/works",
        "/library/-/tags",
        "/library/-/questions",
        "/library/-/question/reading-queue",
        "/library/-/bibtex/Literature/okafor2021tides.md",
        "/library/works",
    ):
        assert ask(_get(datasette, path)).status_code == 403, path


@pytest.mark.parametrize("name", ["my library", "Büro 2.0", "x'<b>"])
def test_an_index_may_have_any_name(index: Path, tmp_path: Path, name: str) -> None:
    other = tmp_path / f"{name}.db"
    with closing(database.open_readonly(index)) as source, closing(sqlite3.connect(other)) as target:
        source.backup(target)
    datasette = instance(other)
    home = ask(_get(datasette, "/")).text
    works = re.search(r'href="([^"]+/-/works)"', home)
    assert works
    page = ask(_get(datasette, html.unescape(works[1])))
    assert (page.status_code, "li-nav" in page.text, "Tides of Memory" in page.text) == (200, True, True)
    note = re.search(r'href="([^"]+/-/work/[^"]+)"', page.text)
    assert note
    assert ask(_get(datasette, html.unescape(note[1]))).status_code == 200
    table = ask(_get(datasette, html.unescape(works[1]).replace("/-/works", "/works")))
    assert (table.status_code, "li-nav" in table.text) == (200, True)
