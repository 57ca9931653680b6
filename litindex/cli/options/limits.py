"""How long, how many: limits that several commands have."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

import click

from litindex.query.named import TIMEOUT

_Command = TypeVar("_Command", bound=Callable[..., Any])
LARGEST = 2**63 - 1
"""The largest integer that SQLite knows."""

_A_YEAR = 366 * 86400.0


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
