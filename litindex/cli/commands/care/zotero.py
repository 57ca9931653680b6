"""`litindex zotero`: what differs between the notes and Zotero."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from litindex.cli.options.index import index_option
from litindex.cli.terminal.output import Output, output_options, write, write_rows
from litindex.cli.terminal.screen import bold, dim, escape
from litindex.query.connection import reading
from litindex.zotero_library.comparing.findings import KINDS, Finding, Report, compare
from litindex.zotero_library.reading import notes
from litindex.zotero_library.reading.data_folder import find_database
from litindex.zotero_library.reading.library import read_library

_SHOWN = 20
"""So many findings of a kind are shown where nobody asked for that kind alone."""


@click.command()
@click.argument("database", required=False, type=click.Path(path_type=Path), metavar="[PATH/zotero.sqlite]")
@click.option("--data-dir", type=click.Path(file_okay=False, path_type=Path), help="The folder of Zotero's data.")
@click.option(
    "--only", multiple=True, type=click.Choice(list(KINDS)), metavar="KIND", help="Only differences of this kind."
)
@click.option("--skip", multiple=True, type=click.Choice(list(KINDS)), metavar="KIND", help="None of this kind.")
@output_options
@index_option
def zotero(
    database: Path | None,
    data_dir: Path | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    output: Output,
    index: Path,
) -> None:
    """Compare the literature notes with Zotero: what differs, item by item. Nothing is written, to neither of them.

    \b
      litindex zotero
      litindex zotero --data-dir /media/lab/Zotero --skip no-note
      litindex zotero --only annotations --json

    KIND is no-note, gone, trashed, merged, renewed, outdated, annotations, citekey, title, creators, date, doi, container, tags
    or collections. Zotero may be running: its database is read without a lock, as it was at its last saving. Where it is
    nobody says: as Zotero's own settings do, else ~/Zotero. Exit status 1: something differs.
    """
    if database and data_dir:
        raise click.UsageError("name the database or the folder it is in, not both.")
    with reading(index) as connection:
        ours = notes.read_notes(connection)
    report = compare(ours, read_library(find_database(database or data_dir)))
    findings = [each for each in report.findings if each.kind in (only or KINDS) and each.kind not in skip]
    if output.kind:
        write_rows(Finding._fields, findings, output)
    else:
        write(_told(findings, only))
        write([_summary(report, findings, is_all=not (only or skip))])
    sys.exit(1 if findings else 0)


def _told(findings: Sequence[Finding], all_of: Sequence[str]) -> Iterator[str]:
    for kind, of_kind in itertools.groupby(findings, lambda each: each.kind):
        found = list(of_kind)
        shown = found if kind in all_of else found[:_SHOWN]
        yield f"{bold(kind)}  {KINDS[kind]} {dim(f'({len(found):,})')}\n"
        for finding in shown:
            yield from _lines(finding)
        if len(found) > len(shown):
            yield f"  and {len(found) - len(shown):,} more: litindex zotero --only {kind}\n"
        yield "\n"


def _lines(finding: Finding) -> Iterator[str]:
    """Note and Zotero below each other, as one compares them; the links last."""
    yield f"  {escape(finding.path or finding.item)}\n"
    for who, what in (("note", finding.note), ("Zotero", finding.zotero)):
        if what and finding.path and what != finding.zotero_uri:
            yield f"    {who:6}  {escape(what)}\n"
    links = "  ".join(filter(None, (finding.zotero_uri, finding.obsidian_uri)))
    yield f"    {dim(escape(links))}\n"


def _summary(report: Report, findings: Sequence[Finding], *, is_all: bool) -> str:
    compared = (
        f"{report.matched:,} of {report.notes:,} literature notes are about one of {report.items:,} items in Zotero"
    )
    if not findings:
        return f"{'Nothing differs' if is_all else 'Nothing of this kind differs'}: {compared}.\n"
    return f"{len(findings):,} difference{'s' if len(findings) > 1 else ''}: {compared}.\n"
