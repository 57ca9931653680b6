"""What a user teaches the parser: `litindex.toml` and `authors.toml`, in the vault's root or beside the index
(DECISIONS 8, 9).

litindex.toml                         authors.toml
  history = false
  [keys]                                "Chen, H." = "Chen, Hailin"
  Verfasserin = "author"
  [colors]
  yellow = "important"
  [templates]
  use = ["Meta/paper.md"]

They hold words only: nothing in them names a command, a file or a plugin (FAULTS section 7).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litindex.errors import SettingsError
from litindex.models import PARSER_VERSION, Settings, TemplateRules
from litindex.vault import plain_files

_MAX_BYTES = 2**20
_SECTIONS = ("keys", "colors", "templates", "history")
_OF_THE_USER = "vaults"
"""Of the user's own litindex.toml: an index may lie beside it."""
_KNOWN = "there are [keys], [colors], [templates] and, before them, `history = false`"


def load_settings(folders: Iterable[Path]) -> Settings:
    """The settings of all folders as one; a later folder overrules an earlier one. SettingsError names the file."""
    rules, history = TemplateRules(), True
    keys: dict[str, str] = {}
    colors: dict[str, str] = {}
    authors: dict[str, str] = {}
    for folder in folders:
        taught = _read(folder / "litindex.toml")
        unknown = sorted(set(taught) - {*_SECTIONS, _OF_THE_USER})
        if unknown:
            raise SettingsError(f"{folder / 'litindex.toml'}: [{unknown[0]}] is unknown; {_KNOWN}")
        history = _truth(folder / "litindex.toml", "history", taught.get("history", history))
        keys.update(_texts(folder / "litindex.toml", "keys", taught.get("keys", {})))
        colors.update(_texts(folder / "litindex.toml", "colors", taught.get("colors", {})))
        rules = _template_rules(folder / "litindex.toml", taught.get("templates", {}), rules)
        authors.update(_texts(folder / "authors.toml", "names", _read(folder / "authors.toml")))
    return Settings(keys, colors, _by_key(authors), rules, history=history)


@dataclass(frozen=True, slots=True)
class NamedVault:
    """A vault that the user has given a name; `index` None: where it is by itself."""

    name: str
    vault: Path
    index: Path | None


def load_vaults(folder: Path) -> list[NamedVault]:
    """[vaults] of the litindex.toml in the user's own folder: a name is a path, or a table of `vault` and `index`. `~` is the
    home folder, other paths are seen from this folder. SettingsError: it makes no sense.
    """
    file = folder / "litindex.toml"
    told = _read(file)
    if unknown := sorted(set(told) - {_OF_THE_USER}):
        raise SettingsError(f"{file}: [{unknown[0]}] is unknown; there is [vaults]")
    section = told.get(_OF_THE_USER, {})
    if not isinstance(section, dict):
        raise SettingsError(f"{file}: {_VAULTS_CURE}")
    return [_named_vault(file, name, value) for name, value in section.items()]


_VAULTS_CURE = (
    '[vaults] holds lines such as  thesis = "~/Thesis"  or  thesis = { vault = "~/Thesis", index = "~/thesis.db" }'
)


def _named_vault(file: Path, name: str, value: object) -> NamedVault:
    paths = {"vault": value} if isinstance(value, str) else value
    if not isinstance(paths, dict) or "vault" not in paths or not set(paths) <= {"vault", "index"}:
        raise SettingsError(f"{file}: {_VAULTS_CURE}")
    if not all(isinstance(each, str) for each in paths.values()):
        raise SettingsError(f"{file}: {_VAULTS_CURE}")
    places = {each: Path(os.path.abspath(file.parent / Path(path).expanduser())) for each, path in paths.items()}
    return NamedVault(name, places["vault"], places.get("index"))


def reading_rules(settings: Settings) -> dict[str, str]:
    """What the rows of a note depend on besides its bytes, as the index records it; where that differs, every note is
    read again (FAULTS C7).
    """
    parts: dict[str, object] = {"keys": settings.keys, "colors": settings.colors, "authors": settings.authors}
    if settings.template_rules != TemplateRules():
        parts["templates"] = settings.template_rules
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


def _template_rules(file: Path, section: object, before: TemplateRules) -> TemplateRules:
    """`use` and `ignore` are lists of vault paths, `off` is true or false; what is not said stays as it was."""
    cure = f'{file}: [templates] holds  use = ["a path"], ignore = ["a path"]  and  off = true'
    if not isinstance(section, dict) or not set(section) <= set(TemplateRules._fields):
        raise SettingsError(cure)
    for name in ("use", "ignore"):
        paths = section.get(name, [])
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise SettingsError(cure)
    if not isinstance(section.get("off", False), bool):
        raise SettingsError(cure)
    told: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in section.items()}
    return before._replace(**told)


def _texts(file: Path, section: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise SettingsError(f'{file}: {section} must be lines such as  "a name" = "another name"')
    return value


def _truth(file: Path, name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(f"{file}: {name} must be true or false")
    return value


def _by_key(authors: dict[str, str]) -> dict[str, str]:
    if not authors:
        return {}
    from litindex.text_keys import name_key

    return {name_key(name): stands_for for name, stands_for in authors.items()}
