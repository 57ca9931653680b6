"""The daemon and a note at which the parser hangs."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.sync.vault import Vault
from tests.watch.program import Daemon, wait_until


def daemon(vault: Vault) -> Daemon:
    return Daemon(vault.path, vault.index, module="tests.hanging")


def test_a_note_that_hangs_does_not_keep_the_daemon_from_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECONDS", "2")
    vault = Vault(tmp_path, {"a.md": "text"})
    with daemon(vault) as running:
        vault.write("b.md", "hangs")
        wait_until(lambda: ("parser-timeout",) in running.ask("SELECT code FROM problems"))
        vault.write("c.md", "text")
        wait_until(lambda: "c.md" in running.paths())
        assert running.stop() == 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_sigterm_ends_the_daemon_while_a_note_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECONDS", "3600")
    vault = Vault(tmp_path, {"a.md": "text"})
    with daemon(vault) as running:
        worker = wait_until(lambda: children(running.process.pid), "a worker")[0]
        before = processor_ticks(worker)
        vault.write("b.md", "hangs")
        wait_until(lambda: processor_ticks(worker) > before + os.sysconf("SC_CLK_TCK"), "the worker hangs")
        assert running.stop(signal.SIGTERM) == 0
    assert not Path(f"/proc/{worker}").exists()
    assert vault.column("SELECT path FROM notes") == ["a.md"]


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def processor_ticks(pid: int) -> int:
    """What the process has had of the processor, in user mode."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])
