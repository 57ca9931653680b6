"""`litindex lost`: words that were gone from a note, and what they were."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from litindex.cli.asking import named_note, typed
from litindex.cli.options import offers
from litindex.cli.options.index import index_option
from litindex.cli.terminal.output import write
from litindex.cli.terminal.screen import escape, escape_lines, on_terminal, text_width, wrap
from litindex.errors import NothingFound
from litindex.query import named
from litindex.query.connection import reading
from litindex.safe_json import to_json

_A_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?")
_LAST_SECOND = "9999-12-31 23:59:59"


class _Lost(NamedTuple):
    """A row of the query `lost-words`."""

    at: str
    path: str
    block: str | None
    characters: int
    text: str


@click.command()
@click.argument("note", nargs=-1, shell_complete=offers.works)
@click.option(
    "--at", metavar="TIME", help="The last loss up to then, as the list gives it: 2026-11-30, '2026-11-30 14:02'."
)
@click.option("--json", "as_json", is_flag=True, help="An array of objects, one a text, the texts whole.")
@index_option
def lost(note: tuple[str, ...], at: str | None, as_json: bool, index: Path) -> None:
    """List notes from which words of yours were gone; with NOTE, print the words as they were.

    \b
      litindex lost
      litindex lost okafor21 > okafor21-notes.md

    Kept is what a run found more than half gone of, and at least 200 characters: the text of a persist block, or your own
    words outside of these. The note itself is never written.
    """
    if at is not None and not _A_TIME.fullmatch(at):
        raise click.UsageError(f"{at!r} is no time: write 2026-11-30 or '2026-11-30 14:02'")
    with reading(index) as connection:
        name = typed(note)
        found = _ask(connection, name)
        if name:
            found = _last_loss(found or _ask(connection, named_note(connection, name).path), at or "")
    if name and not found:
        raise NothingFound(f"no lost words of {name}" + (f" up to {at}" if at else ""))
    if as_json:
        write([to_json([each._asdict() for each in found], indent=2), "\n"])
    else:
        write(_printed(found) if name else _listed(found))


def _ask(connection: sqlite3.Connection, path: str = "") -> list[_Lost]:
    asked = named.load()["lost-words"]
    values = asked.bind({"note": path, "limit": "10000"})
    return [_Lost(*row) for row in named.run(connection, asked.sql, values).rows]  # type: ignore[arg-type]


def _last_loss(found: Sequence[_Lost], at: str) -> list[_Lost]:
    """What one run found gone: the last one up to that time, or of all."""
    until = at.replace("T", " ") + _LAST_SECOND[len(at) :]
    known = [each for each in found if each.at <= until]
    return [each for each in known if each.at == known[0].at]


def _printed(found: Sequence[_Lost]) -> Iterator[str]:
    shown = escape_lines if on_terminal() else str
    yield "\n\n".join(shown(each.text) for each in found)
    yield "\n"


def _listed(found: Sequence[_Lost]) -> Iterator[str]:
    if not found:
        yield "Nothing is lost.\n"
    for each in found:
        where = f" in the persist block {each.block}" if each.block else ""
        yield f"{each.at}  {escape(each.path)}: {each.characters:,} characters{escape(where)}\n"
        yield from (f"  {line}\n" for line in wrap(escape(each.text[:500]), min(text_width(), 100) - 2, most=2))
