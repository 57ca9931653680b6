"""What the command line promises of all its commands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from litindex.cli import main
from litindex.cli.commands import COMMANDS

KEY = "Okafor21nightChorus"


def run(index: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--db", str(index)])


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["list", "notes"],
        ["list", "tasks"],
        ["search", "bell"],
        ["search", "tide", "--in", "highlights"],
        ["show", KEY],
        ["show", "#birds"],
        ["similar", KEY],
        ["query", "reading-queue"],
        ["query", "--list"],
        ["doctor", "--format", "json"],
        ["templates"],
        ["status"],
        ["export", KEY, "--format", "csljson"],
    ],
    ids=" ".join,
)
def test_programs_get_json_in_which_no_list_is_a_text(sample_index: Path, words: list[str]) -> None:
    named = words if "--format" in words else [*words, "--json"]
    result = run(sample_index, *named)
    assert result.exit_code in (0, 1), result.stderr
    texts = list(leaves(json.loads(result.stdout)))
    assert texts
    assert not [text for text in texts if isinstance(text, str) and re.fullmatch(r'\[(".*")?\]', text)]


def leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield value


def test_schema_is_json_too() -> None:
    assert {"column", "type", "meaning"} == json.loads(CliRunner().invoke(main, ["schema", "works", "--json"]).stdout)[
        0
    ].keys()


@pytest.mark.parametrize("name", ["list", "search", "similar"])
def test_the_help_tells_how_an_empty_result_ends(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command
    assert re.search(r"Exit\s+status 1", command.help or "")


@pytest.mark.parametrize("words", [["list", "--year", "1800"], ["search", "xyzzyxyzzy"]], ids=" ".join)
def test_an_empty_result_ends_with_one(sample_index: Path, words: list[str]) -> None:
    result = run(sample_index, *words)
    assert (result.exit_code, bool(result.stderr)) == (1, True)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_begins_with_a_sentence_and_tells_no_type(name: str) -> None:
    shown = CliRunner().invoke(main, [name, "--help"]).stdout
    assert re.search(r"\n\n  [A-Z].*", shown)
    assert "9223372036854775807" not in shown


def test_a_citekey_and_a_path_are_whole_in_every_table(sample_index: Path) -> None:
    shown = run(sample_index, "list", "works", "--columns", "citekey,title,path").stdout
    assert f"{KEY}  " in shown
    assert "Literature/Okafor21nightChorus.md" in shown


@pytest.mark.process
def test_serve_prints_one_line_with_the_address(sample_index: Path) -> None:
    pytest.importorskip("datasette")
    command = [sys.executable, "-m", "litindex", "serve", "--port", "0", "--db", str(sample_index)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout
        address, _, rest = process.stdout.readline().partition(" ")
        assert rest == f"shows {sample_index} (Ctrl-C ends it)\n"
        assert answers(address) == 200
    finally:
        process.terminate()
        more, _ = process.communicate(timeout=30)
    assert more == ""


def answers(address: str) -> int:
    """The status of the page, as soon as there is a server; 0 where there is none in half a minute."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=60) as page:
                return int(page.status)
        except OSError:
            time.sleep(0.1)
    return 0
