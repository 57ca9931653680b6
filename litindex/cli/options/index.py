"""Which index a command asks or makes: `--db`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from litindex.cli import places
from litindex.errors import IndexFileError

DEFAULT_INDEX = Path(places.NAME)

_Command = TypeVar("_Command", bound=Callable[..., Any])


def index_option(command: _Command) -> _Command:
    """`--db PATH`, given to the command as `index`."""
    return click.option(
        "--db",
        "index",
        type=click.Path(path_type=Path),
        envvar="LITINDEX_DB",
        show_envvar=True,
        callback=_follow,
        help="The index file (default: litindex.db here, else the one that was built of the vault you stand in, else the only one).",
    )(command)


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
    index = named or _found(context)
    if index.is_dir() and not context.resilient_parsing:
        raise IndexFileError(f"{index} is a folder: the index is a file, choose one with --db")
    target = Path(os.path.realpath(index)) if index.is_symlink() else index
    if target.is_symlink():
        raise IndexFileError(f"{index} is a link that leads round in a circle: choose another file with --db")
    return target
