"""Formats for programs, tables for people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litindex.cli.terminal.output import Output, unique_names, write_rows
from litindex.cli.terminal.screen import cell_width, escape, short_creators, shorten_path, wrap
from litindex.cli.terminal.tables import fit
from litindex.query.named import Row
from litindex.safe_json import to_json

Written = Callable[[list[str], list[Row], Output], str]


@pytest.fixture
def written(capfd: pytest.CaptureFixture[str]) -> Written:
    def write(columns: list[str], rows: list[Row], output: Output) -> str:
        write_rows(columns, rows, output)
        return capfd.readouterr().out

    return write


ROWS: list[Row] = [(1, "a,b"), (None, 'Ünï "q"'), (2.5, "x\ny")]


@pytest.mark.parametrize(
    ("output", "text"),
    [
        (Output("json"), '[{"n": 1, "t": "a,b"},\n {"n": null, "t": "Ünï \\"q\\""},\n {"n": 2.5, "t": "x\\ny"}]\n'),
        (Output("nl"), '{"n": 1, "t": "a,b"}\n{"n": null, "t": "Ünï \\"q\\""}\n{"n": 2.5, "t": "x\\ny"}\n'),
        (Output("csv"), 'n,t\n1,"a,b"\n,"Ünï ""q"""\n2.5,"x\ny"\n'),
        (Output("tsv", headers=False), '1\ta,b\n\t"Ünï ""q"""\n2.5\t"x\ny"\n'),
        (Output("table"), '  n  t\n---  -------\n  1  a,b\n     Ünï "q"\n2.5  x y\n'),
        (Output("table", headers=False), '  1  a,b\n     Ünï "q"\n2.5  x y\n'),
        (
            Output("fmt", "github"),
            '|   n | t       |\n|-----|---------|\n|   1 | a,b     |\n|     | Ünï "q" |\n| 2.5 | x y     |\n',
        ),
        (Output("raw"), "1"),
    ],
    ids=["json", "nl", "csv", "tsv", "table", "table without header", "fmt", "raw"],
)
def test_a_format(written: Written, output: Output, text: str) -> None:
    assert written(["n", "t"], ROWS, output) == text


@pytest.mark.parametrize("kind", ["json", "nl", "csv", "table", "raw"])
def test_no_rows(written: Written, kind: str) -> None:
    expected = {"json": "[]\n", "nl": "", "csv": "n\n", "table": "n\n-\n", "raw": ""}
    assert written(["n"], [], Output(kind)) == expected[kind]


def test_json_keeps_both_of_two_columns_of_one_name(written: Written) -> None:
    assert json.loads(written(["a", "a", "a_2"], [(1, 2, 3)], Output("json"))) == [{"a": 1, "a_2": 2, "a_2_2": 3}]


def test_bytes_and_infinity_are_valid_json(written: Written) -> None:
    rows: list[Row] = [(b"\xff", float("inf"))]
    assert json.loads(written(["b", "f"], rows, Output("json"))) == [
        {"b": {"$base64": True, "encoded": "/w=="}, "f": None}
    ]


def test_json_columns_are_parsed_when_asked(written: Written) -> None:
    rows: list[Row] = [('["A", "B"]', "[not json", 1)]
    parsed = json.loads(written(["a", "b", "c"], rows, Output("json", json_cols=True)))
    assert parsed == [{"a": ["A", "B"], "b": "[not json", "c": 1}]


def test_a_list_of_names_reads_as_names_in_a_table(written: Written) -> None:
    assert (
        written(["who"], [('["Okafor, N.", "Li"]',), ('["x" "]',)], Output("table", headers=False))
        == 'Okafor, N.; Li\n["x" "]\n'
    )


def test_what_a_terminal_would_obey_reaches_no_table(written: Written) -> None:
    text = written(["\x1b[0m"], [("a\x1b[31mb\u202ec\x9bd\x07",)], Output("table"))
    assert "a\\x1b[31mb\\u202ec\\x9bd\\x07" in text
    assert "\\x1b[0m" in text


@given(st.text())
def test_json_reads_back_as_the_same_text(text: str) -> None:
    assert json.loads(to_json(text)) == text


@given(st.text(st.characters(categories=["Cc", "Cf", "Zl", "Zp", "L"])))
def test_escaped_text_is_one_line_without_controls(text: str) -> None:
    shown = escape(text)
    assert not set(shown) & {chr(code) for code in (*range(32), *range(127, 160), 0x2028, 0x202E, 0x2066)}
    assert len(shown.splitlines()) <= 1


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=2)))
def test_csv_reads_back_as_the_same_cells(rows: list[list[str]]) -> None:
    from litindex.cli.terminal.output import _WRITERS

    text = "".join(_WRITERS["csv"](["a", "b"], [tuple(row) for row in rows], Output("csv")))
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], *rows]


def test_names_of_columns_become_unique() -> None:
    assert unique_names(["a", "b", "a", "a"]) == ["a", "b", "a_2", "a_3"]


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("潮汐", 4), ("é", 1), ("e\u0301", 1), ("한", 2), ("👍", 2), ("", 0)]
)
def test_a_cell_is_as_wide_as_a_terminal_shows_it(text: str, width: int) -> None:
    assert cell_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two", 100, ["one two"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("潮汐与记忆", 4, ["潮汐", "与记", "忆"]),
        ("  ", 5, []),
    ],
)
def test_text_is_broken_at_spaces_or_where_it_must(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_text_of_too_many_lines_ends_in_an_ellipsis() -> None:
    assert wrap("one two three four", 7, 2) == ["one two", "three…"]
    assert wrap("one", 7, 1) == ["one"]


@given(st.text(), st.integers(2, 30), st.integers(1, 5))
def test_no_line_is_wider_than_allowed(text: str, width: int, most: int) -> None:
    assert all(cell_width(line) <= width for line in wrap(text, width, most))


def test_of_a_long_path_the_end_is_kept() -> None:
    assert shorten_path("Literature/okafor2021tides.md", 12) == "…021tides.md"
    assert shorten_path("a.md", 12) == "a.md"


@pytest.mark.parametrize(
    ("names", "short"),
    [([], ""), (["Okafor, N."], "Okafor"), (["A, x", "B"], "A & B"), (["A, x", "B, y", "C"], "A et al.")],
)
def test_creators_as_one_says_them(names: list[str], short: str) -> None:
    assert short_creators(names) == short


def test_a_list_is_a_list_in_json_and_other_text_is_text(written: Written) -> None:
    rows: list[Row] = [('["A, B", "C"]', "[]", "[1]", '{"a": 1}', '["x" ]"]')]
    parsed = json.loads(written(["a", "b", "c", "d", "e"], rows, Output("json")))
    assert parsed == [{"a": ["A, B", "C"], "b": [], "c": "[1]", "d": '{"a": 1}', "e": '["x" ]"]'}]


@pytest.mark.parametrize("screen", [30, 60, 90])
def test_a_table_breaks_no_citekey_and_no_path(screen: int) -> None:
    natural = [25, 70, 20, 4]
    widths = fit(natural, screen, ["citekey", "title", "path", "year"])
    assert widths is None or (widths[0], widths[2], sum(widths) + 6 <= screen) == (25, 20, True)
    assert (widths is None) == (screen < 90)
