"""`query`, `search`, `show` and `completion` as they are typed: stdout, stderr, exit status."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litindex.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(index: Path) -> Run:
    def call(*words: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(main, words, input=stdin, env={"LITINDEX_DB": str(index)})

    return call


# -------------------------------------------------------------------- query


def test_sql_gives_json_where_that_is_asked_for(run: Run) -> None:
    result = run("query", "select citekey, year from works order by citekey limit 1", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == [{"citekey": "lindqvist2019foam", "year": 2019}]


def test_sql_takes_parameters_and_formats(run: Run) -> None:
    sql = "select citekey from works where year = :y"
    assert run("query", sql, "-p", "y", "2021", "--csv").stdout == "citekey\nokafor2021tides\n"
    assert run("query", sql, "--param", "y", "2021", "-r").stdout == "okafor2021tides"
    assert run("query", "--tsv", "--no-headers", sql, "-p", "y", "2021").stdout == "okafor2021tides\n"


def test_sql_comes_from_stdin(run: Run) -> None:
    assert run("query", "-", "--nl", stdin="select 1 as one").stdout == '{"one": 1}\n'


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["select nonsense"], "Error: no such column: nonsense"),
        (["select titel from works"], "Error: no such column: titel (did you mean title?)"),
        (["select w.yaer from works w"], "Error: no such column: w.yaer (did you mean year?)"),
        (["select 1 from wroks"], "Error: no such table: wroks (did you mean works?)"),
        (["delete from notes"], "Error: not authorized: an index can only be read here"),
        (["open-task"], "Error: no query named 'open-task' (did you mean open-tasks?); see litindex query --list"),
        (["cited-by"], "Error: query 'cited-by' needs --citekey VALUE (the work's citekey, with or without @)"),
        (["open-tasks", "--limit", "many"], "Error: limit must be integer, not 'many'"),
        (
            ["open-tasks", "--colour", "red"],
            "Error: query 'open-tasks' has no parameter 'colour' (it has: kind, limit)",
        ),
        (
            ["open-tasks", "--limt", "3"],
            "Error: query 'open-tasks' has no parameter 'limt' (did you mean limit?) (it has: kind, limit)",
        ),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_exit_2(run: Run, words: list[str], message: str) -> None:
    result = run("query", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{message}\n")


@pytest.mark.parametrize(
    "words",
    [
        ["select 1", "--jsno"],
        ["select", "1", "+", "1;"],
        ["works-per-year", "2020"],
        ["cited-by", "--citekey"],
        ["select 1", "--fmt", "x"],
    ],
)
def test_wrong_usage_is_exit_2(run: Run, words: list[str]) -> None:
    result = run("query", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_a_missing_index_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    absent = tmp_path / "absent.db"
    for words in (["query", "select 1"], ["search", "x"], ["show", "x"]):
        result = CliRunner().invoke(main, [*words, "--db", str(absent)])
        assert (result.exit_code, result.stdout) == (3, "")
        assert "no index" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_named_query_takes_options_pairs_and_values_in_their_order(run: Run) -> None:
    ways = [
        ["--tag", "sea", "--status", "read"],
        ["--tag=sea", "--status=read"],
        ["-p", "tag", "sea", "-p", "status", "read"],
        ["sea", "read"],
        ["#Sea", "--status", "READ"],
    ]
    for way in ways:
        rows = json.loads(run("query", "tagged", *way, "--json").stdout)
        assert [row["citekey"] for row in rows] == ["lindqvist2019foam"]


def test_the_name_of_a_query_may_be_written_with_underscores(run: Run) -> None:
    assert run("query", "Open_Tasks").stdout == run("query", "open-tasks").stdout != "[]\n"


def test_the_list_names_every_query_with_its_parameters(run: Run) -> None:
    rows = {row["name"]: row for row in json.loads(run("query", "--list", "--json").stdout)}
    assert rows["tagged"]["title"] == "Works by tag"
    assert rows["tagged"]["parameters"] == "--tag TAG [--status TEXT]"
    assert len(rows) >= 22
    assert run("query").stdout == run("query", "--list").stdout


def test_the_list_as_text_explains_each(run: Run) -> None:
    text = run("query", "--list", "--table").stdout
    assert "reading-queue [--tag TAG] [--limit 100]\n    Works you have not read yet" in text


def test_the_list_with_a_name_shows_its_sql(run: Run) -> None:
    assert run("query", "--list", "works-per-year").stdout.startswith("-- Works per year\n")


def test_own_queries_come_from_a_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.sql").write_text(
        "-- Mine\n-- :x (integer, default 7): a number\nselect :x as x", encoding="utf-8"
    )
    assert run("query", "mine", "--queries", str(tmp_path), "--nl").stdout == '{"x": 7}\n'
    assert run("query", "mine", "8", "--queries", str(tmp_path), "--nl").stdout == '{"x": 8}\n'


def test_own_queries_lie_beside_the_index(index: Path, run: Run) -> None:
    folder = index.with_name("queries")
    folder.mkdir()
    try:
        (folder / "beside.sql").write_text("select 1 as one", encoding="utf-8")
        assert run("query", "beside", "--nl").stdout == '{"one": 1}\n'
    finally:
        (folder / "beside.sql").unlink()
        folder.rmdir()


def test_a_broken_query_file_is_named_and_stops_no_sql(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.sql").write_bytes(b"\xff")
    result = run("query", "open-tasks", "--queries", str(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "broken.sql" in result.stderr
    assert run("query", "select 1 as one", "--nl", "--queries", str(tmp_path)).stdout == '{"one": 1}\n'


def test_too_long_a_query_is_stopped(run: Run) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    result = run("query", endless, "--timeout", "0.01")
    assert result.exit_code == 2
    assert result.stderr == "Error: stopped after 0.01 s (--timeout SECONDS allows more)\n"


# ------------------------------------------------------------------- search


def test_search_says_what_was_found_where(run: Run) -> None:
    result = run("search", "slow", "language")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "A Grammar of Foam\n"
        "Lindqvist 2019 · read · @lindqvist2019foam · Literature/lindqvist2019foam.md\n"
        "    Foam is a slow language, I think. Naïve readers hear waves.\n"
    )


def test_search_shows_highlights_with_colour_page_and_comment(run: Run) -> None:
    assert run("search", "--in", "highlights", "shores").stdout == (
        "Tides of Memory\n"
        "Okafor & Lindqvist 2021 · unread · p. 12 · @okafor2021tides · Literature/okafor2021tides.md:19\n"
        "    [yellow] Shores are remembered before they are seen.\n"
        "    → compare with foam\n"
    )


def test_search_gives_json(run: Run) -> None:
    note, highlight = json.loads(run("search", "every", "tide*", "--in", "all", "--json").stdout)
    assert (note["kind"], note["citekey"], note["creators"]) == (
        "note",
        "okafor2021tides",
        ["Okafor, Ngozi", "Lindqvist, Åsa"],
    )
    assert (highlight["kind"], highlight["excerpt"], highlight["line"]) == ("highlight", "Every tide forgets.", 23)


def test_search_filters(run: Run) -> None:
    filters = [
        "--tag",
        "sea",
        "--author",
        "åsa",
        "--year",
        "2020..2024",
        "--type",
        "journalArticle",
        "--status",
        "unread",
    ]
    assert run("search", "foam", *filters).stdout.startswith("Tides of Memory\n")
    assert run("search", "foam", *filters, "--tag", "memory").exit_code == 0


def test_nothing_found_is_said_on_stderr(run: Run) -> None:
    result = run("search", "xyzzy")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "Nothing found for: xyzzy\n")
    assert run("search", "xyzzy", "--json").stdout == "[]\n"


def test_a_query_that_makes_no_sense_is_searched_for_its_words(run: Run) -> None:
    result = run("search", 'foam"slow AND (')
    assert result.stderr == "This is no search expression: searched for its words.\n"
    assert "lindqvist2019foam" in result.stdout


@pytest.mark.parametrize("words", [["&"], ["foam", "--year", "soon"]])
def test_a_search_that_cannot_be_is_exit_2(run: Run, words: list[str]) -> None:
    result = run("search", *words)
    assert (result.exit_code, result.stdout) == (2, "")


# --------------------------------------------------------------------- show


def test_show_puts_a_work_on_a_screen(run: Run) -> None:
    result = run("show", "@okafor2021tides")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        """Tides of Memory
