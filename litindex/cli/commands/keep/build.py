"""`litindex build`: makes the index of a vault, or brings it up to date."""

from __future__ import annotations

import gc
import shlex
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from litindex.cli import places, vaults
from litindex.cli.options.index import DEFAULT_INDEX, all_option, index_option
from litindex.cli.options.limits import Seconds
from litindex.cli.terminal.progress import Progress
from litindex.cli.terminal.screen import escape
from litindex.sync import indexer
from litindex.sync.report import Report

_SHOWN_UNREADABLE = 10
_SHOWN_CODES = 4


@click.command(short_help="Make the index of a vault, or bring it up to date.")
@click.argument("vault", required=False, type=click.Path(path_type=Path))
@all_option("Each vault that `litindex vaults` lists.")
@index_option
@click.option(
    "--full", is_flag=True, help="Read every note again, also those that did not change, and look for damage."
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="N",
    envvar="LITINDEX_JOBS",
    show_envvar=True,
    help="Processes that parse (default: what is fastest here; 1: this one).",
)
@click.option("--wait", type=Seconds(), default=0.0, metavar="SECONDS", help="Wait for another writer of the index.")
@click.option(
    "--follow-links", is_flag=True, help="Also read folders outside the vault that symbolic links in it point to."
)
@click.option(
    "--allow-empty", is_flag=True, help="Believe a vault without any note: it was emptied, its disk is not missing."
)
@click.option("--moved", is_flag=True, help="VAULT is the vault of the index at its new place.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Also print where the time went.")
def build(
    vault: Path | None, index: Path, everywhere: bool, as_json: bool, quiet: bool, verbose: bool, **how: Any
) -> None:
    """Make the index of VAULT, or bring it up to date: only notes that changed are read.

    Without VAULT: the vault that the index was made of. The vault is only ever read. A new index is litindex.db in the
    current folder; where that lies in a vault, a file of your data folder.
    """
    if everywhere and vault:
        raise click.UsageError("--all builds every vault that is known: name none")
    if vault and not index.exists():
        _ask_which(vault)
    gc.disable()  # one run: what it makes it keeps, or goes by itself; looking for garbage takes a quarter longer
    if everywhere:
        reports = [report for _, report in vaults.across(lambda each: _sync(vaults.root_of(each), each, quiet, how))]
    else:
        reports = [_sync(vault or vaults.root_of(index), index, quiet, how)]
    if as_json:
        from litindex.safe_json import to_json

        told = [report.as_dict() for report in reports]
        click.echo(to_json(told if everywhere else told[0], indent=2))
    else:
        for report in reports:
            _tell(report, quiet, verbose)
    if any(report.unreadable for report in reports) or (everywhere and len(reports) < len(vaults.all_vaults())):
        sys.exit(1)


def _sync(vault: Path, index: Path, quiet: bool, how: Mapping[str, Any]) -> Report:
    """`how`: as `indexer.sync` has it."""
    places.make_folder(index)
    with _unless_stopped(), Progress("notes", sys.stderr, wanted=not quiet) as progress:
        report = indexer.sync(vault, index, progress=progress, **how)
    places.remember(index, Path(report.vault))
    return report


@contextmanager
def _unless_stopped() -> Iterator[None]:
    """Ctrl-C ends the program with 130, and says what it leaves."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("Stopped: the index is as it was before.", err=True)
        sys.exit(130)


def _ask_which(vault: Path) -> None:
    """A folder that is hardly meant, before an index is made of it: asked about on a terminal, said elsewhere."""
    inner = places.vaults_in(vault)
    if inner:
        names = ", ".join(each.name for each in inner[:5]) + (" …" if len(inner) > 5 else "")
        doubt, question = f"holds {_count(len(inner), 'vault')}: {names}", "Index all that is in it as one vault?"
    elif places.holds_nothing(vault):
        doubt, question = "holds neither notes nor a folder .obsidian", "Make an index of it all the same?"
    else:
        return
    click.echo(escape(f"{vault} is perhaps not the vault that you mean: it {doubt}."), err=True)
    if sys.stdin.isatty():
        click.confirm(question, abort=True, err=True)


def _tell(report: Report, quiet: bool, verbose: bool) -> None:
    if not quiet:
        click.echo("\n".join(_summary(report, verbose)))
    for line in _complaints(report):
        click.echo(line, err=True)


def _summary(report: Report, verbose: bool) -> list[str]:
    notes = report.unchanged + report.added + report.changed + report.moved
    seconds = f"{report.seconds['all']:.2f} s"
    if report.changes or report.parsed:
        lines = [f"{escape(report.index)}: {_done(report)} in {seconds}", *_holdings(report)]
    else:
        lines = [f"Nothing changed: {_count(notes, 'note')}, looked at in {seconds}."]
    if verbose:
        lines += [f"  {took:8.3f} s  {phase}" for phase, took in report.seconds.items() if phase != "all"]
        lines.append(f"  {report.read:,} notes read, {report.parsed:,} parsed, {report.rows_written:,} rows written")
    if report.added and report.added == notes:
        lines += ["", *_next_steps(report)]
    return lines


def _done(report: Report) -> str:
    counts = [
        (report.added, "added"),
        (report.changed, "changed"),
        (report.moved, "moved"),
        (report.removed, "removed"),
    ]
    told = [(count, what) for count, what in counts if count]
    if told:
        (count, what), *others = told
        return ", ".join([f"{_count(count, 'note')} {what}", *(f"{count:,} {what}" for count, what in others)])
    if report.parsed:
        return f"{_count(report.parsed, 'note')} read again"
    return f"{_count(report.attachments_changed, 'attachment')} changed"


def _holdings(report: Report) -> list[str]:
    """What there is now, and how much of it could not be understood."""
    held = [_count(count, table[:-1]) for table, count in report.totals.items() if count and table != "problems"]
    lines = ["  " + ", ".join(held[at : at + 6]) for at in range(0, len(held), 6)]
    if report.totals.get("problems"):
        lines.append(f"  {_count(report.totals['problems'], 'problem')}: {', '.join(_most_frequent(report.problems))}")
    return lines


def _most_frequent(problems: dict[str, int]) -> list[str]:
    codes = sorted(problems, key=lambda code: (-problems[code], code))
    shown = [f"{problems[code]:,} {code}" for code in codes[:_SHOWN_CODES]]
    return [*shown, "…"] if len(codes) > _SHOWN_CODES else shown


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _next_steps(report: Report) -> list[str]:
    database = "" if report.index == str(DEFAULT_INDEX) else f" --db {shlex.quote(report.index)}"
    return [
        "Next:",
        f"  litindex search WORDS{database}",
        f"  litindex query --list{database}",
        f"  litindex serve{database}",
    ]


def _complaints(report: Report) -> list[str]:
    lines = [f"Damaged index moved to {escape(report.rebuilt)}; rebuilt."] if report.rebuilt else []
    lines += [f"Cannot be read: {escape(path or '.')}" for path in report.unreadable[:_SHOWN_UNREADABLE]]
    if len(report.unreadable) > _SHOWN_UNREADABLE:
        lines.append(f"… and {len(report.unreadable) - _SHOWN_UNREADABLE:,} more (litindex query problem-list)")
    return lines
