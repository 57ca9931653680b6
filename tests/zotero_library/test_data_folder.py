"""Finding Zotero's data: as given, as its profile says, by default."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from litindex.errors import ZoteroError
from litindex.zotero_library.reading.data_folder import find_database


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


def database_in(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "zotero.sqlite").touch()
    return folder / "zotero.sqlite"


def profile(root: Path, name: str, preferences: dict[str, object], *, default: bool = False) -> None:
    (root / "Profiles" / name).mkdir(parents=True)
    lines = [f'user_pref("extensions.zotero.{key}", {json.dumps(value)});' for key, value in preferences.items()]
    (root / "Profiles" / name / "prefs.js").write_text("\n".join(["// Mozilla User Preferences", *lines]), "utf-8")
    with (root / "profiles.ini").open("a", encoding="utf-8") as file:
        file.write(
            f"[Profile{name}]\nName={name}\nIsRelative=1\nPath=Profiles/{name}\n{'Default=1' if default else ''}\n"
        )


def test_a_file_or_its_folder_is_taken_as_given(home: Path) -> None:
    database = database_in(home / "elsewhere")
    assert find_database(database) == database
    assert find_database(database.parent) == database


def test_by_default_it_is_in_the_home_folder(home: Path) -> None:
    database = database_in(home / "Zotero")
    assert find_database() == database


def test_the_profile_names_another_folder(home: Path) -> None:
    database_in(home / "Zotero")
    named = database_in(home / "Bücher & Co")
    profile(home / ".zotero" / "zotero", "a1", {"useDataDir": True, "dataDir": str(named.parent)})
    assert find_database() == named


def test_the_default_profile_goes_first(home: Path) -> None:
    one, other = database_in(home / "one"), database_in(home / "other")
    root = home / ".zotero" / "zotero"
    profile(root, "a1", {"dataDir": str(one.parent)})
    profile(root, "b2", {"dataDir": str(other.parent)}, default=True)
    assert find_database() == other


def test_a_folder_that_is_not_in_use_is_not_meant(home: Path) -> None:
    default, unused = database_in(home / "Zotero"), database_in(home / "unused")
    profile(home / ".zotero" / "zotero", "a1", {"useDataDir": False, "dataDir": str(unused.parent)})
    assert find_database() == default


@pytest.mark.parametrize(
    ("platform", "root"),
    [("darwin", "Library/Application Support/Zotero"), ("win32", "AppData/Roaming/Zotero/Zotero")],
)
def test_other_systems_have_their_profiles_elsewhere(
    platform: str, root: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.delenv("APPDATA", raising=False)
    named = database_in(home / "data")
    profile(home / root, "a1", {"dataDir": str(named.parent)})
    assert find_database() == named


def test_broken_preferences_do_not_stop_the_search(home: Path) -> None:
    (home / ".zotero" / "zotero").mkdir(parents=True)
    (home / ".zotero" / "zotero" / "profiles.ini").write_text("no ini at all", "utf-8")
    database = database_in(home / "Zotero")
    assert find_database() == database


def test_without_any_the_places_are_named(home: Path) -> None:
    with pytest.raises(ZoteroError, match=r"no Zotero database in .*Zotero.*name its folder with --data-dir"):
        find_database()
