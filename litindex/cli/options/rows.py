"""The options of commands that print rows: which, in which order, how many, as what."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from litindex.cli.options.filters import filter_options
from litindex.cli.options.index import all_option, index_option
from litindex.cli.options.limits import Count, timeout_option
from litindex.cli.terminal.output import Output, output_options
from litindex.query.lists.filters import Filters
from litindex.query.lists.listing import Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of which index, and as what it is to be printed."""

    filters: Filters
    wanted: Wanted
    timeout: float
    index: Path
    everywhere: bool
    output: Output


_OPTIONS = [
    click.option("--where", default="", metavar="SQL", help='Only rows for which this holds, e.g. "highlights > 3".'),
    click.option("--sort", multiple=True, metavar="COLUMN", help="By this column; -COLUMN: the largest first."),
    click.option("--columns", multiple=True, metavar="NAMES", help="Show these columns (a,b,c), or all."),
    click.option("--limit", type=Count(), metavar="N", help="At most so many (a search by words: 20)."),
]

_ALL = all_option("In every vault that `litindex vaults` lists; each answer names its vault.")


def rows_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the filters, --where, --sort, --columns, --limit, --timeout, --db, --vault, --all and the formats; the command gets one argument
    `asked`.
    """

    @functools.wraps(command)
    def gather(
        *args: Any,
        filters: Filters,
        where: str,
        sort: tuple[str, ...],
        columns: tuple[str, ...],
        limit: int | None,
        timeout: float,
        index: Path,
        everywhere: bool,
        output: Output,
        **rest: Any,
    ) -> Any:
        wanted = Wanted(where, sort, columns, limit)
        return command(*args, asked=Asked(filters, wanted, timeout, index, everywhere, output), **rest)

    made = timeout_option(index_option(_ALL(output_options(gather))))
    return filter_options(functools.reduce(lambda each, option: option(each), reversed(_OPTIONS), made))
