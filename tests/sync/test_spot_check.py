"""Single files are looked at alone only where that tells what a walk would tell."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from litindex.sync import spot_check as module
from litindex.sync.spot_check import spot_check
from litindex.vault import crawler
from litindex.vault import root as vault_root
from tests.sync.vault import Vault

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs POSIX file systems")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path, {"a.md": "a", "sub/b.md": "b", "plot.png": "p"})


def look(vault: Vault, hints: dict[str, bool], *known: str) -> set[str] | None:
    found = spot_check(vault_root.find_root(vault.path), hints, known)
    return None if found is None else {file.path for file in found.files}


def test_a_file_looks_as_it_does_in_a_walk(vault: Vault) -> None:
    root = vault_root.find_root(vault.path)
    found = spot_check(root, {"a.md": True, "sub/b.md": True, "plot.png": True}, {"a.md"})
    assert found
    assert sorted(found.files) == sorted(crawler.crawl(root).files)


def test_a_deleted_file_is_gone(vault: Vault) -> None:
    (vault.path / "sub/b.md").unlink()
    assert look(vault, {"a.md": True, "sub/b.md": False}, "a.md", "sub/b.md") == {"a.md"}


def test_a_file_that_should_be_there_and_is_not_needs_a_walk(vault: Vault) -> None:
    assert look(vault, {"elsewhere.md": True}) is None


@pytest.mark.parametrize("path", ["sub", "none/c.md", "a.md/c.md"])
def test_folders_and_what_lies_below_no_folder_need_a_walk(vault: Vault, path: str) -> None:
    assert look(vault, {path: True}) is None
    assert path == "sub" or look(vault, {path: False}) is None


def test_a_name_that_has_two_spellings_needs_a_walk_when_it_comes_or_goes(vault: Vault) -> None:
    vault.write("é.md", "composed")
    assert look(vault, {"é.md": True}) is None
    assert look(vault, {"é.md": True}, "é.md") == {"é.md"}
    assert look(vault, {"e\u0301.md": True}) is None
    (vault.path / "é.md").unlink()
    assert look(vault, {"é.md": False}, "é.md") is None


@posix_only
@pytest.mark.parametrize(
    ("name", "twin"),
    [
        ("\u00e9.md", "e\u0301.md"),
        ("\u00e9.png", "e\u0301.png"),
        ("\u00e9/a.md", "e\u0301/a.md"),
        ("\u00e9/a/b.md", "e\u0301/other.md"),
        ("\u00e9/\u00e9.md", "\u00e9/e\u0301.md"),
        ("\u1ec7.md", "\u1eb9\u0302.md"),
        ("\uac00.md", "\u1100\u1161.md"),
        ("\u00c5.md", "\u212b.md"),
    ],
    ids=["note", "attachment", "folder", "folder above", "note in a folder", "two marks", "Hangul", "sign"],
)
def test_a_known_name_with_a_twin_in_another_spelling_needs_a_walk(vault: Vault, name: str, twin: str) -> None:
    vault.write(name, "composed")
    assert look(vault, {name: True}, name) == {name}
    vault.write(twin, "decomposed")
    assert look(vault, {name: True}, name) is None
    assert look(vault, {"a.md": True}, "a.md") == {"a.md"}


@posix_only
@pytest.mark.parametrize(
    ("name", "other"), [("\u00e9.md", "\u00c9.md"), ("a.md", "A.md"), ("\uff41.md", "a.md"), ("\ufb01.md", "fi.md")]
)
def test_names_that_differ_in_case_or_width_are_no_twins(vault: Vault, name: str, other: str) -> None:
    vault.write(name, "one")
    vault.write(other, "other")
    assert look(vault, {name: True}, name) == {name}


@posix_only
def test_links_pipes_and_names_that_are_no_text_need_a_walk(vault: Vault) -> None:
    (vault.path / "link.md").symlink_to("a.md")
    (vault.path / "linked").symlink_to("sub", target_is_directory=True)
    os.mkfifo(vault.path / "pipe.md")
    for path in "link.md", "linked/b.md", "pipe.md", "caf\udce9.md":
        assert look(vault, {path: True}, path) is None
    assert look(vault, {"caf\\xe9.md": False}, "caf\\xe9.md") is None


def test_excluded_notes_are_marked_and_indexes_are_passed_over(vault: Vault) -> None:
    vault.sync()
    (vault.path / "own.db").write_bytes(vault.index.read_bytes())
    vault.write(".obsidian/app.json", '{"userIgnoreFilters": ["sub/"]}')
    found = spot_check(vault_root.find_root(vault.path), {"sub/b.md": True, "own.db": True}, {"sub/b.md"})
    assert found
    assert [(file.path, file.excluded) for file in found.files] == [("sub/b.md", True)]


@pytest.fixture
def folding_disk(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """As macOS and Windows have it: a file answers to its name in any letter case."""
    ask = os.lstat

    def lstat(path: str) -> os.stat_result:
        spelled = (each for each in vault.path.rglob("*") if str(each).casefold() == path.casefold())
        return ask(next(spelled, path))

    monkeypatch.setattr(module.os, "lstat", lstat)
    monkeypatch.setattr(module, "_FOLDS_CASE", True)


@pytest.mark.usefixtures("folding_disk")
def test_on_a_disk_that_folds_case_a_file_is_looked_at_by_its_own_name_only(vault: Vault) -> None:
    assert look(vault, {"a.md": True}, "a.md") == {"a.md"}
    assert look(vault, {"A.md": True}, "a.md") is None


@pytest.mark.usefixtures("folding_disk")
def test_on_a_disk_that_folds_case_a_change_of_case_needs_a_walk(vault: Vault) -> None:
    (vault.path / "a.md").rename(vault.path / "A.md")
    assert look(vault, {"a.md": False, "A.md": True}, "a.md") is None
