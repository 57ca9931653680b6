"""`litindex list` as it is typed: what there is, chosen by filters; values that nothing has."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection

import pytest
from click.testing import CliRunner, Result

from litindex.cli import main
from litindex.errors import QueryError
from litindex.query.lists.filters import Filters, condition
from litindex.query.lists.listing import KINDS, Wanted, columns_of, counts, note_ids, rows

Run = Callable[..., Result]


@pytest.fixture
def run(index: Path) -> Run:
    def call(*words: str) -> Result:
        return CliRunner().invoke(main, words, env={"LITINDEX_DB": str(index)})

    return call


def first(result: Result) -> list[str]:
    """The first column of CSV without its header."""
    assert result.exit_code == 0, result.stderr
    return [line.split(",")[0] for line in result.stdout.splitlines()[1:]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], ["wang2022chaoxi", "okafor2021tides", "okafor2020tides", "lindqvist2019grammar", "lindqvist2019foam", "okafor1999salt"]),
        (["works", "--status", "UNREAD"], ["wang2022chaoxi", "okafor2021tides"]),
        (["--status", "unread", "--status", "reading"], ["wang2022chaoxi", "okafor2021tides", "okafor1999salt"]),
        (["--type", "journal article"], ["okafor2021tides"]),
        (["--type", "book", "--has", "own", "--cited"], ["lindqvist2019foam"]),
        (["--author", "lindqvist", "--year", "..2019", "--sort", "year"], ["okafor1999salt", "lindqvist2019grammar", "lindqvist2019foam"]),
        (["--author", "Asa Lindqvist", "--container", "seas"], ["okafor2021tides"]),
        (["--where", "highlights > 1"], ["okafor2021tides"]),
        (["--folder", "Archive"], ["lindqvist2019grammar"]),
        (["--limit", "1", "--sort", "-cited", "--columns", "key,cited by"], ["okafor2021tides"]),
        (["notes", "--tag", "sea"], ["A Grammar of Foam", "Tides of Memory"]),
        (["highlights", "--color", "red"], ["red"]),
        (["highlights", "--author", "okafor"], ["yellow", "red"]),
        (["tasks", "--columns", "text,completed"], ["Read [[lindqvist2019foam]] 📅 2024-05-01", "Swim", "Done"]),
        (["people", "--tag", "memory", "--columns", "given"], ["Åsa", "Ngozi"]),
        (["people", "--year", "1999", "--sort", "given"], ['"Ribeiro', '"Okafor', '"Lindqvist']),
        (["people", "--author", "okafor", "--columns", "given"], ["Ngozi", "N."]),
        (["tags", "--sort", "-notes"], ["sea", "memory", "sea/tides", "海"]),
        (["tags", "--year", "2022"], ["海"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_filters_choose(run: Run, words: list[str], found: list[str]) -> None:
    assert first(run("list", *words, "--csv")) == found


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["list", "--tag", "#mem ory"], "no tag mem ory (did you mean memory?)"),
        (["list", "--tag", "tides/sea"], "no tag tides/sea"),
        (["list", "--author", "okafro"], "no author okafro (did you mean Okafor, N.?)"),
        (["list", "--type", "boook"], "no type boook (did you mean book?)"),
        (["list", "--status", "unred"], "no status unred (did you mean unread or read?)"),
        (["list", "--container", "Journal of Seas"], "no container Journal of Seas (did you mean Journal of Imagined Seas?)"),
        (["list", "--folder", "Litrature"], "no folder Litrature (did you mean Literature?)"),
        (["list", "--color", "yelow"], "no colour yelow (did you mean yellow?)"),
        (["list", "--year", "soon"], "'soon' is no year: write 2020, 2020..2024, 2020.. or ..2024"),
        (["list", "--sort", "yaer"], "works have no column yaer (did you mean year?)"),
        (["list", "--columns", "titel"], "works have no column titel (did you mean title?)"),
        (["list", "--where", "yaer > 3"], "no such column: yaer (did you mean year?)"),
        (["search", "foam", "--tag", "memry"], "no tag memry (did you mean memory?)"),
        (["export", "--tag", "memry"], "no tag memry (did you mean memory?)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_a_value_that_nothing_has_is_wrong_usage_and_says_what_may_be_meant(
    run: Run, words: list[str], message: str
) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: {message}")


def test_an_unknown_list_or_command_says_what_may_be_meant(run: Run) -> None:
    assert "there is no list of 'work' (did you mean works?)" in run("list", "work").stderr
    assert "No such command 'serach' (did you mean search" in run("serach").stderr
    assert run("serach").exit_code == 2


def test_a_list_of_nothing_ends_with_1(run: Run) -> None:
    result = run("list", "--type", "thesis", "--json")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "[]\n", "No works found.\n")


def test_a_search_without_words_is_a_list(run: Run) -> None:
    filters = ["--author", "okafor", "--csv"]
    assert run("search", *filters).stdout == run("list", *filters).stdout
    assert run("search", "--in", "highlights", *filters).stdout == run("list", "highlights", *filters).stdout


def test_a_search_takes_the_columns_and_the_order_of_a_list(run: Run) -> None:
    assert first(run("search", "foam", "--sort", "year", "--columns", "citekey", "--csv")) == [
        "lindqvist2019grammar", "lindqvist2019foam", "okafor2021tides",
    ]  # fmt: skip
    assert run("search", "foam", "--where", "year > 2020", "--limit", "5").stdout.startswith("Tides of Memory\n")


def test_an_export_takes_the_same_filters(run: Run) -> None:
    works = json.loads(run("export", "--status", "read", "--author", "okafor").stdout)
    assert [work["id"] for work in works] == ["okafor2020tides"]


def test_show_answers_with_the_works_of_a_person_or_tag(run: Run) -> None:
    assert "okafor2021tides" in run("show", "Okafor, Ngozi").stdout
    assert run("show", "ngozi", "OKAFOR").stdout == run("show", "Okafor, Ngozi").stdout
    assert "lindqvist2019foam" in run("show", "#sea").stdout
    assert run("show", "okafor, n").stdout == run("show", "Okafor, N.").stdout, "dots do not matter"
    result = run("show", "#see")
    assert (result.exit_code, result.stderr) == (1, "Error: no tag see (did you mean sea?)\n")


def test_every_column_of_every_list_can_be_shown_and_sorted_by(connection: Connection) -> None:
    for kind in KINDS.values():
        for column in columns_of(connection, kind):
            wanted = Wanted(columns=(column,), sort=(f"-{column}",))
            assert list(rows(connection, kind, wanted=wanted).rows) != []


def test_conditions_are_one_expression(connection: Connection) -> None:
    assert note_ids(connection, Filters(), "year = 1999 OR year = 2022") & note_ids(connection, Filters(year="2022"))
    with pytest.raises(QueryError):
        note_ids(connection, Filters(), "1) UNION SELECT 1 --")


def test_what_a_work_cannot_have_is_refused(connection: Connection) -> None:
    with pytest.raises(QueryError, match="cannot have 'wings'"):
        condition(connection, Filters(has=("wings",)))


@pytest.mark.parametrize("sort", [(), ("-cited_by",), ("title", "-own_words")])
@pytest.mark.parametrize("kind", ["works", "notes"])
def test_the_parts_of_a_list_are_the_list(connection: Connection, kind: str, sort: tuple[str, ...]) -> None:
    whole = list(rows(connection, KINDS[kind], wanted=Wanted(sort=sort, columns=("all",))).rows)
    parts = [
        row
        for offset in range(0, len(whole) + 2, 2)
        for row in rows(
            connection, KINDS[kind], wanted=Wanted(sort=sort, columns=("all",), limit=2, offset=offset)
        ).rows
    ]
    assert len(whole) > 2
    assert parts == whole


def test_values_are_counted_as_they_stand_in_the_list(connection: Connection) -> None:
    whole = list(rows(connection, KINDS["works"], wanted=Wanted(columns=("year", "read_status"))).rows)
    counted = counts(connection, KINDS["works"], ("year", "read_status"))
    assert [dict(each) for each in counted.values()] == [Counter(column) for column in zip(*whole, strict=True)]
    assert counts(connection, KINDS["works"], ("year",), where="year > 9000") == {"year": Counter()}
