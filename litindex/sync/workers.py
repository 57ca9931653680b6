"""Reads notes in processes of their own. What comes out does not depend on how many there are.

A worker is a Python process of its own, fed through its stdin and heard through its stdout: it shares nothing with
this one (no lock, no connection, no thread caught in a fork), and it ends when this one does. A match of a regular
expression that does not end cannot be interrupted, but its process can be ended (FAULTS P4).
"""

from __future__ import annotations

import errno
import faulthandler
import gc
import marshal
import os
import queue
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from litindex.errors import ReadingError
from litindex.models import Problem, Settings, SourceFile, TemplateRules, TemplateSource
from litindex.sync.reading import Batch, Job, Reading, Signature, give_up, join, perform
from litindex.vault import read_file
from litindex.vault.root import Root

BATCH = 50
"""Notes that travel together: enough to make their way cheap, few enough to keep all processes busy."""
_ORDERED = 20
"""Batches that are ordered together: the orders for a large vault, all at once, would take as much room as the reading."""
FEW = 200
"""Below that many notes the start of more than one worker costs more than it saves."""
SECONDS, SECONDS_PER_MIB = 20.0, 60.0
"""How long a worker may read some notes before it ends itself. Reading takes a second a mebibyte: even on a machine that
is busy with other things only what hangs takes so long.
"""
_MOST = 4
"""One writer does not keep up with more."""
_MOST_CRASHES = 10
"""Notes of one run that may end a worker. More are no fault of theirs."""
_AHEAD = 1
"""Batches that wait for the writer, besides one in the hand of the thread that hears the worker."""
_TICK_SECONDS = 0.2
_LENGTH_BYTES = 8
_TIMED_OUT, _FAILED = 1, 70
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from litindex.sync.workers import work; work()"

Done = tuple[Sequence[Job], Batch]


class Reader:
    """Reads notes in worker processes, one of which it keeps for the next time: to be closed.

    A note that ends its worker, by its deadline or by a crash, is a problem of its own, and another worker goes on.
    `workers`: how many; None for what is fastest here, 1 for none: this process reads itself, and may hang.
    """

    def __init__(self, workers: int | None) -> None:
        self._workers = workers
        self._kept: list[_Worker] = []
        self._aside: Reader | None = None

    def close(self) -> None:
        if self._aside:
            self._aside.close()
        while self._kept:
            self._kept.pop().stop()

    def read(
        self, root: Root, jobs: Sequence[Job], settings: Settings, waiting: Callable[[], None] = lambda: None
    ) -> Generator[Done, None, None]:
        """The jobs in batches, in their order, each with what came of it. `waiting` is called all the while."""
        batches = [jobs[at : at + BATCH] for at in range(0, len(jobs), BATCH)]
        count = self._workers or (min(_cpus(), _MOST) if len(jobs) >= FEW else 1)
        if not batches or self._workers == 1 or not sys.executable or not self._start(min(count, len(batches))):
            return ((batch, perform(root, batch, settings)) for batch in batches)
        return _Reading(self._kept, root, settings, waiting).run(batches)

    def read_alone(self, root: Root, job: Job, settings: Settings) -> Batch:
        """What comes of one note, in the middle of a reading of others."""
        self._aside = self._aside or Reader(self._workers)
        [(_, batch)] = self._aside.read(root, [job], settings)
        return batch

    def _start(self, count: int) -> bool:
        """Not where there is no room for so many processes, memory or open files: then this process reads alone."""
        try:
            while len(self._kept) < count:
                self._kept.append(_Worker())
        except OSError:
            self.close()
        return bool(self._kept)


def _cpus() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class _Reading:
    """One reading of some batches. Leaves one worker when all went well, and none otherwise."""

    def __init__(self, workers: list[_Worker], root: Root, settings: Settings, waiting: Callable[[], None]) -> None:
        self._workers = workers
        self._root = root
        self._settings = settings
        self._waiting = waiting
        self._crashes = 0

    def run(self, batches: list[Sequence[Job]]) -> Generator[Done, None, None]:
        """Worker n has the batches n, n + workers …: who does what is settled beforehand, so that the order is too."""
        workers, count = self._workers, len(self._workers)
        left = 0
        try:
            for at in range(count):
                workers[at].order(self._root, batches[at::count], self._settings)
            for at, batch in enumerate(batches):
                try:
                    yield batch, workers[at % count].receive(self._waiting)
                except _Lost:
                    yield batch, join([self._perform(at % count, job) for job in batch])
                    workers[at % count].order(self._root, batches[at + count :: count], self._settings)
            left = 1
        finally:
            while len(workers) > left:
                workers.pop().stop()

    def _perform(self, at: int, job: Job) -> Batch:
        """One note of a batch at which a worker was lost."""
        if self._workers[at].is_lost:
            self._workers[at].stop()
            self._workers[at] = _Worker()
        self._workers[at].order(self._root, [[job]], self._settings)
        try:
            return self._workers[at].receive(self._waiting)
        except _Lost as lost:
            self._crashes += lost.status != _TIMED_OUT
            if self._crashes > _MOST_CRASHES:
                message = f"reading processes end again and again, now with status {lost.status} at {job.file.path}"
                raise ReadingError(message) from lost
            return give_up(self._root, job, "timeout" if lost.status == _TIMED_OUT else "crashed")


