"""`litindex similar`: works near one, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from litindex.cli.asking import named_note, typed
from litindex.cli.options import offers
from litindex.cli.options.index import index_option
from litindex.cli.options.limits import Count
from litindex.cli.terminal.hits import heading
from litindex.cli.terminal.output import Output, output_options, write, write_rows
from litindex.cli.terminal.screen import escape, text_width, wrap
from litindex.query.connection import reading
from litindex.query.named import Row
from litindex.query.notes.similar import Similar, similar
from litindex.safe_json import to_json

_COLUMNS = ("citekey", "title", "creators", "year", "status", "path", "nearness", "why")


@click.command("similar")
@click.argument("called", metavar="KEY|PATH|TITLE", nargs=-1, required=True, shell_complete=offers.works)
@click.option(
    "--limit",
    type=Count(),
    metavar="N",
    default=10,
    show_default=True,
    help="At most so many works.",
)
@index_option
@output_options
def similar_command(called: tuple[str, ...], limit: int, index: Path, output: Output) -> None:
    """Works near a work or note, the nearest first, and why: what both cite, where both are cited, people, tags, and the
    words that tell what they are about. What few works share counts most.

    \b
      litindex similar okafor2021
      litindex similar "Drafts/Chapter 2.md" --limit 20

    Exit status 1: nothing is near it.
    """
    with reading(index) as connection:
        note = named_note(connection, typed(called))
        found = similar(connection, note.note_id, limit)
    if output == Output():
        write(f"{line}\n" for work in found for line in _lines(work))
    else:
        write_rows(_COLUMNS, map(_row, found), output)
    if not found:
        click.echo(f"Nothing is near {escape(note.title)}.", err=True)
        sys.exit(1)


def _lines(work: Similar) -> Iterator[str]:
    yield from heading(
        work.title, work.creators, work.year, work.status, work.citekey and f"@{work.citekey}", work.path
    )
    for reason in work.why:
        yield from (f"    {line}" for line in wrap(escape(str(reason)), text_width() - 4))
    yield ""


def _row(work: Similar) -> Row:
    """Lists as the database holds them."""
    creators, why = to_json(work.creators), to_json([str(reason) for reason in work.why])
    return work.citekey, work.title, creators, work.year, work.status, work.path, work.nearness, why
