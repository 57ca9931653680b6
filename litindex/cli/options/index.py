"""Which index a command asks or makes: `--db`."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from litindex.cli import places
from litindex.errors import IndexFileError, LitindexError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

DEFAULT_INDEX = Path(places.NAME)

_Command = TypeVar("_Command", bound=Callable[..., Any])


_VAULT, _ALL = "litindex.vault", "litindex.all"


def index_option(command: _Command) -> _Command:
    """`--db PATH` or `--vault NAME`, given to the command as `index`."""
    with_vault = click.option(
        "--vault", "vault_name", metavar="NAME", expose_value=False, is_eager=True, callback=_remember_vault,
        shell_complete=_names, help="The index of the vault of that name (litindex vaults).",
    )  # fmt: skip
    return click.option(
        "--db",
        "index",
        type=click.Path(path_type=Path),
        envvar="LITINDEX_DB",
        show_envvar=True,
        callback=_follow,
        help="The index file (default: litindex.db here, else the one that was built of the vault you stand in, else the only one).",
    )(with_vault(command))


def all_option(about: str) -> Callable[[_Command], _Command]:
    """`--all`, given to the command as `everywhere`: no one index is looked for."""
    return click.option("--all", "everywhere", is_flag=True, is_eager=True, callback=_remember_all, help=about)


def _remember_vault(context: click.Context, parameter: click.Parameter, name: str | None) -> None:
    name = name or (context.parent.params.get("vault") if context.parent else None)
    if name and not context.resilient_parsing:
        from litindex.cli import vaults

        context.meta[_VAULT] = vaults.find(name).index


def _remember_all(context: click.Context, parameter: click.Parameter, everywhere: bool) -> bool:
    context.meta[_ALL] = everywhere
    return everywhere


def _names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from litindex.cli import vaults

    with suppress(LitindexError):
        return [CompletionItem(each.name) for each in vaults.all_vaults() if each.name.startswith(incomplete)]
    return []


def _vault_index(context: click.Context) -> Path | None:
    """The index of the vault that `--vault` names. UsageError: --db names another."""
    index: Path | None = context.meta.get(_VAULT)
    if index and context.get_parameter_source("index") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--vault and --db both name an index: give one of them", context)
    return index


def _found(context: click.Context) -> Path:
    """What `litindex --db` says, else where an index is looked for."""
    named = context.parent.params.get("index") if context.parent else None
    if named:
        return Path(named)
    try:
        makes_one = any(parameter.name == "vault" for parameter in context.command.params)
        return places.place_for(context.params.get("vault")) if makes_one else places.find()
    except IndexFileError:
        if context.resilient_parsing:
            return DEFAULT_INDEX
        raise


def _follow(context: click.Context, parameter: click.Parameter, named: Path | None) -> Path:
    """An index has one name, by which its lock and its journal are found."""
    if context.meta.get(_ALL):
        return DEFAULT_INDEX
    index = _vault_index(context) or named or _found(context)
    if index.is_dir() and not context.resilient_parsing:
        raise IndexFileError(f"{index} is a folder: the index is a file, choose one with --db")
    target = Path(os.path.realpath(index)) if index.is_symlink() else index
    if target.is_symlink():
        raise IndexFileError(f"{index} is a link that leads round in a circle: choose another file with --db")
    return target
