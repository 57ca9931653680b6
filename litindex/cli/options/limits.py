"""How long, how many: limits that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from litindex.query.named import TIMEOUT

_Command = TypeVar("_Command", bound=Callable[..., Any])
_LARGEST = 2**63 - 1
_A_YEAR = 366 * 86400.0


class Count(click.ParamType[int]):
    """How many at most: 1 to the largest integer that SQLite knows."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        count: int = click.INT.convert(value, param, ctx)
        if not 1 <= count <= _LARGEST:
            self.fail(f"{value!r} is not from 1 to 2⁶³-1.", param, ctx)
        return count


class Seconds(click.ParamType[float]):
    """A time that the system can wait for: a number (nan is none), at most a year."""

    name = "seconds"

    def __init__(self, least: float = 0.0) -> None:
        self._least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        seconds: float = click.FLOAT.convert(value, param, ctx)
        if not self._least <= seconds <= _A_YEAR:
            self.fail(f"{value!r} is no number of seconds from {self._least:g} to a year.", param, ctx)
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
