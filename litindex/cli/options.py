"""Options that several commands share."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from litindex.cli import places
from litindex.errors import IndexFileError
from litindex.query.named import TIMEOUT

DEFAULT_INDEX = Path(places.NAME)

LARGEST = 2**63 - 1
"""The largest integer that SQLite knows."""

_A_YEAR = 366 * 86400.0
_Command = TypeVar("_Command", bound=Callable[..., Any])


class Seconds(click.FloatRange):
    """A time that the system can wait for: a number (nan is none), at most a year."""

    def __init__(self, least: float = 0.0) -> None:
        super().__init__(least, _A_YEAR)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        seconds: float = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(f"{value!r} is no number of seconds.", param, ctx)
        return seconds


def timeout_option(command: _Command) -> _Command:
    """`--timeout SECONDS`, given to the command as `timeout`."""
    return click.option(
        "--timeout",
        type=Seconds(),
        default=TIMEOUT,
        show_default=True,
        metavar="SECONDS",
        help="Give up after so long.",
    )(command)


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
