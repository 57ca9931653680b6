"""`changes`, `lost`, what `watch` says of a run, and the check that warns of a loss: as a person meets them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from click.testing import CliRunner, Result

from litindex.cli import main
from litindex.cli.commands.keep.watch import history
from tests.history.test_history import BLOCK, EMPTY, THOUGHTS
from tests.sync.vault import HIGHLIGHT, Vault, literature


@pytest.fixture
def index(vault: Vault) -> Vault:
    """An index with two runs: at 9:00 on the 1st it was made, at 9:30 on the 2nd a note was read, and lost its block."""
    vault.write("Literature/a.md", literature("okafor21", body=BLOCK.format(THOUGHTS)))
    vault.write("Old.md", "text")
    vault.sync()
    vault.write("Literature/a.md", literature("okafor21", title="On tides", body=EMPTY + HIGHLIGHT * 2))
    vault.move("Old.md", "New.md")
    vault.sync()
    with closing(sqlite3.connect(vault.index)) as db, db:
        for run, at in (1, "2026-11-01 09:00:00"), (2, "2026-11-02 09:30:00"):
            db.execute("UPDATE runs SET at = strftime('%Y-%m-%dT%H:%M:%S+00:00', ?, 'utc') WHERE id = ?", (at, run))
    return vault


def run(index: Vault, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--db", str(index.index)])


SECOND = """\
2026-11-02
  09:30  Literature/a.md: title "On tides", 2 highlights more, 104 own words fewer
  09:30  New.md: moved from Old.md
"""
FIRST = """\
2026-11-01
  09:00  the index was made of 2 notes
"""


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ([], f"{SECOND}\n{FIRST}"),
        (["--since", "2"], SECOND),
        (["--since", "2026-11-02"], SECOND),
        (["--since", "2026-11-01T09:01"], SECOND),
        (["--since", "today"], "Nothing is known to have changed.\n"),
        (["okafor21"], "".join(SECOND.splitlines(keepends=True)[:2])),
        (["New.md"], "2026-11-02\n  09:30  New.md: moved from Old.md\n"),
    ],
)
def test_changes_by_day(index: Vault, words: list[str], printed: str) -> None:
    assert run(index, "changes", *words).stdout == printed


def test_changes_for_programs(index: Vault) -> None:
    (change,) = json.loads(run(index, "changes", "New.md", "--json").stdout)
    assert change == {
        "run": 2, "at": "2026-11-02 09:30:00", "path": "New.md", "what": "path", "before": "Old.md", "after": "New.md",
    }  # fmt: skip


def test_what_is_left_out_is_said(index: Vault) -> None:
    found = run(index, "changes", "-n", "1")
    assert (found.stdout, found.stderr) == (
        '2026-11-02\n  09:30  Literature/a.md: title "On tides"\n', "The last 1 changes; -n shows more.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    "words", [["changes", "--since", "soon"], ["changes", "--since", "2026-13"], ["lost", "--at", "x"]]
)
def test_what_is_no_time_is_wrong_usage(index: Vault, words: list[str]) -> None:
    found = run(index, *words)
    assert (found.exit_code, "is no time" in found.stderr) == (2, True)


def test_lost_words_are_listed_and_printed_as_they_were(index: Vault) -> None:
    listed = run(index, "lost").stdout.splitlines()
    assert listed[0] == "2026-11-02 09:30:00  Literature/a.md: 479 characters in the persist block notes"
    assert listed[1].startswith("  What I thought of chapter 0:")
    for words in (
        ["okafor21"],
        ["Literature/a.md"],
        ["okafor21", "--at", "2026-11-02 09:30"],
        ["a", "--at", "2027-01-01"],
    ):
        assert run(index, "lost", *words).stdout == f"{THOUGHTS}\n"


def test_lost_words_are_told_to_programs(index: Vault) -> None:
    for words in [], ["okafor21"]:
        (lost,) = json.loads(run(index, "lost", *words, "--json").stdout)
        assert (lost["path"], lost["block"], lost["text"]) == ("Literature/a.md", "notes", THOUGHTS)


@pytest.mark.parametrize("words", [["New.md"], ["nobody"], ["okafor21", "--at", "2026-11-02 09:29"]])
def test_where_nothing_was_lost_it_says_so(index: Vault, words: list[str]) -> None:
    assert run(index, "lost", *words).exit_code == 1


def test_the_doctor_warns_of_a_fresh_loss_until_the_words_are_back(vault: Vault) -> None:
    def findings() -> list[dict[str, str]]:
        return json.loads(run(vault, "doctor", "own-words-lost", "--format", "json").stdout)  # type: ignore[no-any-return]

    for body in THOUGHTS, "":
        vault.write("a.md", literature("a20", body=BLOCK.format(body)))
        vault.sync()
    (found,) = findings()
    assert (found["path"], found["severity"]) == ("a.md", "warning")
    assert found["message"].startswith("479 characters that you wrote in the persist block notes are gone since ")
    vault.write("a.md", literature("a20", body=f"# Mine\n{THOUGHTS}\n"))
    vault.sync()
    assert findings() == []
    vault.write("a.md", literature("a20"))
    vault.sync()
    with closing(sqlite3.connect(vault.index)) as db, db:
        assert len(findings()) == 1
        db.execute("UPDATE runs SET at = '2020-01-01T00:00:00+00:00'")
    assert findings() == []


def test_watch_names_the_notes_of_a_run_and_what_is_lost(vault: Vault) -> None:
    vault.write("a.md", literature("a20", body=BLOCK.format(THOUGHTS)))
    assert list(history(vault.sync())) == []
    vault.write("a.md", literature("a20", body=BLOCK.format("") + HIGHLIGHT))
    for number in range(12):
        vault.write(f"n{number:02}.md")
    lines = list(history(vault.sync()))
    assert lines[:2] == ["  a.md: 1 highlight more, 104 own words fewer", "  n00.md: new"]
    assert lines[-2:] == [
        "  and 3 more notes: litindex changes",
        '  a.md: words that you wrote are gone: litindex lost "a.md" prints them',
    ]


def test_today_is_a_day(vault: Vault) -> None:
    vault.write("a.md")
    vault.sync()
    assert run(vault, "changes", "--since", "0d").stdout.startswith(date.today().isoformat())
