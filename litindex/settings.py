"""What a user teaches the parser: `litindex.toml` and `authors.toml`, in the vault's root or beside the index
(DECISIONS 8, 9).

litindex.toml                         authors.toml
  [keys]                                "Chen, H." = "Chen, Hailin"
  Verfasserin = "author"
  [colors]
  yellow = "important"

They hold words only: nothing in them names a command, a file or a plugin (FAULTS section 7).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from litindex.errors import SettingsError
from litindex.models import PARSER_VERSION, Settings
from litindex.vault import plain_files

_MAX_BYTES = 2**20
_SECTIONS = ("keys", "colors")


def load_settings(folders: Iterable[Path]) -> Settings:
    """The settings of all folders as one; a later folder overrules an earlier one. SettingsError names the file."""
    keys: dict[str, str] = {}
    colors: dict[str, str] = {}
    authors: dict[str, str] = {}
    for folder in folders:
        taught = _read(folder / "litindex.toml")
        unknown = sorted(set(taught) - set(_SECTIONS))
        if unknown:
            raise SettingsError(f"{folder / 'litindex.toml'}: [{unknown[0]}] is unknown; there are [keys] and [colors]")
        keys.update(_texts(folder / "litindex.toml", "keys", taught.get("keys", {})))
        colors.update(_texts(folder / "litindex.toml", "colors", taught.get("colors", {})))
        authors.update(_texts(folder / "authors.toml", "names", _read(folder / "authors.toml")))
    return Settings(keys, colors, _by_key(authors))


def reading_rules(settings: Settings) -> dict[str, str]:
    """What the rows of a note depend on besides its bytes, as the index records it; where that differs, every note is
    read again (FAULTS C7).
    """
    parts = {"keys": settings.keys, "colors": settings.colors, "authors": settings.authors}
    return {
        "parser_version": str(PARSER_VERSION),
        "settings": json.dumps(parts, ensure_ascii=False, sort_keys=True),
    }


def _read(file: Path) -> dict[str, object]:
    try:
        data = plain_files.read(file, _MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror})") from error
    import tomllib

    try:
        return tomllib.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{file}: cannot be understood ({error}): mend it or move it away") from error


def _texts(file: Path, section: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise SettingsError(f'{file}: {section} must be lines such as  "a name" = "another name"')
    return value


def _by_key(authors: dict[str, str]) -> dict[str, str]:
    if not authors:
        return {}
    from litindex.text_keys import name_key

    return {name_key(name): stands_for for name, stands_for in authors.items()}
