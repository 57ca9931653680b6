"""The index is found from anywhere, and never made inside a vault."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litindex.cli import main, places

Run = Callable[..., Result]


@pytest.fixture
def vault(tmp_path: Path) -> Path:  # type: ignore[override]
    return make(tmp_path / "My vault")


def make(root: Path) -> Path:
    (root / ".obsidian").mkdir(parents=True)
    (root / "Topics").mkdir()
    (root / "Topics" / "Sea.md").write_text("# The sea\n", encoding="utf-8")
    return root


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("LITINDEX_DB", raising=False)

    def call(*words: str, within: Path) -> Result:
        monkeypatch.chdir(within)
        return CliRunner().invoke(main, words)

    return call


def test_a_new_index_is_made_in_the_current_folder(run: Run, vault: Path, tmp_path: Path) -> None:
    assert run("build", str(vault), within=tmp_path).exit_code == 0
    assert (tmp_path / "litindex.db").is_file()


@pytest.mark.parametrize("within", ["", "Topics"])
def test_no_index_is_made_in_a_vault(run: Run, vault: Path, within: str) -> None:
    result = run("build", str(vault), within=vault / within)
    assert result.exit_code == 0, result.stderr
    assert not list(vault.rglob("*.db"))
    (made,) = places.known()
    assert made.parent == places.data_folder().resolve()
    assert made.name.startswith("My-vault-")
    assert str(made) in result.stdout


def test_no_index_is_made_in_another_vault(run: Run, vault: Path, tmp_path: Path) -> None:
    other = make(tmp_path / "other")
    assert run("build", str(vault), within=other).exit_code == 0
    assert not list(other.rglob("*.db"))


def test_the_index_is_made_in_a_vault_where_that_is_asked_for(run: Run, vault: Path) -> None:
    assert run("build", str(vault), "--db", "my.db", within=vault).exit_code == 0
    assert (vault / "my.db").is_file()


def test_the_index_of_the_vault_one_stands_in_is_found(run: Run, vault: Path, tmp_path: Path) -> None:
    other, elsewhere = make(tmp_path / "other"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (other / "Only here.md").write_text("Text.\n", encoding="utf-8")
    run("build", str(vault), within=vault)
    run("build", str(other), within=other)
    assert "Only here" in run("list", "notes", within=other / "Topics").stdout
    assert "Only here" not in run("list", "notes", within=vault / "Topics").stdout
    result = run("list", "notes", within=elsewhere)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "several were built" in result.stderr
    assert "My vault" in result.stderr


def test_the_only_known_index_is_found_from_anywhere(run: Run, vault: Path, tmp_path: Path) -> None:
    run("build", str(vault), within=vault)
    assert "Sea" in run("list", "notes", within=tmp_path).stdout
    assert run("build", within=tmp_path).stdout.startswith("Nothing changed")
    assert run("build", str(vault), within=tmp_path).stdout.startswith("Nothing changed")
    assert not (tmp_path / "litindex.db").exists()


def test_what_lies_in_the_current_folder_or_is_named_comes_first(run: Run, vault: Path, tmp_path: Path) -> None:
    other, work = make(tmp_path / "other"), tmp_path / "work"
    work.mkdir()
    (other / "Only here.md").write_text("Text.\n", encoding="utf-8")
    run("build", str(other), within=work)
    run("build", str(vault), within=vault)
    assert "Only here" in run("list", "notes", within=work).stdout
    named = str(work / "litindex.db")
    assert "Only here" in run("--db", named, "list", "notes", within=vault).stdout
    assert "Only here" in run("list", "notes", "--db", named, within=vault).stdout


def test_where_there_is_no_index_the_places_are_named(run: Run, tmp_path: Path) -> None:
    result = run("search", "x", within=tmp_path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        f"Error: no index: there is no {tmp_path}/litindex.db, LITINDEX_DB names none, and none was built before"
        " (make one: litindex build VAULT)\n"
    )


def test_an_index_that_is_gone_and_a_broken_register_do_not_count(run: Run, vault: Path, tmp_path: Path) -> None:
    run("build", str(vault), within=tmp_path)
    (tmp_path / "litindex.db").unlink()
    assert places.known() == {}
    (places.data_folder() / "indexes.json").write_text("[[", encoding="utf-8")
    assert places.known() == {}
    assert run("build", str(vault), within=tmp_path).exit_code == 0
    assert len(places.known()) == 1


def test_litindex_alone_says_what_there_is_and_what_next(run: Run, vault: Path, tmp_path: Path) -> None:
    nothing = run(within=tmp_path)
    assert nothing.exit_code == 0
    assert "litindex build VAULT" in nothing.stdout
    run("build", str(vault), within=vault)
    something = run(within=tmp_path)
    assert something.exit_code == 0
    assert f"1 notes, 0 works of {os.path.realpath(vault)}" in something.stdout
    assert "litindex search WORDS" in something.stdout


def test_a_vault_that_moved_keeps_its_index(run: Run, vault: Path, tmp_path: Path) -> None:
    run("build", str(vault), within=tmp_path)
    moved = tmp_path / "moved"
    shutil.move(vault, moved)
    refused = run("build", str(moved), within=tmp_path)
    assert refused.exit_code == 3
    assert "--moved" in refused.stderr
    assert run("build", str(moved), "--moved", within=tmp_path).exit_code == 0
    assert str(moved) in run("status", within=tmp_path).stdout
    assert run("build", within=tmp_path).stdout.startswith("Nothing changed")


def test_a_folder_of_vaults_is_said_to_be_one(run: Run, vault: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    result = run("build", str(tmp_path), within=work)
    assert "perhaps not the vault that you mean: it holds 1 vault: My vault." in result.stderr
    assert result.exit_code == 0


def test_a_folder_without_notes_is_said_to_hold_none_until_there_is_an_index(run: Run, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    said = "it holds neither notes nor a folder .obsidian."
    assert said in run("build", "photos", within=tmp_path).stderr
    assert said not in run("build", "photos", within=tmp_path).stderr


@pytest.mark.parametrize("name", ["CON", "aux", "a:b", "end.", "Ünï ☃", 'quo"te', "\\\\server"])
def test_the_file_of_a_vault_has_a_name_that_every_system_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    vault = tmp_path / name
    (vault / ".obsidian").mkdir(parents=True)
    monkeypatch.chdir(vault)
    made = places.place_for(vault).name
    assert re.fullmatch(r"[\w-]+-[0-9a-f]{8}\.db", made)
    assert made.partition(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL"}
