"""What is asked may be too much, a number too large, a stream closed: one line says so, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest
from click.testing import CliRunner

from litindex.cli import COMMANDS, main
from litindex.errors import QueryError
from litindex.index import database
from litindex.query import completion, named
from litindex.query.words.excerpt import MARKS
from litindex.query.words.search import MOST_WORDS, search
from litindex.sync import indexer

HUGE = str(2**63)


@pytest.mark.parametrize(
    "text",
    ["a " * 1000, "a-" * 1000, "a* " * 100, '"' + "a " * 1000 + '"', "a OR " * 200, "知" * 5000, "(" * 5000 + "a"],
    ids=["words", "hyphens", "beginnings", "phrase", "operators", "unspaced", "brackets"],
)
def test_a_search_of_too_many_words_is_refused_at_once(connection: Connection, text: str) -> None:
    with pytest.raises(QueryError, match="too much to search for"):
        search(connection, text, where="all")


def test_a_search_may_have_as_many_words_as_a_long_title(connection: Connection) -> None:
    search(connection, "foam " * MOST_WORDS, where="all")


def test_a_search_has_a_time_for_all_its_statements(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named, "_STEPS_BETWEEN_LOOKS", 1)
    with pytest.raises(QueryError, match="stopped after 0 s"):
        search(connection, "foam", timeout=0.0)


def test_of_a_note_that_holds_a_word_very_often_the_first_place_is_shown(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "often.md").write_text("x " + "Foam and sea " * 10_000, encoding="utf-8")
    indexer.sync(tmp_path / "vault", tmp_path / "i.db", jobs=1)
    with closing(database.open_readonly(tmp_path / "i.db")) as opened:
        (hit,) = search(opened, "foam sea foam", limit=5).hits
    assert hit.excerpt.startswith(f"x {MARKS[0]}Foam{MARKS[1]} and {MARKS[0]}sea")
    assert hit.excerpt.count(MARKS[0]) == hit.excerpt.count(MARKS[1])


def test_a_shell_that_completes_does_not_wait(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert completion.tags(index, "")
    monkeypatch.setattr(completion, "PATIENCE", 0.0)
    monkeypatch.setattr(named, "_STEPS_BETWEEN_LOOKS", 1)
    assert completion.tags(index, "") == []


def integers_and_seconds() -> list[tuple[str, str]]:
    """(command, option) of every option that takes a number."""
    with main.make_context("litindex", ["--help"], resilient_parsing=True) as context:
        commands = {name: main.get_command(context, name) for name in COMMANDS}
    return [
        (name, parameter.opts[0])
        for name, command in commands.items()
        if command
        for parameter in command.params
        if parameter.type.name.startswith(("integer", "float"))
    ]


@pytest.mark.parametrize("number", [HUGE, "1" * 400, "nan", "1e300", "inf", "-1"])
@pytest.mark.parametrize(("command", "option"), integers_and_seconds())
def test_a_number_beyond_all_use_is_wrong_usage(command: str, option: str, number: str, index: Path) -> None:
    more = ["x"] if command in ("search", "query") else []
    result = CliRunner().invoke(main, [command, *more, option, number, "--db", str(index)], prog_name="litindex")
    assert (result.exit_code, "Invalid value" in result.stderr) == (2, True), result.output


@pytest.mark.parametrize("words", [["works-per-year", "--limit", HUGE], ["author-list", "--limit", "-" + "9" * 30]])
def test_a_parameter_beyond_64_bits_is_wrong_usage(words: Sequence[str], index: Path) -> None:
    result = CliRunner().invoke(main, ["query", *words, "--db", str(index)], prog_name="litindex")
    assert result.exit_code == 2, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.process
@pytest.mark.parametrize("redirection", [">&-", ">/dev/full", ">&- 2>&-", "<&- >&- 2>&-", "| true"])
@pytest.mark.parametrize(
    "words",
    [
        "--help", "status", "status --json", "search foam", "show okafor1999salt", "query --list", "query 'select 1'",
        "query 'select 1' --raw", "query \"select x'00'\" --raw", "query 'select 1' --csv", "completion bash",
        "datasette-config", "query --nonsense", "search",
    ],
)  # fmt: skip
def test_a_stream_that_takes_nothing_is_no_traceback(words: str, redirection: str, index: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    ended = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m litindex {words} {redirection}"],
        env={**os.environ, "LITINDEX_DB": str(index)}, cwd=index.parent, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
    assert ended.returncode in (0, 1, 2, 3)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1", "-cmd|' /C calc'!A0"])
def test_csv_for_spreadsheets_holds_no_formula(text: str, index: Path) -> None:
    sql = ["query", "select :text as x, -1 as n", "-p", "text", text, "--db", str(index)]
    safe = CliRunner().invoke(main, [*sql, "--csv-safe"], prog_name="litindex").stdout
    assert safe.splitlines()[0] == "x,n"
    assert safe.removeprefix("x,n\n").lstrip('"').startswith("'" + text[:1])
    assert safe.rstrip().endswith(",-1")
    plain = CliRunner().invoke(main, [*sql, "--csv"], prog_name="litindex").stdout
    assert not plain.removeprefix("x,n\n").lstrip('"').startswith("'")


def test_a_column_cannot_be_named_by_a_formula(index: Path) -> None:
    sql = ["query", 'select 1 as "=1+1"', "--csv-safe", "--db", str(index)]
    assert CliRunner().invoke(main, sql, prog_name="litindex").stdout == "'=1+1\n1\n"
