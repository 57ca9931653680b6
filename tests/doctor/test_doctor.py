"""`litindex doctor` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litindex.cli import main
from tests.sync.vault import Vault

NOTES: dict[str, str | bytes] = {
    "Bells: one, 50 %.md": "[[Nobody]]\n\n![[bell.png]]\n",
    "Broken.md": "---\ntitle: one: two\n---\n",
    "Fine/Towns.md": "---\ntags: [town]\n---\nNothing is wrong, but [[Nobody]] is not there.\n",
}


@pytest.fixture
def ill(tmp_path: Path) -> Vault:
    vault = Vault(tmp_path, NOTES)
    vault.sync()
    return vault


def doctor(vault: Vault, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", "--db", str(vault.index), *arguments])


def test_findings_are_told_by_check_with_their_place_and_a_summary(ill: Vault) -> None:
    told = doctor(ill, "embed-missing", "link-unresolved")
    assert told.stdout == (
        "embed-missing  A picture or note that should be shown is not there. (1)\n"
        "  Bells: one, 50 %.md:3: no file is called `bell.png`\n"
        "\n"
        "link-unresolved  A link leads to no note, no file and no citekey. (2)\n"
        "  Bells: one, 50 %.md:1: nothing is called `Nobody`\n"
        "  Fine/Towns.md:4: nothing is called `Nobody`\n"
        "\n"
        "0 errors, 1 warning, 2 for your information, in 2 files. Why and how: litindex doctor --explain CHECK\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param([], 1, id="an error"),
        pytest.param(["--skip", "error"], 0, id="no error"),
        pytest.param(["--skip", "error", "--fail-on", "warning"], 1, id="a warning"),
        pytest.param(["--only", "info", "--fail-on", "warning"], 0, id="less than a warning"),
        pytest.param(["--fail-on", "none"], 0, id="an error that does not matter"),
        pytest.param(["--folder", "Fine"], 0, id="an error elsewhere"),
    ],
)
def test_the_exit_status_says_whether_something_so_grave_was_found(
    arguments: list[str], status: int, ill: Vault
) -> None:
    assert doctor(ill, *arguments).exit_code == status


def test_filters_choose_the_notes_that_are_told_of(ill: Vault) -> None:
    found = json.loads(doctor(ill, "--folder", "Fine", "--format", "json").stdout)
    assert [(each["check"], each["path"], each["line"]) for each in found] == [("link-unresolved", "Fine/Towns.md", 4)]


def test_github_is_told_in_its_own_commands(ill: Vault) -> None:
    assert doctor(ill, "embed-missing", "--format", "github").stdout == (
        "::warning file=Bells%3A one%2C 50 %25.md,line=3,title=embed-missing::no file is called `bell.png`\n"
    )


def test_sarif_names_rule_level_and_place(ill: Vault) -> None:
    run = json.loads(doctor(ill, "embed-missing", "frontmatter-invalid", "--format", "sarif").stdout)["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["embed-missing", "frontmatter-invalid"]
    assert [(rules[each["ruleIndex"]], each["ruleId"], each["level"]) for each in run["results"]] == [
        ("embed-missing", "embed-missing", "warning"),
        ("frontmatter-invalid", "frontmatter-invalid", "error"),
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "Bells%3A%20one%2C%2050%20%25.md"}, "region": {"startLine": 3}}


def test_a_check_of_the_users_own_runs_beside_the_others(ill: Vault) -> None:
    folder = ill.index.with_name("checks")
    folder.mkdir()
    (folder / "no_tags.sql").write_text(
        "-- A note has no tag.\n-- severity: error\n"
        "SELECT path, 'no tag' AS message FROM notes WHERE id NOT IN (SELECT note_id FROM note_tags)"
    )
    assert [each["path"] for each in json.loads(doctor(ill, "no-tags", "--format", "json").stdout)] == [
        "Bells: one, 50 %.md",
        "Broken.md",
    ]
    assert "no-tags" in doctor(ill, "--list").stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("DELETE FROM notes", "an index can only be read here", id="writing"),
        pytest.param("SELECT path FROM notes", "its rows have no column message", id="a column is missing"),
        pytest.param("SELECT colour FROM notes", "no such column", id="no SQL that SQLite takes"),
        pytest.param("-- A note.\n-- severity: grave\nSELECT 1", "severity 'grave' is none of", id="no severity"),
    ],
)
def test_a_check_that_cannot_run_is_named(text: str, said: str, ill: Vault) -> None:
    folder = ill.index.with_name("checks")
    folder.mkdir()
    (folder / "mine.sql").write_text(text)
    told = doctor(ill, "mine")
    assert (told.exit_code, "check 'mine'" in told.stderr, said in told.stderr) == (2, True, True)


def test_a_check_that_does_not_exist_is_named_with_what_may_be_meant(ill: Vault) -> None:
    told = doctor(ill, "embed-mising")
    assert told.exit_code == 2
    assert "no check named 'embed-mising' (did you mean embed-missing" in told.stderr


def test_a_check_explains_itself_without_an_index(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["doctor", "--db", str(tmp_path / "none.db"), "--explain", "embed-missing"])
    assert told.stdout == (
        "embed-missing (warning)\n"
        "  A picture or note that should be shown is not there.\n"
        "  Why: Obsidian shows an empty frame where something should stand.\n"
        "  Mend: Put the file into the vault, or write its name as it is now. Icons that Obsidian brings along are left out.\n"
    )


def test_problems_of_the_table_are_findings_with_the_same_code_and_severity(ill: Vault) -> None:
    rows = ill.ask("SELECT code, severity, path, line, message FROM problems")
    found = json.loads(doctor(ill, *{row[0] for row in rows}, "--format", "json").stdout)
    told = [(each["check"], each["severity"], each["path"], each["line"], each["message"]) for each in found]
    assert sorted(told) == sorted(rows)


def test_the_vault_is_not_written_to(ill: Vault) -> None:
    before = {file: file.stat() for file in ill.path.rglob("*")}
    doctor(ill)
    assert {file: file.stat() for file in ill.path.rglob("*")} == before
