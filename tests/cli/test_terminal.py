"""The real program on a real terminal, and how little it imports."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from litindex.cli.terminal.screen import cell_width

pytestmark = pytest.mark.process
Screen = Callable[..., str]


@pytest.fixture
def screen(index: Path) -> Screen:
    """What `litindex ...` writes to a terminal of that many columns."""
    pty = pytest.importorskip("pty")

    def show(*words: str, columns: int = 80, env: Mapping[str, str] | None = None) -> str:
        ours, theirs = pty.openpty()
        settings = {"LITINDEX_DB": str(index), "COLUMNS": str(columns), "TERM": "xterm-256color", "PAGER": "cat"}
        process = subprocess.Popen(
            [sys.executable, "-m", "litindex", *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, **settings, **(env or {})},
        )
        os.close(theirs)
        text = read_all(ours)
        process.wait(timeout=20)
        return text.replace("\r\n", "\n")

    return show


def read_all(terminal: int) -> str:
    deadline, pieces = time.monotonic() + 20, []
    while time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                pieces.append(os.read(terminal, 65536))
            except OSError:
                break
            if not pieces[-1]:
                break
    os.close(terminal)
    return b"".join(pieces).decode()


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


@pytest.mark.parametrize("columns", [60, 80, 100, 200])
@pytest.mark.parametrize(
    "words",
    [("query", "reading-queue"), ("query", "highlights"), ("query", "works-per-year"), ("show", "okafor2021tides")],
)
def test_what_is_shown_fits_the_screen(screen: Screen, words: tuple[str, ...], columns: int) -> None:
    text = plain(screen(*words, columns=columns))
    addresses = ("obsidian://", "zotero://")
    lines = [line for line in text.splitlines() if not line.strip().startswith(addresses)]
    assert len(lines) > 3
    assert max(map(cell_width, lines)) <= columns


def test_a_pipe_gets_the_table_that_a_terminal_gets(screen: Screen, index: Path) -> None:
    sql = "select citekey, year from works where citekey like 'okafor%' order by 1"
    assert plain(screen("query", sql)).splitlines() == [
        "citekey          year",
        "---------------  ----",
        "okafor1999salt   1999",
        "okafor2020tides  2020",
        "okafor2021tides  2021",
    ]
    piped = subprocess.run(
        [sys.executable, "-m", "litindex", "query", sql, "--db", str(index)],
        capture_output=True,
        check=True,
        timeout=20,
    )
    assert piped.stdout.decode().splitlines() == plain(screen("query", sql)).splitlines()


PAGED = {"LITINDEX_PAGER": "echo LESS=$LESS; sed 's/^/| /'", "LINES": "5"}


def test_what_the_screen_cannot_hold_goes_to_the_pager(screen: Screen) -> None:
    first, *lines = screen("query", "--list", env=PAGED).splitlines()
    assert first == "LESS=FRX"
    assert len(lines) > 20
    assert all(line.startswith("| ") for line in lines)


@pytest.mark.parametrize(
    ("words", "env"),
    [
        (["query", "select 1"], PAGED),
        (["--no-pager", "query", "--list"], PAGED),
        (["query", "--list"], PAGED | {"LITINDEX_PAGER": "", "PAGER": "nl"}),
        (["query", "--list"], PAGED | {"TERM": "dumb"}),
    ],
    ids=["short", "--no-pager", "none is named", "dumb"],
)
def test_no_pager_where_none_is_needed_or_wanted(screen: Screen, words: list[str], env: Mapping[str, str]) -> None:
    assert "| " not in screen(*words, env=env)


def test_a_reader_who_has_seen_enough_is_no_trouble(screen: Screen) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
    assert screen("query", endless, "--nl", env=PAGED | {"LITINDEX_PAGER": "head -n 1"}) == '{"i": 1}\n'


def test_columns_give_way_to_a_path_and_wide_shows_them(screen: Screen) -> None:
    narrow = plain(screen("list", "notes", columns=75))
    assert narrow.splitlines()[-1] == "Not shown for want of room: own_words, modified_on (--wide)"
    assert "Archive/lindqvist2019foam copy.md" in narrow
    wide = plain(screen("list", "notes", "--wide", columns=75, env=PAGED | {"LITINDEX_PAGER": "echo $LESS; cat"}))
    assert wide.startswith("RSX\ntitle")
    assert "modified_on" in wide


def test_colours_are_for_terminals_and_not_with_no_color(screen: Screen) -> None:
    assert "\x1b[1;31mslow\x1b[0m" in screen("search", "slow")
    assert "\x1b[48;5;220m  \x1b[0m Shores" in screen("show", "okafor2021tides")
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in screen("search", "slow", env=env)
        assert "[yellow] Shores" in screen("show", "okafor2021tides", env=env)
    assert "\x1b" in screen("search", "slow", env={"NO_COLOR": ""})


@pytest.mark.parametrize("kind", ["--table", "--csv", "--tsv", "--json", "--nl", "--fmt=github"])
def test_no_format_lets_a_note_command_the_terminal(screen: Screen, kind: str) -> None:
    sql = "select 'a' || char(27) || '[2J' || char(155) || '31m' || char(8238) || 'b' as x"
    text = plain(screen("query", sql, kind))
    assert not set(text) & {"\x1b", "\x9b", "\u202e"}
    assert re.search(r"a\\(x1b|u001b)\[2J", text)


@pytest.mark.parametrize("sql", ["select char(27, 93, 48, 59, 8238) || 'a'", "select x'1b5d303b61'"])
def test_a_raw_value_commands_no_terminal_but_comes_whole_into_a_pipe(screen: Screen, index: Path, sql: str) -> None:
    shown = plain(screen("query", sql, "--raw"))
    assert not set(shown) & {"\x1b", "\u202e"}
    assert r"\x1b]0;" in shown
    piped = subprocess.run(
        [sys.executable, "-m", "litindex", "query", sql, "--raw", "--db", str(index)], capture_output=True, check=True
    )
    assert piped.stdout.startswith(b"\x1b]0;")


def test_what_a_folder_of_queries_says_commands_no_terminal(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "evil.sql").write_text('-- \x1b]0;title\u202e\nSELECT 1 AS "\x1b[2J"\n', encoding="utf-8")
    for words in (["evil", "--list"], ["--list"], ["evil"], ["evil", "--table"]):
        text = screen("query", *words, "--queries", str(tmp_path), env={"NO_COLOR": "1"})
        assert not set(text) & {"\x1b", "\u202e"}, words


def test_utf8_whatever_the_locale(index: Path) -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    for words in (["query", "select '潮' as x"], ["search", "潮汐"], ["show", "wang2022chaoxi"]):
        done = subprocess.run(
            [sys.executable, "-m", "litindex", *words, "--db", str(index)],
            env=env,
            capture_output=True,
            check=True,
            timeout=20,
        )
        assert "潮".encode() in done.stdout


def test_a_closed_pipe_is_no_error_message(index: Path) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
    process = subprocess.Popen(
        [sys.executable, "-m", "litindex", "query", endless, "--nl", "--db", str(index)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline() == b'{"i": 1}\n'
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(timeout=20)


HEAVY = ("sqlite_utils", "tabulate", "frontmatter", "yaml", "watchdog", "datasette", "litindex.parser", "litindex.sync.indexer",
         "asyncio", "importlib.metadata", "click.shell_completion")  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["query", "select 1"],
        ["query", "works-per-year"],
        ["query", "--list"],
        ["search", "foam"],
        ["show", "Sea"],
    ],
    ids=" ".join,
)
def test_a_command_that_asks_imports_nothing_heavy(index: Path, words: list[str]) -> None:
    code = (
        "import sys\nfrom litindex.cli import main\n"
        f"try: main({words!r})\nexcept SystemExit as end: assert end.code == 0, end\n"
        f"print('imported:', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    env = {**os.environ, "LITINDEX_DB": str(index)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, timeout=20)
    assert done.stdout.splitlines()[-1] == "imported:"
