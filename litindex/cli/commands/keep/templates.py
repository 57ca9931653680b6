"""`litindex templates`: which templates of the vault are read, and what is read by them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from litindex.cli.options.index import index_option
from litindex.cli.terminal.output import write
from litindex.cli.terminal.screen import bold, escape
from litindex.safe_json import to_json
from litindex.sync.template_report import Report, report_templates


@click.command(short_help="The templates of the vault, and what is read by them.")
@index_option
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def templates(index: Path, as_json: bool) -> None:
    """The templates that make literature notes: where they are, how many notes each made, which values it prints at which
    line, and the lines that are not understood.

    `litindex.toml` says which files are templates:  [templates]  use = ["a path"], ignore = ["a path"], off = true
    """
    found = report_templates(index)
    if as_json:
        write([to_json([_plain(each) for each in found], indent=2), "\n"])
    elif found:
        write(f"{line}\n" for each in found for line in _lines(each))
    else:
        write(['No template makes literature notes here; [templates] use = ["a path"] in litindex.toml names one.\n'])


def _plain(report: Report) -> dict[str, object]:
    return {**report._asdict(), "printed": [each._asdict() for each in report.printed]}


def _lines(report: Report) -> Iterator[str]:
    notes = "1 note" if report.notes == 1 else f"{report.notes:,} notes"
    yield f"{bold(escape(report.path))}  made {notes}"
    printed = sorted(report.printed)
    for field, places in groupby(printed, key=lambda each: each.field):
        name = field.removeprefix("creator:").replace("_", " ")
        yield f"  {name:<13} line {', '.join(str(each.line) for each in places)}"
    if report.unread:
        yield f"  not understood: line {', '.join(map(str, report.unread))}"
