"""What agents are answered: each place can be found again in the vault."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from click import Context
from click.testing import CliRunner

from litindex.cli import main
from litindex.errors import IndexFileError
from litindex.sync import indexer
from tests.index.test_database import REFUSED

mcp = pytest.importorskip("mcp")

from litindex.mcp import limits  # noqa: E402
from litindex.mcp.answers import NOTICE  # noqa: E402
from litindex.mcp.server import make  # noqa: E402
from tests.mcp.conftest import SAMPLE, Answer, Call, answering, calling  # noqa: E402

TOOLS = {"search", "list_works", "get_work", "get_note", "cites", "query_sql", "vault_schema"}


def lines_of(path: str) -> list[str]:
    return (SAMPLE / path).read_text("utf-8-sig").splitlines()


def said(result: Any) -> str:
    return str(result.content[0].text)


def pages(answer: Answer, tool: str, items: str, **arguments: Any) -> list[Any]:
    """All items, as one who goes on until there is no cursor gets them."""
    found: list[Any] = []
    cursor = ""
    while True:
        page = answer(tool, cursor=cursor, **arguments)
        found += page[items]
        cursor = page.get("next_cursor")
        if not cursor:
            return found


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_every_tool_only_reads_and_says_what_it_takes_and_gives(index: Path, mode: str) -> None:
    async def ask() -> tuple[Any, Any]:
        async with mcp.Client(make(index), mode=mode) as client:
            return client.instructions, (await client.list_tools()).tools

    instructions, tools = anyio.run(ask)
    assert NOTICE in instructions
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        assert "notice" in tool.output_schema["properties"]
        assert re.fullmatch(r"[^\n]{40,}\.", tool.description)


def test_what_is_found_stands_in_the_line_that_is_named(answer: Answer) -> None:
    found = answer("search", words="resonators", where="all", limit=50)["found"]
    assert {each["kind"] for each in found} == {"note"}
    for each in found:
        if each.get("line"):
            assert "reson" in lines_of(each["path"])[each["line"] - 1].lower()
    assert sum("line" in each for each in found) > len(found) / 2
    (highlight,) = answer("search", words="chorus", where="highlights")["found"]
    first = highlight["line"] - 1
    assert "The chorus follows the tide" in " ".join(lines_of(highlight["path"])[first : first + 3])


def test_a_search_takes_filters_and_says_what_may_be_meant(answer: Answer) -> None:
    assert answer("search", words="resonnator")["did_you_mean"] == "resonators"
    mine = answer("search", words="tide", mine=True, filters={"tag": "birds", "year": "2021"})["found"]
    assert [each["citekey"] for each in mine] == ["Okafor21nightChorus"]
    assert answer("search", words='tide AND "')["words_only"]


def test_works_come_page_by_page_each_once(answer: Answer, index: Path) -> None:
    paths = [each["path"] for each in pages(answer, "list_works", "works", limit=7)]
    assert len(paths) == len(set(paths)) == 20
    chosen = answer("list_works", filters={"author": ["okafor"], "has": "highlights"}, sort="year")["works"]
    assert [each["citekey"] for each in chosen] == ["Okafor21nightChorus"]
    assert chosen[0]["lines"] == len(lines_of(chosen[0]["path"]))
    assert chosen[0]["tags"] == ["acoustics/bioacoustics", "birds"]


def test_a_work_comes_with_highlights_own_words_and_provenance_by_line(answer: Answer) -> None:
    work = answer("get_work", work="@Okafor21nightChorus")
    assert (work["reference"]["year"], work["creators"][0]["name"]) == (2021, "Okafor, Ngozi")
    assert work["own"]
    text = lines_of(work["path"])
    for each in work["highlights"]:
        if each["text"]:
            assert each["text"].split()[0] in " ".join(text[each["line"] - 1 : each["line"] + 3])
    (title,) = [each for each in work["provenance"] if each["field"] == "title" and each["verdict"] == "used"]
    assert title["value"] in text[title["line"] - 1]


def test_a_long_work_comes_in_parts(answer: Answer) -> None:
    whole = answer("get_work", work="Okafor21nightChorus")
    assert pages(answer, "get_work", "highlights", work="Okafor21nightChorus", limit=3) == whole["highlights"]
    first = answer("get_work", work="Okafor21nightChorus", limit=3)
    assert first["more"]["provenance"] == len(whole["provenance"]) - 3


def test_the_text_of_every_note_is_that_of_its_file_line_by_line(answer: Answer, index: Path) -> None:
    rows = answer("query_sql", sql="SELECT path FROM notes WHERE excluded = 0", limit=100)["rows"]
    assert len(rows) > 40
    for (path,) in rows:
        note = answer("get_note", note=path)
        written = lines_of(path)
        assert (note["file"], note["line_count"]) == ("as indexed", len(written))
        shown = note["lines"]
        assert "".join(written[note["first_text_line"] - 1 :]).startswith("".join(each["text"] for each in shown))
        assert all(each["text"] == written[each["line"] - 1] for each in shown)
        assert "next_cursor" in note or not written or shown[-1]["line"] == len(written)


def test_the_lines_that_are_wanted_come_and_no_others(answer: Answer) -> None:
    note = answer("get_note", note="Home.md", from_line=7, to_line=9)
    assert [each["line"] for each in note["lines"]] == [7, 8, 9]
    assert note["properties"] == {"aliases": ["Start here"], "tags": ["moc"]}
    assert answer("get_note", note="Home.md", from_line=1000)["lines"] == []


def test_who_cites_a_note_and_what_it_cites(answer: Answer) -> None:
    cited = answer("cites", note="Okafor21nightChorus")["citations"]
    assert {"Home.md", "Daily/2024-02-19.md"} <= {each["path"] for each in cited}
    assert all("Okafor21nightChorus" in lines_of(each["path"])[each["line"] - 1] for each in cited if each.get("line"))
    cites = answer("cites", note="The drowned bell", direction="cites", limit=100)["citations"]
    assert "Haas11moorArchiv" in {each["citekey"] for each in cites}
    assert {each["path"] for each in cites} == {"Topics/The drowned bell.md"}


def test_sql_reads_by_parameters_or_by_the_name_of_a_question(answer: Answer) -> None:
    rows = answer(
        "query_sql", sql="SELECT title, x'00ff' AS b, 9e999 AS inf FROM works WHERE year = :y", parameters={"y": 2021}
    )
    assert rows["columns"] == ["title", "b", "inf"]
    assert rows["rows"] == [["The night chorus of a tidal marsh", "AP8=", None]]
    named = answer("query_sql", sql="coauthors-of", parameters={"author": "Okafor, Ngozi"}, limit=1)
    assert (named["rows"][0][1], named["next_cursor"]) == ("Ito, Kenji", "1")


@pytest.mark.parametrize("sql", REFUSED)
def test_sql_that_does_more_than_read_is_refused(call: Call, sql: str, index: Path) -> None:
    before = index.read_bytes()
    assert call("query_sql", sql=sql).is_error
    assert index.read_bytes() == before


def test_sql_that_takes_too_long_is_stopped(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litindex.query.named.TIMEOUT", 0.05)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    assert "stopped after 0.05 s" in said(call("query_sql", sql=endless))


def test_the_schema_is_told_table_by_table(answer: Answer, call: Call) -> None:
    whole = answer("vault_schema")
    assert {"works", "annotations", "citations"} <= {each["name"] for each in whole["tables"]}
    assert whole["counts"]["works"] == 20
    assert "reading-queue" in {each["name"] for each in whole["questions"]}
    (table,) = answer("vault_schema", table="works")["tables"]
    assert {"citekey", "doi"} <= {each["name"] for each in table["columns"]}
    assert "did you mean works?" in said(call("vault_schema", table="wroks"))


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("get_work", {"work": "nobody99"}, "nothing is called 'nobody99'"),
        ("get_note", {"note": "../../etc/passwd"}, "nothing is called"),
        ("get_note", {"note": "/etc/passwd"}, "nothing is called"),
        ("list_works", {"filters": {"tag": "brids"}}, "did you mean birds?"),
        ("list_works", {"cursor": "-3"}, "give the next_cursor"),
        ("list_works", {"limit": 10_000}, "less than or equal to 100"),
        ("query_sql", {"sql": "SELECT yaer FROM works"}, "did you mean year?"),
    ],
)
def test_what_is_asked_wrongly_is_told(call: Call, tool: str, arguments: dict[str, Any], told: str) -> None:
    result = call(tool, **arguments)
    assert result.is_error
    assert told in said(result)


def test_works_and_notes_are_resources(index: Path, answer: Answer) -> None:
    async def ask() -> tuple[Any, ...]:
        async with mcp.Client(make(index)) as client:
            templates = (await client.list_resource_templates()).resource_templates
            texts = [
                (await client.read_resource(uri)).contents[0].text
                for uri in ("litindex://works/Okafor21nightChorus", "litindex://notes/Topics/The%20drowned%20bell.md")
            ]
            for uri in ("litindex://works/nobody99", "litindex://notes/../secret", "litindex://notes/%2Fetc%2Fpasswd"):
                with pytest.raises(mcp.MCPError):
                    await client.read_resource(uri)
            reference = {"type": "ref/resource", "uri": templates[0].uri_template}
            known = await client.complete(reference, {"name": "citekey", "value": "oka"})
            return [each.uri_template for each in templates], texts, known.completion.values

    uris, texts, known = anyio.run(ask)
    assert uris == ["litindex://works/{citekey}", "litindex://notes/{+path}"]
    assert '"path": "Literature/Okafor21nightChorus.md"' in texts[0]
    assert texts[1].startswith('{"notice": ')
    assert known == ["Okafor21nightChorus"]


def test_a_note_that_changed_or_went_is_told_and_the_index_is_followed(tmp_path: Path) -> None:
    vault, index = tmp_path / "vault", tmp_path / "litindex.db"
    vault.mkdir()
    note = vault / "a.md"
    note.write_text("# One\n", "utf-8")
    indexer.sync(vault, index)
    answer = answering(index)
    note.write_text("# One, changed\n", "utf-8")
    assert answer("get_note", note="a")["file"] == "changed since it was indexed"
    assert answer("get_note", note="a")["lines"] == [{"line": 1, "text": "# One"}]
    note.unlink()
    assert answer("get_note", note="a")["file"] == "not found"
    note.write_text("# Two\n", "utf-8")
    indexer.sync(vault, index)
    assert answer("get_note", note="a")["lines"] == [{"line": 1, "text": "# Two"}]


def test_no_file_outside_the_index_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note whose file was replaced by a link to a secret is answered as it was."""
    vault, index, secret = tmp_path / "vault", tmp_path / "litindex.db", tmp_path / "secret.md"
    vault.mkdir()
    (vault / "a.md").write_text("# One\n", "utf-8")
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian" / "app.json").write_text('{"userIgnoreFilters": ["Private/"]}', "utf-8")
    (vault / "Private").mkdir()
    (vault / "Private" / "b.md").write_text("diary\n", "utf-8")
    secret.write_text("secret\n", "utf-8")
    indexer.sync(vault, index)
    (vault / "a.md").unlink()
    (vault / "a.md").symlink_to(secret)
    answer = answering(index)("get_note", note="a")
    assert ([each["text"] for each in answer["lines"]], answer["file"]) == (["# One"], "changed since it was indexed")
    assert "excluded by the settings of Obsidian" in said(calling(index)("get_note", note="Private/b.md"))


