"""`litindex zotero` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litindex.cli import main
from tests.pages import VAULT
from tests.zotero_library import sample
from tests.zotero_library.from_index import zotero_of
from tests.zotero_library.test_reading import state


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zotero")
    sample.write(folder / "Zotero", folder / "litindex.db")
    return folder


def zotero(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["zotero", "--db", str(folder / "litindex.db"), *arguments])


def test_where_all_is_equal_nothing_is_told(folder: Path, tmp_path: Path) -> None:
    data = zotero_of(folder / "litindex.db", tmp_path / "Zotero").close()
    told = zotero(folder, "--data-dir", str(data))
    assert (told.stdout, told.exit_code) == (
        "Nothing differs: 20 of 20 literature notes are about one of 20 items in Zotero.\n",
        0,
    )


def test_neither_zotero_nor_the_vault_is_touched(folder: Path) -> None:
    before = state(folder / "Zotero"), state(VAULT)
    assert zotero(folder, "--data-dir", str(folder / "Zotero")).exit_code == 1
    assert (state(folder / "Zotero"), state(VAULT)) == before


def test_json_gives_rows_of_note_item_and_links(folder: Path) -> None:
    told = zotero(folder, str(folder / "Zotero" / "zotero.sqlite"), "--only", "date", "--json")
    assert json.loads(told.stdout) == [
        {
            "kind": "date",
            "path": "Literature/Moreau17bitternBoom.md",
            "item": "Moreau and Haddad, How far a bittern booms (2018)",
            "note": "2017-11-14",
            "zotero": "2018-02",
            "zotero_uri": "zotero://select/library/items/BTTRN247",
            "obsidian_uri": "obsidian://open?vault=sample_vault&file=Literature%2FMoreau17bitternBoom",
        }
    ]
    assert told.exit_code == 1


def test_kinds_are_chosen_and_left_out(folder: Path) -> None:
    data = str(folder / "Zotero")
    told = json.loads(zotero(folder, "--data-dir", data, "--json", "--skip", "tags", "--skip", "no-note").stdout)
    assert [each["kind"] for each in told] == [
        "trashed", "merged", "outdated", "annotations", "annotations", "title", "creators", "date", "collections",
    ]  # fmt: skip
    assert zotero(folder, "--data-dir", data, "--only", "gone").exit_code == 0


def test_only_some_of_many_are_shown_where_nobody_asked_for_them_alone(folder: Path, tmp_path: Path) -> None:
    made = zotero_of(folder / "litindex.db", tmp_path / "Zotero")
    for at in range(25):
        made.item("book", made.new_key(), {"title": f"Unread book {at}"})
    data = str(made.close())
    told = zotero(folder, "--data-dir", data).stdout
    assert told.count("Unread book") == 20
    assert "  and 5 more: litindex zotero --only no-note\n" in told
    assert zotero(folder, "--data-dir", data, "--only", "no-note").stdout.count("Unread book") == 25


@pytest.mark.parametrize(
    ("arguments", "status", "error"),
    [
        (["--data-dir", "nowhere"], 3, "Error: no Zotero database: nowhere"),
        (["one.sqlite", "--data-dir", "two"], 2, "not both"),
        (["--only", "colour"], 2, "'colour' is not one of 'no-note', 'gone'"),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments: list[str], status: int, error: str, folder: Path) -> None:
    told = zotero(folder, *arguments)
    assert (told.exit_code, told.stdout) == (status, "")
    assert error in told.stderr


def test_hostile_titles_do_not_reach_the_terminal(folder: Path, tmp_path: Path) -> None:
    made = zotero_of(folder / "litindex.db", tmp_path / "Other")
    made.set_field("BELL8VXS", "title", "\x1b[2Jbells\u202e")
    told = zotero(folder, "--data-dir", str(made.close()), "--only", "title").stdout
    assert "Zotero  \\x1b[2Jbells\\u202e\n" in told
