"""The vaults that are known by a name: those of `litindex.toml` in the user's configuration folder, and those whose index
was built here, which are called as their folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from litindex.cli import places
from litindex.cli.terminal.screen import escape
from litindex.errors import IndexFileError, LitindexError, QueryError
from litindex.query.suggestions import no_such
from litindex.settings import load_vaults

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A vault and its index, which may not be made yet."""

    name: str
    vault: Path
    index: Path


def config_folder() -> Path:
    """The folder of this user's litindex.toml (LITINDEX_CONFIG, else what the system has for it)."""
    if named := os.environ.get("LITINDEX_CONFIG"):
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path("litindex", appauthor=False)


def all_vaults() -> list[Known]:
    """Those that the user named, in their order, then the others by name. SettingsError: litindex.toml makes no sense."""
    named = [Known(each.name, each.vault, each.index or _index_of(each.vault)) for each in load_vaults(config_folder())]
    taken = {os.path.realpath(each.index) for each in named}
    others = [Known(vault.name, vault, index) for index, vault in places.known().items() if str(index) not in taken]
    return [*named, *sorted(others)]


def find(name: str) -> Known:
    """The vault of that name. QueryError: there is none; IndexFileError: several are called so."""
    known = all_vaults()
    found = [each for each in known if each.name == name]
    if len(found) == 1:
        return found[0]
    if not found:
        raise QueryError(no_such("vault", name, [each.name for each in known]))
    listed = ", ".join(str(each.index) for each in found)
    raise IndexFileError(f"{len(found)} vaults are called {name}, with the indexes {listed}: name one by --db PATH")


def root_of(index: Path) -> Path:
    """The vault that an index is or will be made of. IndexFileError: nobody knows."""
    if not index.exists():
        for each in all_vaults():
            if each.index == index:
                return each.vault
    from litindex.index.file import index_file  # 15 ms: a search needs none of it

    return index_file.vault_of(index)


def across(ask: Callable[[Path], _Answer]) -> list[tuple[str, _Answer]]:
    """What the index of each known vault answers, by the vault's name; which of them cannot is said on stderr.
    LitindexError: none can.
    """
    answers: list[tuple[str, _Answer]] = []
    troubles: list[tuple[str, LitindexError]] = []
    for each in all_vaults():
        try:
            answers.append((each.name, ask(each.index)))
        except LitindexError as error:
            troubles.append((each.name, error))
    if not answers:
        raise troubles[0][1] if troubles else IndexFileError("no vault is known: litindex build VAULT makes an index")
    for name, trouble in troubles:
        click.echo(escape(f"{name}: {trouble}"), err=True)
    return answers


def _index_of(vault: Path) -> Path:
    """The index that was built of a vault, else the one of the data folder."""
    root = Path(os.path.realpath(vault))
    return next((index for index, its in places.known().items() if its == root), places.own_place(root))
