"""What a scenario found, as a line of a table."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.bench.processes import Run


@dataclass(frozen=True)
class Line:
    """`ratio`: the median of the ratios of runs that were made one after the other, ours to its base."""

    what: str
    ours: str
    base: str = ""
    ratio: float | None = None
    must: str = ""
    reached: bool | None = None

    def cells(self) -> list[str]:
        ratio = "" if self.ratio is None else f"{self.ratio:.3g}"
        return [self.what, self.ours, self.base, ratio, self.must, {None: "", True: "yes", False: "no"}[self.reached]]


HEAD = ["scenario", "litindex", "base", "ratio", "must", "reached"]


def markdown(rows: Iterable[Sequence[str]], head: Sequence[str] = HEAD) -> str:
    """Aligned, so that it can be read as it is."""
    table = [list(head), *map(list, rows)]
    widths = [max(len(row[at]) for row in table) for at in range(len(head))]
    lines = [f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in table]
    return "\n".join([lines[0], f"|{'|'.join('-' * (width + 2) for width in widths)}|", *lines[1:]])


def median(values: Iterable[float]) -> float:
    return statistics.median(values)


def ratio(ours: Iterable[float], base: Iterable[float]) -> float:
    return median(one / other for one, other in zip(ours, base, strict=True))


def times_of(runs: Sequence[Run]) -> list[float]:
    return [each.seconds for each in runs]


def cpus_of(runs: Sequence[Run]) -> list[float]:
    return [each.cpu for each in runs]


def told(runs: Sequence[Run]) -> str:
    """The median time, and that of processors."""
    return f"{seconds(median(times_of(runs)))} (cpu {seconds(median(cpus_of(runs)))})"


def seconds(value: float) -> str:
    """Three digits are more than this machine can repeat."""
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"
