"""Problems that no note has alone (F8, Z2)."""

from __future__ import annotations

import sys

import pytest

from tests.sync.vault import Vault, literature


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system that knows case")
@pytest.mark.parametrize("gone", [("A.md", "X/b.png"), ("a.md", "x/B.png")])
def test_paths_that_differ_in_case_only_are_told_once_a_pair(vault: Vault, gone: tuple[str, str]) -> None:
    for path in "A.md", "a.md", "x/B.png", "X/b.png", "c.md":
        vault.write(path)
    vault.sync()
    assert vault.problems() == {("a.md", "path-case-collision"), ("x/B.png", "path-case-collision")}
    for path in gone:
        (vault.path / path).unlink()
    vault.sync()
    assert vault.problems() == set()


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system that knows case")
def test_a_note_that_is_moved_beside_its_twin_is_told(vault: Vault) -> None:
    vault.write("A.md", "one")
    vault.write("x/a.md", "two")
    vault.sync()
    vault.move("x/a.md", "a.md")
    assert vault.sync().parsed == 0
    assert vault.problems() == {("a.md", "path-case-collision")}
    vault.move("a.md", "y/a.md")
    vault.sync()
    assert vault.problems() == set()


def test_works_with_one_citekey_are_told_and_the_first_by_path_is_named(vault: Vault) -> None:
    for path in "b.md", "c.md":
        vault.write(path, literature("Adler20"))
    vault.sync()
    assert vault.problems() == {("c.md", "citekey-duplicate")}
    vault.write("a.md", literature("adler20"))
    vault.sync()
    duplicates = "SELECT path, message FROM problems WHERE code = 'citekey-duplicate' ORDER BY path"
    assert [path for path, message in vault.ask(duplicates) if "a.md" in message] == ["b.md", "c.md"]
    vault.write("a.md", literature("other"))
    (vault.path / "c.md").unlink()
    vault.sync()
    assert vault.problems() == set()
