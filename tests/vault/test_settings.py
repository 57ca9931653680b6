"""`litindex.toml` and `authors.toml`."""

from __future__ import annotations

from pathlib import Path

import pytest

from litindex.errors import SettingsError
from litindex.models import Settings
from litindex.settings import load_settings, reading_rules


def test_no_files_are_no_settings(tmp_path: Path) -> None:
    assert load_settings([tmp_path, tmp_path / "nowhere"]) == Settings()


def test_the_folder_of_the_index_overrules_the_vault(tmp_path: Path) -> None:
    vault, beside = tmp_path / "vault", tmp_path / "beside"
    for folder in vault, beside:
        folder.mkdir()
    keys = '[keys]\nVerfasserin = "{}"\n'
    (vault / "litindex.toml").write_text(
        keys.format("editor") + 'Titel = "title"\n[colors]\nyellow = "important"\n', "utf-8"
    )
    (beside / "litindex.toml").write_text(keys.format("author"), "utf-8")
    found = load_settings([vault, beside])
    assert found.keys == {"Verfasserin": "author", "Titel": "title"}
    assert found.colors == {"yellow": "important"}


def test_spellings_of_people_are_found_by_their_key(tmp_path: Path) -> None:
    (tmp_path / "authors.toml").write_text('"CHEN,  H." = "Chen, Hailin"\n', "utf-8")
    assert load_settings([tmp_path]).authors == {"chen, h.": "Chen, Hailin"}


@pytest.mark.parametrize("file", ["litindex.toml", "authors.toml"])
@pytest.mark.parametrize("text", ["a = ", "x = 1", "[[a]]\nb = 1", "\udc00"])
def test_a_file_that_cannot_be_understood_is_named(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / file).write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(SettingsError, match=str(tmp_path / file)):
        load_settings([tmp_path])


def test_what_is_recorded_does_not_depend_on_the_order_of_lines() -> None:
    assert reading_rules(Settings({"a": "x", "b": "y"})) == reading_rules(Settings({"b": "y", "a": "x"}))
