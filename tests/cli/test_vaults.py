"""Several vaults: named by the user or known by their index, asked one by one or all together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from litindex.cli import main, places, vaults
from litindex.errors import IndexFileError, SettingsError
from litindex.query import datasette_config
from litindex.settings import NamedVault, load_vaults

Run = Callable[..., Result]
NOTE = "---\ncitekey: {0}\ntitle: On {0}\nyear: 2020\ntags: [{1}]\n---\nBells and {0}.\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """In a folder where there are the vaults `Thesis` (named thesis) and `Lab` (named lab, with an index of its own)."""
    monkeypatch.delenv("LITINDEX_DB", raising=False)
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("LITINDEX_CONFIG", str(tmp_path))
    for name, key, tag in (("Thesis", "marsh", "birds"), ("Lab", "reed", "plants")):
        (tmp_path / name / ".obsidian").mkdir(parents=True)
        (tmp_path / name / f"{key}.md").write_text(NOTE.format(key, tag), "utf-8")
    named = '[vaults]\nthesis = "Thesis"\nlab = { vault = "Lab", index = "lab.db" }\n'
    (tmp_path / "litindex.toml").write_text(named, "utf-8")
    return lambda *words: CliRunner().invoke(main, words)


@pytest.fixture
def built(run: Run) -> Run:
    assert run("build", "--all", "-q").exit_code == 0
    return run


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_all_are_built_and_their_state_is_told(run: Run, tmp_path: Path) -> None:
    before = rows(run("vaults", "--json"))
    assert [(each["name"], each["state"]) for each in before] == [("thesis", "not built yet"), ("lab", "not built yet")]
    assert [each["added"] for each in json.loads(run("build", "--all", "--json").stdout)] == [1, 1]
    (tmp_path / "Lab" / "more.md").write_text("More.\n", "utf-8")
    thesis, lab = rows(run("vaults", "--json"))
    assert (thesis["state"], thesis["works"], lab["notes"]) == ("up to date", 1, 1)
    assert lab["state"].startswith("differs from the vault: 1 notes added")
    assert (lab["index"], lab["vault"]) == (str(tmp_path / "lab.db"), str(tmp_path / "Lab"))
    assert Path(thesis["index"]).parent == places.data_folder()


def test_an_index_that_was_built_elsewhere_is_known_by_the_name_of_its_vault(built: Run, tmp_path: Path) -> None:
    (tmp_path / "Other").mkdir()
    (tmp_path / "Other" / "a.md").write_text("Alone.\n", "utf-8")
    assert built("build", str(tmp_path / "Other"), "--db", "other.db", "-q").exit_code == 0
    assert [each["name"] for each in rows(built("vaults", "--json"))] == ["thesis", "lab", "Other"]
    assert [
        each["title"] for each in rows(built("list", "notes", "--vault", "Other", "--json", "--columns", "title"))
    ] == ["a"]


def test_a_vault_that_gets_a_name_keeps_its_index(run: Run, tmp_path: Path) -> None:
    assert run("build", str(tmp_path / "Thesis"), "--db", "mine.db", "-q").exit_code == 0
    (known,) = [each for each in vaults.all_vaults() if each.name == "thesis"]
    assert known.index == tmp_path / "work" / "mine.db"
    assert [each.name for each in vaults.all_vaults()] == ["thesis", "lab"]


@pytest.mark.parametrize("words", [("--vault", "lab", "list"), ("list", "--vault", "lab")])
def test_a_vault_is_asked_by_its_name(built: Run, words: tuple[str, ...]) -> None:
    assert [each["citekey"] for each in rows(built(*words, "--json"))] == ["reed"]


def test_a_vault_is_built_by_its_name(run: Run, tmp_path: Path) -> None:
    assert "1 note added" in run("build", "--vault", "lab").stdout
    assert (tmp_path / "lab.db").is_file()
    assert run("status", "--vault", "lab").exit_code == 0
    assert "1 notes, 1 works" in run("--vault", "lab").stdout


def test_the_name_goes_before_the_environment_and_not_beside_another_index(
    built: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LITINDEX_DB", "none.db")
    assert rows(built("list", "--vault", "lab", "--json"))
    refused = built("list", "--vault", "lab", "--db", "other.db")
    assert (refused.exit_code, "give one of them" in refused.stderr) == (2, True)


def test_a_name_that_nobody_has_or_two_have_is_told(built: Run, tmp_path: Path) -> None:
    unknown = built("list", "--vault", "thseis")
    assert (unknown.exit_code, "did you mean thesis?" in unknown.stderr) == (2, True)
    for at in "ab":
        (tmp_path / at / "Same").mkdir(parents=True)
        assert built("build", str(tmp_path / at / "Same"), "--db", f"{at}.db", "--allow-empty", "-q").exit_code == 0
    with pytest.raises(IndexFileError, match="2 vaults are called Same"):
        vaults.find("Same")


def test_all_are_searched_and_listed_and_each_answer_names_its_vault(built: Run) -> None:
    found = rows(built("search", "--all", "bells", "--json"))
    assert [(each["vault"], each["citekey"]) for each in found] == [("thesis", "marsh"), ("lab", "reed")]
    assert "lab · reed.md" in built("search", "--all", "reed").stdout
    listed = built("list", "--all", "--columns", "citekey", "--csv").stdout
    assert listed == "vault,citekey\nthesis,marsh\nlab,reed\n"
    nothing = built("search", "--all", "nowhere")
    assert (nothing.exit_code, nothing.stdout) == (1, "")


def test_what_one_vault_does_not_have_another_may(built: Run) -> None:
    only = built("list", "--all", "--tag", "birds", "--json")
    assert [each["vault"] for each in rows(only)] == ["thesis"]
    assert only.stderr == "lab: no tag birds (there are: plants)\n"
    assert built("list", "--all", "--tag", "fish").exit_code == 2


def test_one_vault_that_fails_does_not_keep_the_others_from_being_built(run: Run, tmp_path: Path) -> None:
    for file in (tmp_path / "Thesis" / "marsh.md", tmp_path / "Thesis" / ".obsidian"):
        file.unlink() if file.is_file() else file.rmdir()
    (tmp_path / "Thesis").rmdir()
    result = run("build", "--all")
    assert "1 note added" in result.stdout
    assert "thesis: no such vault" in result.stderr
    assert result.exit_code == 1


def test_all_are_served_each_under_a_name_of_its_own(built: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[list[str]] = []
    configured: list[dict[str, Any]] = []

    def serve(arguments: list[str]) -> None:
        served.append(arguments)
        configured.append(yaml.safe_load(Path(arguments[arguments.index("--metadata") + 1]).read_text("utf-8")))

    pytest.importorskip("datasette")
    monkeypatch.setattr("litindex.cli.commands.serve.serve._run", serve)
    assert built("serve", "--all", "--port", "0").exit_code == 0
    assert [Path(each).suffix for each in served[0][1:3]] == [".db", ".db"]
    assert list(configured[0]["databases"]) == [Path(each).stem for each in served[0][1:3]]
    assert datasette_config.database_names(map(Path, ("a/x.db", "b/x.db", "c/y.db"))) == ["x", "x_2", "y"]


@pytest.mark.parametrize(
    "text",
    [
        "[vaults]\nthesis = 1",
        "[vaults.thesis]\nindex = 'a.db'",
        "vaults = []",
        "[keys]\na = 'b'",
        "[vaults]\na = {vault = 1}",
    ],
)
def test_settings_that_make_no_sense_are_told_with_what_to_write(tmp_path: Path, text: str) -> None:
    (tmp_path / "litindex.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"litindex\.toml: .*\[vaults\]"):
        load_vaults(tmp_path)


def test_paths_are_seen_from_the_file_and_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    text = '[vaults]\na = "../A"\nb = { vault = "~/B", index = "/x/b.db" }\n'
    (tmp_path / "litindex.toml").write_text(text, "utf-8")
    assert load_vaults(tmp_path) == [
        NamedVault("a", tmp_path.parent / "A", None),
        NamedVault("b", tmp_path / "home" / "B", Path("/x/b.db")),
    ]
    assert load_vaults(tmp_path / "none") == []
