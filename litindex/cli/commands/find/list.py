"""`litindex list`: works, notes, highlights, tasks, people or tags, without words to search for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from litindex.cli import vaults
from litindex.cli.options.rows import Asked, rows_options
from litindex.cli.terminal.output import write_rows
from litindex.query.connection import reading
from litindex.query.lists.listing import KINDS, rows
from litindex.query.named import Row
from litindex.query.suggestions import did_you_mean


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
@rows_options
def list_command(what: str, asked: Asked) -> None:
    """List works, or notes, highlights, tasks, people, tags: all, or those that filters choose.

    \b
      litindex list --status unread --tag ml --sort -year
      litindex list highlights --author okafor --color yellow
      litindex list people --type "journal article" --limit 20
      litindex list --uncited --has pdf --columns citekey,title,path

    Filters choose notes: people and tags are those of the notes chosen, with their number. A value that nothing has is
    wrong usage (2). Exit status 1: nothing was found, as grep has it.
    """
    tell_rows(what, asked)


def tell_rows(kind: str, asked: Asked) -> None:
    """Prints the rows; ends with 1 where there are none."""
    if asked.everywhere:
        count = _tell_everywhere(kind, asked)
    else:
        with reading(asked.index) as connection:
            result = rows(connection, KINDS[kind], asked.filters, asked.wanted, asked.timeout)
            count = write_rows(result.columns, result.rows, asked.output)
    if not count:
        click.echo(f"No {kind} found.", err=True)
        sys.exit(1)


def _tell_everywhere(kind: str, asked: Asked) -> int:
    """The rows of one vault after the other, each with the vault's name."""

    def ask(index: Path) -> tuple[tuple[str, ...], list[Row]]:
        with reading(index) as connection:
            result = rows(connection, KINDS[kind], asked.filters, asked.wanted, asked.timeout)
            return result.columns, list(result.rows)

    answers = vaults.across(ask)
    columns = ("vault", *answers[0][1][0])
    return write_rows(columns, ((name, *row) for name, (_, found) in answers for row in found), asked.output)
