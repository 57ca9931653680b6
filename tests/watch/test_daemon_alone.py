"""The daemon in this process: what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from litindex.sync.report import Report
from litindex.watch import daemon
from litindex.watch.daemon import Daemon, Pace
from litindex.watch.shutdown import Stop
from litindex.watch.status_file import read_pulse
from tests.sync.vault import Vault


class Told:
    """Remembers what the daemon says, and ends it after the first batch."""

    def __init__(self, stop: Stop) -> None:
        self.lines: list[str] = []
        self.batches: list[Report] = []
        self._stop = stop

    def batch(self, report: Report) -> None:
        self.batches.append(report)
        self._stop.request()

    def line(self, text: str) -> None:
        self.lines.append(text)


def test_a_long_run_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = Vault(tmp_path, {f"{number}.md": "text" for number in range(120)})
    monkeypatch.setattr(daemon, "_PROGRESS_SECONDS", 0.0)
    stop = Stop()
    told = Told(stop)
    Daemon(vault.path, vault.index, Pace(), told, stop).run()
    assert told.lines[0] == "catching-up (start)"
    assert "catching-up (50 of 120 notes read)" in told.lines
    assert told.lines[-1] == "ok"
    assert [report.added for report in told.batches] == [120]
    assert read_pulse(vault.index).state == "stopped"
