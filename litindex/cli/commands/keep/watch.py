"""`litindex watch`: keeps the index up to date while you write."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import click

from litindex.cli import places
from litindex.cli.options.index import index_option
from litindex.cli.options.limits import Seconds
from litindex.cli.terminal.screen import escape
from litindex.history.wording import tell_all
from litindex.sync.report import Report
from litindex.watch.line_writer import Voice
from litindex.watch.shutdown import Stop, Stopped
from litindex.watch.status_file import timestamp

_MOST_NOTES = 10


@click.command(short_help="Keep the index up to date while you write.")
@click.argument("vault", required=False, type=click.Path(path_type=Path))
@index_option
@click.option(
    "--quiet-ms", type=click.IntRange(0, 60_000), default=300, show_default=True, metavar="N",
    help="A burst of changes is over when nothing changed for so long.",
)  # fmt: skip
@click.option(
    "--limit-ms", type=click.IntRange(0, 600_000), default=2_000, show_default=True, metavar="N",
    help="A burst is taken in after so long, even when it goes on.",
)  # fmt: skip
@click.option(
    "--poll", type=Seconds(0.1), metavar="SECONDS",
    help="Do not watch, look every so often: for disks on which changes are not told.",
)  # fmt: skip
@click.option(
    "--rescan", type=Seconds(0.1), metavar="SECONDS",
    help="How often to look at the whole vault all the same (default: 60, or more for a large vault).",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print each batch as a JSON object on stdout.")
def watch(
    vault: Path | None,
    index: Path,
    quiet_ms: int,
    limit_ms: int,
    poll: float | None,
    rescan: float | None,
    as_json: bool,
) -> None:
    """Bring the index of VAULT up to date, then follow every change, until SIGTERM, SIGHUP or Ctrl-C.

    Without VAULT: the vault that the index was made of. The vault is only ever read. `litindex status` says how the
    daemon is.
    """
    with Stop() as stop, suppress(Stopped), closing(_Teller(stop, as_json)) as tell:
        from litindex.cli import vaults  # takes longest of all: signals are heard already
        from litindex.watch import daemon

        pace = daemon.Pace(quiet_ms / 1000, limit_ms / 1000, poll, rescan)
        root = vault or vaults.root_of(index)
        places.make_folder(index)
        places.remember(index, root)
        daemon.Daemon(root, index, pace, tell, stop).run()


class _Teller:
    """Lines on stderr; each batch there too, or as JSON on stdout. Ends the daemon when nobody reads its JSON."""

    def __init__(self, stop: Stop, as_json: bool) -> None:
        self._lines = Voice(sys.stderr)
        self._batches = Voice(sys.stdout, on_deaf=stop.request) if as_json else None

    def batch(self, report: Report) -> None:
        if self._batches:
            self._batches.say(json.dumps({"at": timestamp(), **_facts(report)}, ensure_ascii=True))
        elif not only_attachments(report):
            self.line(describe(report))
            for line in history(report):
                self.line(line)

    def line(self, text: str) -> None:
        self._lines.say(f"{time.strftime('%H:%M:%S')} {escape(text)}")

    def close(self) -> None:
        for voice in self._lines, self._batches:
            if voice:
                voice.close()


def _facts(report: Report) -> dict[str, object]:
    return {name: value for name, value in report.as_dict().items() if name not in ("totals", "problems")}


def only_attachments(report: Report) -> bool:
    """Such a run is not worth a line; and were the log itself a file in the vault, each line would bring the next."""
    return bool(report.attachments_changed) and report.attachments_changed == report.changes and not report.parsed


def history(report: Report) -> Iterator[str]:
    """What changed in the notes, a line each; of many the first, and how many more."""
    lines = list(tell_all(report.history))
    yield from (f"  {line}" for line in lines[:_MOST_NOTES])
    if len(lines) > _MOST_NOTES:
        yield f"  and {len(lines) - _MOST_NOTES:,} more notes: litindex changes"
    for path in report.lost:
        yield f'  {path}: words that you wrote are gone: litindex lost "{path}" prints them'


def describe(report: Report) -> str:
    """A run in one line: what, how many, how long."""
    counts = {
        "added": report.added,
        "changed": report.changed,
        "moved": report.moved,
        "removed": report.removed,
    }
    parts = [f"{count:,} {what}" for what, count in counts.items() if count]
    if report.attachments_changed:
        parts.append(f"{report.attachments_changed:,} attachments")
    if report.parsed and not report.changes:
        parts.append(f"{report.parsed:,} read again")
    told = ", ".join(parts) or f"{report.unchanged:,} notes up to date"
    rebuilt = f" (damaged index moved to {report.rebuilt})" if report.rebuilt else ""
    return f"{told} in {report.seconds['all']:.3f} s{rebuilt}"
