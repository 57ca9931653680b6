"""The daemon: how long from the save of a note until others see it in the index, while somebody asks all the time."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.processes import LITINDEX, PYTHON, Command, held_memory, litindex, run, running, spent_by
from tests.bench.scenarios import edited
from tests.bench.table import Line, median, seconds, times_of, told

EDITS = 600
_PAUSE_EVERY = 100
_PAUSE_SECONDS = 1.5
"""Long enough for what the daemon does when it is at rest."""
_BETWEEN_SECONDS = 0.02
_POLL_SECONDS = 0.0003
_DEADLINE_SECONDS = 30.0

NOTES = "SELECT path FROM notes WHERE kind = 'literature' ORDER BY random() LIMIT ?"
HASH_OF = "SELECT sha256 FROM files JOIN notes USING (id) WHERE notes.path = ?"
READER = """
import sqlite3, sys, time
connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
while True:
    for word in "tide marsh sound signal season pattern".split():
        question = "SELECT rowid FROM notes_fts WHERE notes_fts MATCH ? ORDER BY rank LIMIT 20"
        connection.execute(question, (word,)).fetchall()
        time.sleep(0.01)
"""


def daemon(bench: Bench) -> Iterator[Line]:
    """One note changed at a time; without the quiet time that `watch` waits for more changes."""
    index = bench.index(bench.large)
    with ExitStack() as stack:
        watch: Command = [*LITINDEX, "watch", bench.vault(bench.large), "--db", index, "--quiet-ms", "0"]
        process = stack.enter_context(running(watch))
        _wait_for_daemon(index)
        stack.enter_context(running([*PYTHON, READER, index]))
        cpu = spent_by(process.pid)
        times = sorted(_edit_all(bench.vault(bench.large), index))
        cpu = (spent_by(process.pid) - cpu) / len(times)
        held = held_memory(process.pid)
    p50, p99 = statistics.median(times), times[int(len(times) * 0.99)]
    nothing = [litindex("build", bench.vault(bench.large), "--db", index) for _ in range(bench.runs)]
    base = f"`build`, nothing changed: {told(nothing)}"
    ours = f"p50 {seconds(p50)}, p99 {seconds(p99)}, max {seconds(times[-1])} (cpu {seconds(cpu)}, with what comes in between)"
    what = f"save to visible, {len(times)} edits, {bench.large:,} notes"
    reached = p50 <= 0.012 and p99 <= 0.06 and times[-1] <= 0.25
    yield Line(what, ours, base, p50 / median(times_of(nothing)), "≤ 12, 60, 250 ms", reached)
    yield Line(f"memory of the daemon, {bench.large:,} notes", f"{held:.0f} MiB")


def _wait_for_daemon(index: Path) -> None:
    deadline = time.monotonic() + _DEADLINE_SECONDS
    while time.monotonic() < deadline:
        time.sleep(0.2)
        status = run([*LITINDEX, "status", "--db", index, "--json"], must_succeed=False)
        if json.loads(status.output)["daemon"]["state"] == "ok":
            return
    raise TimeoutError("the daemon does not follow the vault")


def _edit_all(vault: Path, index: Path) -> Iterator[float]:
    with closing(sqlite3.connect(f"{index.as_uri()}?mode=ro", uri=True, isolation_level=None)) as connection:
        for at, (path,) in enumerate(connection.execute(NOTES, (EDITS,)).fetchall()):
            if at % _PAUSE_EVERY == 0:
                time.sleep(_PAUSE_SECONDS)
            yield _edit(vault / path, connection, path, at)
            time.sleep(_BETWEEN_SECONDS)


def _edit(note: Path, connection: sqlite3.Connection, path: str, at: int) -> float:
    """Seconds until the index has the note's new content. The old one comes back afterwards."""
    more = f"\nEdit number {at}.\n"
    wanted = hashlib.sha256(note.read_bytes() + more.encode()).hexdigest()
    start = time.perf_counter()
    with edited(note, more):
        while connection.execute(HASH_OF, (path,)).fetchone() != (wanted,):
            if time.perf_counter() - start > _DEADLINE_SECONDS:
                raise TimeoutError(f"{path}: the edit was not seen")
            time.sleep(_POLL_SECONDS)
        return time.perf_counter() - start
