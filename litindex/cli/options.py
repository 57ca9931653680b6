"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from litindex.errors import IndexFileError

DEFAULT_INDEX = Path("litindex.db")

_Command = TypeVar("_Command", bound=Callable[..., Any])


def index_option(command: _Command) -> _Command:
    """`--db PATH`, given to the command as `index`."""
    return click.option(
        "--db",
        "index",
        type=click.Path(path_type=Path),
        envvar="LITINDEX_DB",
        default=DEFAULT_INDEX,
        show_default=True,
        show_envvar=True,
        callback=_follow,
        help="The index file.",
    )(command)


def _follow(context: click.Context, parameter: click.Parameter, index: Path) -> Path:
    """An index has one name, by which its lock and its journal are found."""
    if index.is_dir() and not context.resilient_parsing:
        raise IndexFileError(f"{index} is a folder: the index is a file, choose one with --db")
    target = Path(os.path.realpath(index)) if index.is_symlink() else index
    if target.is_symlink():
        raise IndexFileError(f"{index} is a link that leads round in a circle: choose another file with --db")
    return target
