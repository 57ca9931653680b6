"""Runs programs as a user would, each in a process of its own, and measures them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PYTHON = [sys.executable, "-c"]
LITINDEX = [*PYTHON, "from litindex.cli import main; main()"]
"""What the installed command runs."""

Command = Sequence[str | Path]

_SAMPLE_SECONDS = 0.02


class Run(NamedTuple):
    seconds: float
    cpu: float
    """Of the program and of those that it started."""
    output: str


def run(
    command: Command,
    env: Mapping[str, str] | None = None,
    *,
    folder: Path | None = None,
    settle: bool = True,
    must_succeed: bool = True,
) -> Run:
    """The program's run from start to end. `folder`: where it runs (None: here); `settle`: what earlier ones wrote is
    on the disk before.
    """
    if settle:
        os.sync()
    start = time.perf_counter()
    with _start(command, env, folder=folder) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if must_succeed:
        _check(process)
    return Run(seconds, usage.ru_utime + usage.ru_stime, output)


def litindex(*arguments: str | Path) -> Run:
    return run([*LITINDEX, *arguments])


def peak_memory(command: Command) -> float:
    """MiB: the most that the program and those it started held at one time; what they share is counted once."""
    peak = 0.0
    with _start(command, None, subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, held_memory(process.pid))
            time.sleep(_SAMPLE_SECONDS)
    _check(process)
    return peak


def held_memory(pid: int) -> float:
    """MiB that the process and those it started hold now."""
    return sum(map(_held, _family(pid))) / 2**20


def spent_by(pid: int) -> float:
    """Seconds of processor time of the process and those it started that still run."""
    return sum(map(_spent, _family(pid)))


def _spent(pid: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


@contextmanager
def running(command: Command) -> Iterator[subprocess.Popen[str]]:
    """The program in the background; it is asked to end afterwards."""
    with _start(command, None, subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def _start(
    command: Command, env: Mapping[str, str] | None, output: int = subprocess.PIPE, folder: Path | None = None
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**_environment(), **(env or {})},
        cwd=folder,
    )


def _environment() -> dict[str, str]:
    """As for an installed program: its modules are found compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
        "PYTHONPATH": str(ROOT)
    }


def _check(process: subprocess.Popen[str]) -> None:
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from _family(int(child))


def _held(pid: int) -> int:
    """Bytes: the proportional set size."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