@pytest.mark.process
def test_the_real_program_answers_over_stdio(index: Path) -> None:
    async def ask() -> Any:
        environment = {"PATH": os.environ["PATH"], "LITINDEX_DATA": str(index.parent)}
        program = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "litindex", "mcp", "--db", str(index)], env=environment
        )
        async with mcp.Client(program) as client:
            return client.server_info, await client.call_tool("get_note", {"note": "Home.md", "to_line": 5})

    about, result = anyio.run(ask)
    assert about.name == "litindex"
    assert result.structured_content["lines"] == [{"line": 5, "text": "# The bell in the marsh"}]


def test_without_the_sdk_the_command_says_what_to_install(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litindex.cli.commands.serve.mcp.find_spec", lambda name: None)
    result = CliRunner().invoke(main, ["mcp", "--db", str(index)])
    assert (result.exit_code, result.stdout) == (3, "")
    assert "pip install 'obsidian-litindex[mcp]'" in result.stderr


def test_a_server_is_made_of_an_index_only(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError):
        make(tmp_path / "none.db")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)").connection.close()
    with pytest.raises(IndexFileError):
        make(tmp_path / "other.db")


def test_a_page_holds_so_many_rows_and_characters() -> None:
    rows = ["x" * 3_000] * 100
    first = limits.page(rows, "", 50)
    assert (len(first.items), first.next_cursor) == (13, "13")
    assert limits.page(rows, "99", 50) == limits.Page(("x" * 3_000,), None)
    assert limits.page(["y" * 10**7], "", 1) == limits.Page(("y" * 10**7,), None)


def test_the_configurations_of_the_page_start_our_command() -> None:
    page = (SAMPLE.parent / "docs" / "agents.md").read_text("utf-8")
    found = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.S)]
    assert [list(each) for each in found] == [["mcpServers"], ["servers"]]
    for each in found:
        (server,) = next(iter(each.values())).values()
        command = main.get_command(None, server["args"][0])  # type: ignore[arg-type]
        assert (server["command"], command.name) == ("litindex", "mcp")
        assert command.make_parser(Context(command)).parse_args(server["args"][1:])
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.M)) == TOOLS
