"""What a person sees while notes are read."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from litindex.cli.terminal.progress import Progress, describe


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def clock(*times: float) -> Iterator[float]:
    return iter(times)


@pytest.mark.parametrize(
    ("done", "total", "fresh", "seconds", "line"),
    [
        (0, 10, 0, 0.0, "[------------------------------]  0 of 10 notes"),
        (5, 10, 5, 0.5, "[###############---------------]  5 of 10 notes"),
        (4200, 10_000, 4200, 14.0, "[############------------------]  4,200 of 10,000 notes  300/s  19 s left"),
        (100, 10_000, 100, 2.0, "[------------------------------]  100 of 10,000 notes  50/s  3:18 min left"),
        (100, 100_000, 10, 10.0, "[------------------------------]  100 of 100,000 notes  1/s  27:45 h left"),
        (0, 0, 0, 5.0, "[------------------------------]  0 of 0 notes"),
    ],
)
def test_a_bar_a_rate_and_the_time_left(done: int, total: int, fresh: int, seconds: float, line: str) -> None:
    assert describe(done, total, "notes", fresh, seconds) == line


def test_a_terminal_gets_a_line_ten_times_a_second_and_nothing_is_left_of_it() -> None:
    screen, times = Terminal(), clock(0.0, 0.01, 0.2, 2.0)
    with Progress("notes", screen, now=lambda: next(times)) as progress:
        for done in (0, 1, 2, 4):
            progress(done, 4)
    lines = screen.getvalue().split("\r")
    assert [line.partition("]")[2].strip() for line in lines[1:]] == [
        "0 of 4 notes\x1b[K",
        "2 of 4 notes\x1b[K",
        "4 of 4 notes  2/s  0 s left\x1b[K",
        "",
    ]
    assert lines[-1] == "\x1b[K"


@pytest.mark.parametrize(("screen", "wanted"), [(io.StringIO(), True), (Terminal(), False)], ids=["a pipe", "--quiet"])
def test_elsewhere_it_says_nothing(screen: io.StringIO, wanted: bool) -> None:
    with Progress("notes", screen, wanted=wanted) as progress:
        progress(1, 1)
    assert screen.getvalue() == ""
