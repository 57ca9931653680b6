"""Reads notes in several processes. What comes out does not depend on how many there are.

A worker is a Python process of its own, fed through its stdin and heard through its stdout: it shares nothing with
this one (no lock, no connection, no thread caught in a fork), and it ends when this one does.
"""

from __future__ import annotations

import errno
import gc
import marshal
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from litindex.errors import ReadingError
from litindex.models import Problem, Settings, SourceFile
from litindex.sync.reading import Batch, Job, Reading, Signature, perform
from litindex.vault import crawler

BATCH = 50
"""Notes that travel together: enough to make their way cheap, few enough to keep all processes busy."""
FEW = 200
"""Below that many notes the start of workers costs more than they save."""
_MOST = 4
"""One writer does not keep up with more."""
_AHEAD = 2
_LENGTH_BYTES = 8
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from litindex.sync.workers import work; work()"

Done = tuple[Sequence[Job], Batch]


def read_notes(
    root: crawler.Root, jobs: Sequence[Job], settings: Settings, workers: int | None
) -> Generator[Done, None, None]:
    """The jobs in batches, in their order, each with what came of it. `workers`: None for what is fastest here."""
    batches = [jobs[at : at + BATCH] for at in range(0, len(jobs), BATCH)]
    if workers is None:
        workers = min(_cpus(), _MOST) if len(jobs) >= FEW else 1
    if workers < 2 or len(batches) < 2 or not sys.executable:
        return ((batch, perform(root, batch, settings)) for batch in batches)
    return _read_in_processes(root, batches, settings, min(workers, len(batches)))


def _cpus() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _read_in_processes(
    root: crawler.Root, batches: list[Sequence[Job]], settings: Settings, workers: int
) -> Generator[Done, None, None]:
    """Worker n has the batches n, n + workers …: who does what is settled beforehand, so that the order is too."""
    readers = _start_workers(root, batches, settings, workers)
    try:
        for at, batch in enumerate(batches):
            yield batch, readers[at % workers].receive(batch) if readers else perform(root, batch, settings)
    finally:
        for reader in readers:
            reader.stop()


def _start_workers(root: crawler.Root, batches: list[Sequence[Job]], settings: Settings, workers: int) -> list[_Worker]:
    """None at all when there is no room for so many processes, memory or open files: then this process reads alone."""
    readers: list[_Worker] = []
    try:
        for at in range(workers):
            readers.append(_Worker(root, batches[at::workers], settings))
    except OSError:
        for reader in readers:
            reader.stop()
        return []
    return readers


class _Worker:
    """A worker process, and a thread that feeds and hears it, so that neither side waits for the other."""

    def __init__(self, root: crawler.Root, batches: list[Sequence[Job]], settings: Settings) -> None:
        # In a process group of its own: Ctrl-C is for us, and we end it.
        group: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {"creationflags": 0x200}
        command = [sys.executable, "-c", _PROGRAM, str(Path(__file__).parents[2])]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **group)
        self._queue: queue.Queue[bytes] = queue.Queue(_AHEAD)
        orders: Any = tuple(root), [[_plain_job(job) for job in batch] for batch in batches], _plain_settings(settings)
        self._thread = threading.Thread(target=self._talk, args=(marshal.dumps(orders),), daemon=True)
        try:
            self._thread.start()
        except RuntimeError as error:
            self._process.kill()
            self._process.wait()
            raise OSError(errno.EAGAIN, "no more threads are to be had") from error

    def receive(self, jobs: Sequence[Job]) -> Batch:
        """ReadingError when the worker has died."""
        data = self._queue.get()
        if not data:
            paths = f"{jobs[0].file.path} … {jobs[-1].file.path}"
            status = self._process.wait()
            raise ReadingError(f"a reading process ended with status {status} at one of {len(jobs)} notes: {paths}")
        readings, rows = marshal.loads(data)
        return Batch([_reading(*reading) for reading in readings], rows)

    def stop(self) -> None:
        """Ends the process, whatever it is doing, and hears it out."""
        self._process.kill()
        while self._thread.is_alive():
            with suppress(queue.Empty):
                self._queue.get(timeout=0.01)
        self._process.wait()

    def _talk(self, orders: bytes) -> None:
        with self._process as process:
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError):
                process.stdin.write(orders)
                process.stdin.close()
            while data := _read_frame(process.stdout):
                self._queue.put(data)
            self._queue.put(b"")


def _read_frame(stream: IO[bytes]) -> bytes:
    """The next message; b"" when the other side is gone, be it in the middle of one."""
    length = int.from_bytes(stream.read(_LENGTH_BYTES), "big")
    data = stream.read(length)
    return data if len(data) == length else b""


def _reading(signature: Signature, sha256: str, racy: bool, has_rows: bool, problem: tuple[Any, ...] | None) -> Reading:
    return Reading(signature, sha256, racy, has_rows, Problem(*problem) if problem else None)


def _plain_job(job: Job) -> tuple[Any, ...]:
    return job.note_id, tuple(job.file), *job[2:]


def _plain_settings(settings: Settings) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    return settings.keys, settings.colors, settings.authors


# ------------------------------------------------------------------------------------------------ in the worker


def work() -> None:
    """What a worker process runs: orders from stdin, batches to stdout."""
    gc.disable()  # what is read from a note goes with it: nothing in it refers to itself in a circle
    orders, results = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    with suppress(BrokenPipeError, EOFError):  # the one that gave the orders is gone
        root, batches, settings = marshal.loads(orders.read())
        for batch in batches:
            jobs = [Job(note_id, SourceFile(*file), *rest) for note_id, file, *rest in batch]
            done = perform(crawler.Root(*root), jobs, Settings(*settings))
            readings = [(*reading[:-1], reading.problem and tuple(reading.problem)) for reading in done.readings]
            data = marshal.dumps((readings, done.rows))
            results.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
            results.flush()
    os._exit(0)
