"""The real program as a process, and waiting for what it does."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any

from litindex.watch.status_file import Pulse, read_pulse
from tests.dump import unlike_fresh

PATIENCE = 30.0
"""Seconds until a test gives up; nothing here takes a second on an idle machine."""


def wait_until(condition: Callable[[], Any], what: str = "") -> Any:
    """The first true answer; fails when there is none for long."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"in vain: {what or condition}"
        time.sleep(0.02)
    return answer


def litindex(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "litindex", *map(str, arguments)],
        capture_output=True, text=True, timeout=PATIENCE * 2, **options,
    )  # fmt: skip


class Daemon:
    """`litindex watch` on a vault, from `with` to the end of it."""

    def __init__(
        self,
        vault: Path,
        index: Path,
        *options: object,
        quiet_ms: int = 50,
        before: list[str] | None = None,
        log: Path | None = None,
        module: str = "litindex",
    ) -> None:
        self.vault, self.index = vault, index
        self._log = log or vault.parent / "watch.log"
        self._out = vault.parent / "watch.out"
        self._command = [*(before or []), sys.executable, "-m", module, "watch", str(vault), "--db", str(index)]
        self._command += ["--quiet-ms", str(quiet_ms), *map(str, options)]

    def __enter__(self) -> Daemon:
        self.start()
        wait_until(self.is_well, "the daemon is well")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if error is not None:
            print(self.log())

    def start(self) -> None:
        with self._log.open("ab") as log, self._out.open("ab") as out:
            self.process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=out, stderr=log)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Sends the signal; returns the exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def pulse(self) -> Pulse:
        assert self.process.poll() is None, self.log()
        return read_pulse(self.index)

    def has_begun(self) -> bool:
        return self.pulse().pid == self.process.pid

    def is_well(self) -> bool:
        return self.has_begun() and self.pulse().is_well

    def state(self) -> str:
        return self.pulse().state

    def log(self) -> str:
        return self._log.read_text("utf-8", "replace")

    def batches(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._out.read_text("utf-8").splitlines()]

    def ask(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"{self.index.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            return connection.execute(sql, parameters).fetchall()

    def paths(self) -> set[str]:
        return {path for (path,) in self.ask("SELECT path FROM notes")}

    def body(self, path: str) -> str:
        rows = self.ask("SELECT body FROM note_texts JOIN notes ON id = note_id WHERE path = ?", path)
        return str(rows[0][0]).strip() if rows else ""

    def sees(self, *paths: str) -> None:
        wait_until(lambda: self.paths() == set(paths), f"the notes are {paths}")

    def reads(self, path: str, body: str) -> None:
        wait_until(lambda: self.body(path) == body, f"{path} is {body!r}")

    def equals_fresh(self) -> None:
        """What the index says is what one built from scratch says."""
        assert unlike_fresh(self.vault, self.index) == []

    def settle(self) -> None:
        """Returns when everything that is in the vault now is in the index."""
        answer = litindex("status", "--db", self.index, "--wait", PATIENCE)
        assert answer.returncode == 0, answer.stdout + answer.stderr


def without_privileges() -> list[str] | None:
    """What to put before a command so that file permissions hold for it, as they do not for root; None: no way."""
    if os.getuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    return [setpriv, "--bounding-set", "-dac_override,-dac_read_search"] if setpriv else None