class _Lost(Exception):
    """A worker has ended before its work was done."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Order(NamedTuple):
    """Some batches to read."""

    root: Root
    batches: Sequence[Sequence[Job]]
    settings: Settings

    def plain(self) -> bytes:
        jobs = [[_plain_job(job) for job in batch] for batch in self.batches]
        return marshal.dumps((tuple(self.root), jobs, _plain_settings(self.settings)))


class _Worker:
    """A worker process, and a thread that feeds and hears it, so that neither side waits for the other."""

    def __init__(self) -> None:
        # In a process group of its own: Ctrl-C is for us, and we end it.
        group: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {"creationflags": 0x200}
        command = [sys.executable, "-c", _PROGRAM, str(Path(__file__).parents[2])]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **group)
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._results: queue.Queue[bytes] = queue.Queue(_AHEAD)
        self._thread = threading.Thread(target=self._talk, daemon=True)
        self.is_lost = False
        try:
            self._thread.start()
        except RuntimeError as error:
            self._end()
            raise OSError(errno.EAGAIN, "no more threads are to be had") from error

    def order(self, root: Root, batches: Sequence[Sequence[Job]], settings: Settings) -> None:
        """Has it read the batches. All that it was ordered before must have been received."""
        for at in range(0, len(batches), _ORDERED):
            self._orders.put(_Order(root, batches[at : at + _ORDERED], settings))

    def receive(self, waiting: Callable[[], None]) -> Batch:
        """The next batch; _Lost when the worker has ended."""
        while True:
            try:
                data = self._results.get(timeout=_TICK_SECONDS)
                break
            except queue.Empty:
                waiting()
        if not data:
            self.is_lost = True
            raise _Lost(self._process.wait())
        readings, rows = marshal.loads(data)
        return Batch([_reading(*reading) for reading in readings], rows)

    def stop(self) -> None:
        """Ends the process, whatever it is doing, and hears it out."""
        self._process.kill()
        self._orders.put(None)
        while self._thread.is_alive():
            with suppress(queue.Empty):
                self._results.get(timeout=0.01)
        self._end()

    def _end(self) -> None:
        self._process.kill()
        with suppress(OSError), self._process:  # closes the pipes: what is left in them does not arrive
            pass

    def _talk(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        while order := self._orders.get():
            with suppress(OSError):
                _write_frame(self._process.stdin, order.plain())
            for _ in order.batches:
                self._results.put(data := _read_frame(self._process.stdout))
                if not data:
                    break


def _write_frame(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(_LENGTH_BYTES, "big"))
    stream.write(data)
    stream.flush()


def _read_frame(stream: IO[bytes]) -> bytes:
    """The next message; b"" when the other side is gone, be it in the middle of one."""
    length = int.from_bytes(stream.read(_LENGTH_BYTES), "big")
    data = stream.read(length)
    return data if len(data) == length else b""


def _reading(signature: Signature, sha256: str, racy: bool, has_rows: bool, problem: tuple[Any, ...] | None) -> Reading:
    return Reading(signature, sha256, racy, has_rows, Problem(*problem) if problem else None)


def _plain_job(job: Job) -> tuple[Any, ...]:
    return job.note_id, tuple(job.file), *job[2:]


def _plain_settings(settings: Settings) -> tuple[Any, ...]:
    rules, templates = tuple(settings.template_rules), [tuple(each) for each in settings.templates]
    return settings.keys, settings.colors, settings.authors, rules, templates


def _settings(
    keys: dict[str, str], colors: dict[str, str], authors: dict[str, str], rules: Any, templates: Any
) -> Settings:
    sources = tuple(TemplateSource(*each) for each in templates)
    return Settings(keys, colors, authors, TemplateRules(*rules), sources)


# ------------------------------------------------------------------------------------------------ in the worker


def work() -> None:
    """What a worker process runs: orders from stdin, batches to stdout, until the one that gives the orders is gone."""
    gc.disable()  # what is read from a note goes with it: nothing in it refers to itself in a circle
    orders, results = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    status = _FAILED
    try:
        with suppress(BrokenPipeError), open(os.devnull, "w") as nowhere:
            while data := _read_frame(orders):
                root, batches, settings = marshal.loads(data)
                for batch in batches:
                    jobs = [Job(note_id, SourceFile(*file), *rest) for note_id, file, *rest in batch]
                    # A thread of C that needs no lock of Python's: it ends the process in the middle of a match.
                    faulthandler.dump_traceback_later(_deadline(jobs), exit=True, file=nowhere)
                    _write_frame(results, _perform(Root(*root), jobs, _settings(*settings)))
                    faulthandler.cancel_dump_traceback_later()
        status = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(status)


def _deadline(jobs: Sequence[Job]) -> float:
    return SECONDS + SECONDS_PER_MIB * sum(min(job.file.size, read_file.MAX_NOTE_BYTES) for job in jobs) / 2**20


def _perform(root: Root, jobs: Sequence[Job], settings: Settings) -> bytes:
    done = perform(root, jobs, settings)
    readings = [(*reading[:-1], reading.problem and tuple(reading.problem)) for reading in done.readings]
    return marshal.dumps((readings, done.rows))
