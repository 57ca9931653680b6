"""`litindex status`: what the index holds, and whether it says what the vault says now."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from litindex import status as index_status
from litindex.cli.options import index_option
from litindex.cli.screen import escape


@click.command(short_help="What the index holds, and whether it is up to date.")
@index_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def status(index: Path, as_json: bool) -> None:
    """What the index holds, of which vault, when and by which version it was made, and how many files differ from it
    now.

    Exit status 1 when something differs.
    """
    found = index_status.read_status(index)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(found)))
    if not found.is_current:
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
