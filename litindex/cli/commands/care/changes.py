"""`litindex changes`: what changed in the notes, by day."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import click

from litindex.cli.asking import named_note, typed
from litindex.cli.options import offers
from litindex.cli.options.index import index_option
from litindex.cli.options.limits import Count
from litindex.cli.terminal.output import write
from litindex.cli.terminal.screen import bold, escape
from litindex.history.changes import Change
from litindex.history.wording import tell_all
from litindex.query import named
from litindex.query.connection import reading
from litindex.safe_json import to_json

_MOST = 1000
_A_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?|\d+")
_DAYS = re.compile(r"(\d{1,5})d")


class _Told(NamedTuple):
    """A row of the query `what-changed`."""

    run: int
    at: str
    path: str | None
    what: str
    before: str | int | None
    after: str | int | None


class Since(click.ParamType[str]):
    """A point in time as the query `what-changed` compares it, or the number of a run."""

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        days = {"today": 0, "yesterday": 1}
        if found := _DAYS.fullmatch(value):
            days[value] = int(found[1])
        if value in days:
            return (date.today() - timedelta(days=days[value])).isoformat()
        if not _A_TIME.fullmatch(value):
            self.fail(
                f"{value!r} is no time: write 2026-11-30, '2026-11-30 14:02', today, yesterday, 7d or a run's number"
            )
        return value.replace("T", " ")


@click.command()
@click.argument("note", nargs=-1, shell_complete=offers.works)
@click.option("--since", type=Since(), metavar="TIME|RUN", help="From then on: 2026-11-30, yesterday, 7d, 12.")
@click.option(
    "-n", "--limit", type=Count(), default=_MOST, show_default=True, metavar="N",
    help="At most so many changes, the last ones.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="An array of objects, one a change.")
@index_option
def changes(note: tuple[str, ...], since: str | None, limit: int, as_json: bool, index: Path) -> None:
    """Say what changed in the notes, by day, the last day first: what came and went, was renamed, read, marked, written.

    It is what litindex saw from run to run: what was changed and changed back between two runs it does not know. NOTE is
    found as by `litindex show`.
    """
    with reading(index) as connection:
        name = typed(note)
        found = _ask(connection, since or "", name, limit)
        if name and not found:
            found = _ask(connection, since or "", named_note(connection, name).path, limit)
    write([to_json([told._asdict() for told in found], indent=2), "\n"] if as_json else _by_day(found))
    if len(found) == limit:
        click.echo(f"The last {limit:,} changes; -n shows more.", err=True)


def _ask(connection: sqlite3.Connection, since: str, path: str, limit: int) -> list[_Told]:
    asked = named.load()["what-changed"]
    values = asked.bind({"since": since, "note": path, "limit": str(limit)})
    return [_Told(*row) for row in named.run(connection, asked.sql, values).rows]  # type: ignore[arg-type]


def _by_day(found: Sequence[_Told]) -> Iterator[str]:
    if not found:
        yield "Nothing is known to have changed.\n"
    for number, (day, of_day) in enumerate(groupby(found, lambda told: told.at[:10])):
        yield "\n" * (number > 0) + f"{bold(day)}\n"
        for (_, at), of_run in groupby(of_day, lambda told: (told.run, told.at)):
            yield from (f"  {at[11:16]}  {escape(line)}\n" for line in _lines(list(of_run)))


def _lines(of_run: Sequence[_Told]) -> Iterator[str]:
    """One a note; the run that made the index comes with how many notes it read."""
    for told in of_run:
        if told.what == "built":
            count = int(told.after or 0)
            yield f"the index was made of {count:,} {'note' if count == 1 else 'notes'}"
    yield from tell_all(Change(*told[2:]) for told in of_run if told.path is not None)  # type: ignore[arg-type]
