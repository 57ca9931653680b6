"""`litindex status`: what the index holds, and whether it says what the vault says now."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from pathlib import Path

import click

from litindex.cli.options.index import index_option
from litindex.cli.options.limits import Seconds
from litindex.cli.terminal.screen import escape
from litindex.errors import IndexFileError
from litindex.safe_json import to_json
from litindex.watch import status as index_status
from litindex.watch import status_file


@click.command(short_help="What the index holds, and whether it is up to date.")
@index_option
@click.option(
    "--wait",
    type=Seconds(),
    metavar="SECONDS",
    help="Ask the running `watch` to look at everything, and wait until what is there now is in the index.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def status(index: Path, wait: float | None, as_json: bool) -> None:
    """What the index holds, of which vault, when and by which version it was made, how many files differ from it now,
    and how the daemon is that keeps it (`litindex watch`).

    Exit status 1 when something differs, or when a daemon runs and is not well.
    """
    began_ns = time.monotonic_ns()
    pulse = status_file.read_pulse(index) if wait is None else status_file.wait_until_settled(index, wait)
    try:
        found = index_status.read_status(index)
    except IndexFileError as error:
        if as_json:
            click.echo(to_json({"error": str(error), "daemon": asdict(pulse)}, indent=2))
        elif pulse.pid:
            click.echo(f"daemon    {escape(pulse.describe())}")
        raise
    found.more["daemon"] = pulse.describe()
    if as_json:
        click.echo(to_json({**found.as_dict(), "daemon": asdict(pulse)}, indent=2))
    else:
        click.echo("\n".join(_lines(found)))
    has_settled = wait is not None and pulse.has_settled_since(began_ns)
    if not has_settled and not (found.is_current and (pulse.is_well or not pulse.is_running)):
        sys.exit(1)


def _lines(found: index_status.Status) -> list[str]:
    lines = [
        f"index     {escape(found.index)}",
        f"vault     {escape(found.vault)}",
        f"made      {found.indexed_at or 'not yet'}, by litindex {found.litindex_version or '?'}",
        f"now       {escape(found.now)}",
        *(f"{name:<9} {escape(text)}" for name, text in found.more.items()),
        "holds",
        *(f"  {table:<12} {count:>9,}" for table, count in found.totals.items()),
    ]
    if found.problems:
        lines += ["problems", *(f"  {code:<28} {count:>7,}" for code, count in found.problems.items())]
    return lines
