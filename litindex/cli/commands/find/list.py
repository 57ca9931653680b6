"""`litindex list`: works, notes, highlights, tasks, people or tags, without words to search for."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from litindex.cli.asking import reading
from litindex.cli.options.filters import filter_options
from litindex.cli.options.index import index_option
from litindex.cli.options.limits import LARGEST, timeout_option
from litindex.cli.terminal.output import Output, output_options, write_rows
from litindex.query.lists.filters import Filters
from litindex.query.lists.listing import KINDS, Wanted, rows
from litindex.query.suggestions import did_you_mean

_OPTIONS = [
    click.option("--where", default="", metavar="SQL", help='Only rows for which this holds, e.g. "highlights > 3".'),
    click.option("--sort", multiple=True, metavar="COLUMN", help="By this column; -COLUMN: the largest first."),
    click.option("--columns", multiple=True, metavar="NAMES", help="Show these columns (a,b,c), or all."),
]


def wanted_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --where, --sort and --columns."""
    return functools.reduce(lambda made, option: option(made), reversed(_OPTIONS), command)


class _Kind(click.ParamType[str]):
    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in KINDS:
            return str(value)
        meant = did_you_mean(value, KINDS)
        self.fail(f"there is no list of {value!r}{meant}; there are {', '.join(KINDS)}", param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in KINDS if name.startswith(incomplete)]


@click.command("list", short_help="Works, notes, highlights, tasks, people or tags, with filters.")
@click.argument("what", type=_Kind(), default="works", metavar=f"[{'|'.join(KINDS)}]")
@filter_options
@wanted_options
@click.option("--limit", type=click.IntRange(1, LARGEST), metavar="N", help="At most so many rows.")
@timeout_option
@index_option
@output_options
def list_command(
    what: str,
    filters: Filters,
    where: str,
    sort: tuple[str, ...],
    columns: tuple[str, ...],
    limit: int | None,
    timeout: float,
    index: Path,
    output: Output,
) -> None:
    """List works, or notes, highlights, tasks, people, tags: all, or those that filters choose.

    \b
      litindex list --status unread --tag ml --sort -year
      litindex list highlights --author okafor --color yellow
      litindex list people --type "journal article" --limit 20
      litindex list --uncited --has pdf --columns citekey,title,path

    Filters choose notes: people and tags are those of the notes chosen, with their number. A value that nothing has is
    wrong usage (2). Exit status 1: nothing was found, as grep has it.
    """
    tell_rows(what, filters, Wanted(where, sort, columns, limit), timeout, index, output)


def tell_rows(kind: str, filters: Filters, wanted: Wanted, timeout: float, index: Path, output: Output) -> None:
    """Prints the rows; ends with 1 where there are none."""
    with reading(index) as connection:
        result = rows(connection, KINDS[kind], filters, wanted, timeout)
        count = write_rows(result.columns, result.rows, output)
    if not count:
        click.echo(f"No {kind} found.", err=True)
        sys.exit(1)
