"""How far a run is: a bar, a rate and the time left, on one line of a terminal that is wiped at the end."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import Self, TextIO

import click

_SECONDS = 0.1
_WIDEST_BAR = 30
_SURE_AFTER = 1.0
"""Seconds after which the time left is worth telling."""


class Progress:
    """Called with how many are done of how many. Writes nothing where the stream is no terminal, or nothing is `wanted`."""

    def __init__(
        self, what: str, stream: TextIO | None, *, wanted: bool = True, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._what = what
        self._stream = stream if wanted and stream and stream.isatty() else None
        self._now = now
        self._next = 0.0
        self._began: tuple[float, int] | None = None

    def __call__(self, done: int, total: int) -> None:
        now = self._now()
        began, before = self._began = self._began or (now, done)
        if self._stream and (now >= self._next or done == total):
            self._next = now + _SECONDS
            line = describe(done, total, self._what, done - before, now - began)
            click.echo(f"\r{line[: shutil.get_terminal_size().columns - 1]}\x1b[K", nl=False, file=self._stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._stream and self._next:
            click.echo("\r\x1b[K", nl=False, file=self._stream)


def describe(done: int, total: int, what: str, fresh: int, seconds: float) -> str:
    """`[######----]  4,210 of 10,000 notes  312/s  19 s left`: `fresh` of them were done in so many seconds."""
    full = _WIDEST_BAR * done // max(total, 1)
    parts = [f"[{'#' * full}{'-' * (_WIDEST_BAR - full)}]", f"{done:,} of {total:,} {what}"]
    if seconds >= _SURE_AFTER and fresh:
        rate = fresh / seconds
        parts += [f"{rate:,.0f}/s", f"{_duration((total - done) / rate)} left"]
    return "  ".join(parts)


def _duration(seconds: float) -> str:
    """`19 s`, `2:05 min`, `1:02 h`"""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02} h"
