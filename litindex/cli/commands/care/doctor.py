"""`litindex doctor`: what is wrong in the vault, and what to write instead."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from litindex.cli.options.filters import filter_options
from litindex.cli.options.index import index_option
from litindex.cli.options.limits import timeout_option
from litindex.cli.terminal.output import write
from litindex.cli.terminal.screen import bold, dim, escape, text_width, wrap
from litindex.doctor import reports
from litindex.doctor.check import Check, Finding, choose, load
from litindex.doctor.run import count, diagnose, reaches
from litindex.query.connection import reading
from litindex.query.lists.filters import Filters
from litindex.safe_json import to_json
from litindex.version import __version__


@click.command(
    epilog="A check in a folder `checks` beside the index is yours: an SQL file whose rows have a path and a message."
)
@click.argument("words", nargs=-1, metavar="[CHECK]...")
@click.option("--explain", multiple=True, metavar="CHECK", help="Say why a check matters and how to mend it.")
@click.option("--list", "listing", is_flag=True, help="List the checks.")
@click.option("--only", multiple=True, metavar="CHECK", help="Only this check, pattern or severity.")
@click.option("--skip", multiple=True, metavar="CHECK", help="Not this check, pattern or severity.")
@filter_options
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "none"]), default="error", show_default=True,
    help="End with 1 where something so grave was found.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github", "sarif"]), default="text", show_default=True,
    help="For people, programs, GitHub's workflows, or code scanning.",
)  # fmt: skip
@timeout_option
@index_option
def doctor(
    words: tuple[str, ...],
    explain: tuple[str, ...],
    listing: bool,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    filters: Filters,
    fail_on: str,
    form: str,
    timeout: float,
    index: Path,
) -> None:
    """Say what is wrong in the vault, where, and what to write instead. Nothing is written.

    \b
      litindex doctor
      litindex doctor 'link-*' --folder Literature
      litindex doctor --skip info --fail-on warning
      litindex doctor --explain link-subpath-missing

    CHECK is a check's name, a pattern or a severity (error, warning, info). Exit status 1: something as grave as
    --fail-on was found.
    """
    known = load(index.with_name("checks"))
    if explain:
        write(line for check in choose(known, explain, ()) for line in _explained(check))
        return
    checks = choose(known, (*words, *only), skip)
    if listing:
        write(_listed(checks, form))
        return
    with reading(index) as connection:
        findings = diagnose(connection, checks, filters, timeout)
    write(_written(checks, findings, form))
    sys.exit(1 if reaches(findings, fail_on) else 0)


def _written(checks: Sequence[Check], findings: Sequence[Finding], form: str) -> Iterator[str]:
    if form == "json":
        yield to_json(reports.as_objects(findings), indent=2) + "\n"
    elif form == "sarif":
        yield to_json(reports.sarif(checks, findings, __version__), indent=2) + "\n"
    elif form == "github":
        yield from (escape(reports.github(finding)) + "\n" for finding in findings)
    else:
        yield from _told(checks, findings)


def _told(checks: Sequence[Check], findings: Sequence[Finding]) -> Iterator[str]:
    """By check, then note; a blank line between checks, the summary last."""
    titles = {check.name: check.title for check in checks}
    for name, of_check in itertools.groupby(findings, lambda finding: finding.check):
        found = list(of_check)
        yield f"{bold(escape(name))}  {escape(titles[name])} {dim(f'({len(found)})')}\n"
        for finding in found:
            yield from _lines(finding)
        yield "\n"
    yield _summary(findings)


def _lines(finding: Finding) -> Iterator[str]:
    place = f"{finding.path}:{finding.line}" if finding.line else finding.path
    yield from _wrapped(f"{place}: {finding.message}", "  ", "    ")
    if finding.suggestion:
        yield from _wrapped(f"write: {finding.suggestion}", "    ", "      ")


def _wrapped(text: str, before: str, then: str) -> Iterator[str]:
    for at, line in enumerate(wrap(escape(text), text_width() - len(then))):
        yield f"{then if at else before}{line}\n"


def _summary(findings: Sequence[Finding]) -> str:
    if not findings:
        return "Nothing found.\n"
    files = len({finding.path for finding in findings})
    errors, warnings, infos = count(findings).values()
    found = f"{_number(errors, 'error')}, {_number(warnings, 'warning')}, {infos} for your information"
    return f"{found}, in {_number(files, 'file')}. Why and how: litindex doctor --explain CHECK\n"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _explained(check: Check) -> Iterator[str]:
    yield f"{bold(escape(check.name))} ({check.severity})\n"
    for head, text in (("", check.title), ("Why: ", check.why), ("Mend: ", check.mend)):
        yield from (f"  {line}\n" for line in wrap(escape(head + text), text_width() - 2) if text)


def _listed(checks: Sequence[Check], form: str) -> Iterator[str]:
    if form == "json":
        rows = [
            {"check": c.name, "severity": c.severity, "title": c.title, "why": c.why, "mend": c.mend} for c in checks
        ]
        yield to_json(rows, indent=2) + "\n"
        return
    width = max((len(check.name) for check in checks), default=0)
    for check in checks:
        yield f"{escape(check.name):{width}}  {check.severity:7}  {escape(check.title)}\n"