Okafor, Ngozi; Lindqvist, Åsa (2021). Journal of Imagined Seas
journalArticle · unread · @okafor2021tides · DOI 10.1000/tides
tags         #sea/tides  #memory
also         The tide paper
note         Literature/okafor2021tides.md

Abstract
  Why remembered shores erode.

Highlights
  [yellow] Shores are remembered before they are seen. (p. 12)
      → compare with foam
  [red] Every tide forgets. (p. 13)

My words (3)
  compare with foam

Linked from
  Literature/okafor1999salt.md:11
  Topics/Sea.md:3  the tides

Cited in
  Topics/Sea.md:3  p. 4

Open with
  obsidian://open?vault=My%20vault0&file=Literature%2Fokafor2021tides
  https://doi.org/10.1000/tides
"""
    )


def test_show_puts_a_note_on_a_screen(run: Run) -> None:
    text = run("show", "Topics/Sea.md").stdout
    assert "Open tasks\n  Read [[lindqvist2019foam]] 📅 2024-05-01  2024-05-01  line 6\n  Swim  line 7\n" in text
    assert (
        "Links to\n  Literature/okafor2021tides.md  the tides  line 3\n  Unwritten note (not found)  line 4\n" in text
    )
    assert "Problems\n  error: " in run("show", "Broken").stdout


def test_show_says_why(run: Run) -> None:
    text = run("show", "okafor2021tides", "--why").stdout
    assert re.search(r"^citekey +okafor2021tides +front matter line 2; same: .*$", text, re.MULTILINE)
    assert re.search(r"^DOI +10\.1000/tides +front matter line 6$", text, re.MULTILINE)
    assert run("show", "Lonely", "--why").stdout.endswith("this note describes no work.\n")


def test_show_gives_json(run: Run) -> None:
    sheet = json.loads(run("show", "okafor2021tides", "--json").stdout)
    assert sheet["work"]["citekey"] == "okafor2021tides"
    assert sheet["creators"][0] == {"role": "author", "name": "Okafor, Ngozi"}
    assert sheet["tags"] == ["sea/tides", "memory"]
    assert sheet["highlights"][0]["color_name"] == "yellow"


def test_an_ambiguous_name_lists_the_candidates(run: Run) -> None:
    result = run("show", "Tides", "of", "Memory")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "Literature/okafor2020tides.md\n    Tides of Memory\n"
        "Literature/okafor2021tides.md\n    Tides of Memory\n"
        "Error: 'Tides of Memory' may be each of these 2: name one by its path\n"
    )


def test_a_name_that_nothing_bears_lists_near_misses(run: Run) -> None:
    result = run("show", "okafor2021tidse")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "Literature/okafor2021tides.md\n    Tides of Memory\n"
        "Error: nothing is called 'okafor2021tidse', perhaps you mean one of these\n"
    )
    assert run("show", "xyzzy").stderr == "Error: nothing is called 'xyzzy'\n"


# --------------------------------------------------------------- completion


def offered(line: str, index: Path | str) -> list[str]:
    """What bash would be offered for the last word of this line."""
    env = {"_LITINDEX_COMPLETE": "bash", "LITINDEX_DB": str(index)}
    result = CliRunner().invoke(main, [line, re.split("[ =@]", line)[-1]], prog_name="litindex", env=env)
    return [line.split("\t")[1] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("litindex sea", ["search"]),
        ("litindex show okafor2", ["okafor2020tides", "okafor2021tides"]),
        ("litindex show @OKAFOR1", ["okafor1999salt"]),
        ("litindex show lon", ["Lonely"]),
        ("litindex search x --tag sea", ["sea", "sea/tides"]),
        ("litindex search x --tag 海", ["海"]),
        ("litindex search x --author okafor", ["Okafor,\\ N.", "Okafor,\\ Ngozi"]),
        ("litindex query ci", ["cited-by", "cited-missing", "cites"]),
        ("litindex query tagged --ta", ["--tag", "--table"]),
        ("litindex query tagged --tag me", ["memory"]),
        ("litindex query cited-by lin", ["lindqvist2019foam", "lindqvist2019grammar"]),
        ("litindex query works-per-year ", []),
        ("litindex query nonsense x", []),
    ],
)
def test_a_shell_completes(index: Path, words: str, found: list[str]) -> None:
    assert offered(words, index) == found


@pytest.mark.parametrize("words", ["litindex show x", "litindex search x --tag s", "litindex query author x"])
def test_without_an_index_nothing_is_offered(tmp_path: Path, words: str) -> None:
    assert offered(words, tmp_path / "absent.db") == []
    (tmp_path / "other.db").write_bytes(b"not ours")
    assert offered(words, tmp_path / "other.db") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_a_shell_is_printed(run: Run, shell: str) -> None:
    result = run("completion", shell)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "_LITINDEX_COMPLETE" in result.stdout


def test_without_a_shell_completion_says_how_to_install_it(run: Run) -> None:
    assert run("completion").stdout.count("litindex completion ") == 4
