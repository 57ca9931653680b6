"""`litindex build`: makes the index of a vault, or brings it up to date."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from litindex import indexer
from litindex.cli.options import DEFAULT_INDEX, index_option
from litindex.cli.screen import escape
from litindex.report import Report

_SHOWN_UNREADABLE = 10
_PROGRESS_SECONDS = 0.1


@click.command(short_help="Make the index of a vault, or bring it up to date.")
@click.argument("vault", required=False, type=click.Path(path_type=Path))
@index_option
@click.option("--full", is_flag=True, help="Read every note again, also those that did not change.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that parse (default: what is fastest here)."
)
@click.option(
    "--wait", type=click.FloatRange(0), default=0.0, metavar="SECONDS", help="Wait for another writer of the index."
)
@click.option(
    "--follow-links", is_flag=True, help="Also read folders outside the vault that symbolic links in it point to."
)
@click.option(
    "--allow-empty", is_flag=True, help="Believe a vault without any note: it was emptied, its disk is not missing."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Also print where the time went.")
def build(
    vault: Path | None,
    index: Path,
    full: bool,
    jobs: int | None,
    wait: float,
    follow_links: bool,
    allow_empty: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make the index of VAULT, or bring it up to date: only notes that changed are read.

    Without VAULT: the vault that the index was made of. The vault is only ever read.
    """
    progress = _Progress() if sys.stderr.isatty() and not quiet else None
    report = indexer.sync(
        vault or indexer.vault_of(index),
        index,
        full=full,
        jobs=jobs,
        wait=wait,
        follow_links=follow_links,
        allow_empty=allow_empty,
        progress=progress,
    )
    if progress:
        progress.clear()
    _tell(report, as_json, quiet, verbose)
    if report.unreadable:
        sys.exit(1)


class _Progress:
    """One line on a terminal's stderr, written over again."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self._next or done == total:
            self._next = now + _PROGRESS_SECONDS
            click.echo(f"\r{done:,} of {total:,} notes", nl=False, err=True)

    def clear(self) -> None:
        click.echo("\r\x1b[K", nl=False, err=True)


def _tell(report: Report, as_json: bool, quiet: bool, verbose: bool) -> None:
    if as_json:
        import json

        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    elif not quiet:
        click.echo("\n".join(_summary(report, verbose)))
    if not as_json:
        for line in _complaints(report):
            click.echo(line, err=True)


def _summary(report: Report, verbose: bool) -> list[str]:
    notes = report.unchanged + report.added + report.changed + report.moved
    seconds = f"{report.seconds['all']:.2f} s"
    if not report.changes and not report.parsed:
        lines = [f"Nothing changed: {notes:,} notes, looked at in {seconds}."]
    else:
        lines = [f"{_done(report)} in {seconds}: {escape(report.index)}", *_holdings(report)]
    if verbose:
        lines += [f"  {phase:<12} {took:8.3f} s" for phase, took in report.seconds.items() if phase != "all"]
        lines.append(f"  {report.read:,} notes read, {report.parsed:,} parsed, {report.rows_written:,} rows written")
    if report.full and report.added and report.added == notes:
        database = "" if report.index == str(DEFAULT_INDEX) else f" --db {escape(report.index)}"
        lines += [
            "",
            f"Next:  litindex search WORDS{database}",
            f"       litindex query{database}",
            f"       datasette {escape(report.index)}",
        ]
    return lines


def _done(report: Report) -> str:
    parts = [
        (report.added, "added"),
        (report.changed, "changed"),
        (report.moved, "moved"),
        (report.removed, "removed"),
    ]
    told = ", ".join(f"{count:,} {what}" for count, what in parts if count)
    if told:
        return f"{told} {'note' if sum(count for count, _ in parts) == 1 else 'notes'}"
    return f"{report.parsed:,} notes read again" if report.parsed else f"{report.attachments_changed:,} attachments"


def _holdings(report: Report) -> list[str]:
    counts = [f"{count:,} {table}" for table, count in report.totals.items() if count]
    return ["  " + ", ".join(counts[at : at + 6]) for at in range(0, len(counts), 6)]


def _complaints(report: Report) -> list[str]:
    lines = [f"Damaged index moved to {escape(report.rebuilt)}; made anew."] if report.rebuilt else []
    lines += [f"Cannot be read: {escape(path or '.')}" for path in report.unreadable[:_SHOWN_UNREADABLE]]
    if len(report.unreadable) > _SHOWN_UNREADABLE:
        lines.append(f"… and {len(report.unreadable) - _SHOWN_UNREADABLE:,} more (litindex query problem_counts)")
    return lines
